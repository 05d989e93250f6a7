import { Printer } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button, ButtonLink } from '../../components/button';
import { formatCount, formatDuration, formatMoment } from '../../components/format';
import { Loading, Notice } from '../../components/notice';
import { InTurn } from '../../components/pacing';
import type { Report, WholeReport } from '../../domain/reports';
import { isScored } from '../../domain/scored';
import { useClient, useLoaded, useResources } from '../client-context';
import { FileNotes } from '../evaluate/file-notes';
import { PrivacyLedgerSection } from '../privacy-ledger';
import { GonePage, ResourcePage } from '../resource-page';
import { ScoreCards } from '../score-cards';
import { UnprotectedNotice } from '../unprotected-notice';
import { AccuracySection } from './accuracy-section';
import { BivariateSection, type ChosenPair } from './bivariate-section';
import { ComparedSection } from './compared-section';
import { DistancesSection } from './distances-section';
import { DossierSection } from './dossier-section';
import { LikenessSections } from './likeness-sections';
import { likenessParts } from './likeness-tables';
import { useLinkedColumns } from './linked-columns';
import { PrivacySection } from './privacy-section';
import { ProvenanceSection } from './provenance-section';
import { ReportFiles } from './report-files';
import { RulesSection } from './rules-section';
import { TrivariateSection } from './trivariate-section';
import { UnivariateSection } from './univariate-section';

/** How close and how private a synthetic dataset is. */
export function ReportPage({ id }: { id: string }) {
  const { reports, datasets } = useResources();
  const report = reports.find((known) => known.id === id);
  if (!report) return <GonePage what="report" />;
  const name =
    report.evaluated?.files.synthetic.name ??
    datasets.find((known) => known.id === report.syntheticDatasetId)?.config.name;
  return <ReportView report={report} name={name ?? 'a deleted dataset'} />;
}

const HOLDOUT: Record<Report['holdout'], string> = {
  validation: 'rows held back from the source',
  file: 'rows of a file of its own',
  none: 'no holdout',
};

function ReportView({ report, name }: { report: Report; name: string }) {
  const client = useClient();
  const { id, rows } = report;
  const whole = useLoaded(useCallback(() => client.reports.read(id), [client, id]));
  return (
    <ResourcePage
      resource={{ kind: 'report', id: report.id }}
      title={name}
      about={`${formatCount(rows.synthetic)} synthetic rows against ${formatCount(rows.training)} trained on and ${formatCount(rows.holdout)} never seen (${HOLDOUT[report.holdout]}). Written ${formatMoment(Date.parse(report.createdAt))} in ${formatDuration(report.seconds)}.`}
      actions={
        <>
          {report.evaluated ? (
            <ButtonLink to={`/evaluations/${report.evaluated.evaluationId}`}>Side by side</ButtonLink>
          ) : (
            <ButtonLink to={`/synthetic-datasets/${report.syntheticDatasetId}`}>Back to the rows</ButtonLink>
          )}
          <ReportFiles id={id} isThere={typeof whole !== 'string'} />
          <Button icon={Printer} onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
    >
      <h2 className="sr-only">Summary</h2>
      {report.unprotected && <UnprotectedNotice when="result" className="mb-4" />}
      {report.columns !== 0 && <ScoreCards report={report} />}
      {report.evaluated && <FileNotes evaluated={report.evaluated} />}
      {report.notes.length > 0 && (
        <ul className="mt-4 space-y-1 rounded-xl border border-line bg-sunken p-4 text-sm">
          {report.notes.map((note) => (
            <li key={note}>
              <bdi>{note}</bdi>
            </li>
          ))}
        </ul>
      )}
      <ReportSections report={report} whole={whole} />
    </ResourcePage>
  );
}

/**
 * What follows the scores.
 * @param whole the report with its charts; null before they are read, or the sentence of why they cannot be
 */
export function ReportSections({ report, whole }: { report: Report; whole: WholeReport | string | null }) {
  const charts = typeof whole === 'string' ? null : whole;
  const root = useRef<HTMLDivElement>(null);
  useLinkedColumns(root);
  const [chosen, setChosen] = useState<ChosenPair | null>(null);
  const choose = useCallback((pair: ChosenPair) => {
    flushSync(() => setChosen(pair));
    const maps = document.getElementById('report-chosen-pair');
    maps?.scrollIntoView({ behavior: 'smooth', block: 'center' });
    maps?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={root}>
      {charts && <SectionLinks report={charts} />}
      <PrivacySection report={report} />
      <DossierSection report={report} />
      {report.differentialPrivacy && (
        <PrivacyLedgerSection id="report-privacy" ledger={report.differentialPrivacy} />
      )}
      {report.rules.length > 0 && (
        <InTurn>
          <RulesSection report={report} />
        </InTurn>
      )}
      {whole === null && <Loading what="Reading the charts" />}
      {typeof whole === 'string' && (
        <Notice tone="warning" className="mt-6">
          {whole}
        </Notice>
      )}
      {charts && (
        <>
          {isScored(report) && (
            <InTurn>
              <AccuracySection report={charts} onChoose={choose} />
            </InTurn>
          )}
          <InTurn>
            <UnivariateSection report={charts} />
          </InTurn>
          <InTurn>
            <BivariateSection report={charts} chosen={chosen} />
          </InTurn>
          <InTurn>
            <TrivariateSection scores={charts.trivariateScores} />
          </InTurn>
          <InTurn>
            <DistancesSection report={charts} />
          </InTurn>
          <InTurn>
            <LikenessSections report={charts} />
          </InTurn>
          <InTurn>
            <ComparedSection report={charts} />
          </InTurn>
        </>
      )}
      <ProvenanceSection report={report} />
    </div>
  );
}

const LIKENESS_LINKS = [
  ['usefulness', 'Usefulness'],
  ['similarity', 'Similarity'],
  ['coherence', 'Coherence'],
  ['sdmetrics', 'SDMetrics'],
  ['statistics', 'Side by side'],
  ['missing', 'Empty and repeated'],
] as const;

/** Jumps within the page; the address belongs to the router, so these are no anchors. */
function SectionLinks({ report }: { report: WholeReport }) {
  const parts = new Set(likenessParts(report).map(({ id }) => id));
  const sections = [
    ['verdict', 'Privacy', true],
    ['dossier', 'Dossier', true],
    ['privacy', 'Differential privacy', report.differentialPrivacy !== undefined],
    ['rules', 'Rules', report.rules.length > 0],
    ['accuracy', 'Accuracy by column', isScored(report) && report.univariate.length > 0],
    ['univariate', 'Univariate', report.univariate.length > 0],
    ['bivariate', 'Bivariate', report.bivariate.length > 0],
    ['trivariate', 'Trivariate', report.trivariateScores.length > 0],
    ['distances', 'Distances', report.distances !== null],
    ...LIKENESS_LINKS.map(([id, title]) => [id, title, parts.has(id)] as const),
    ['pca', 'Components', Boolean(report.likeness?.pca)],
    ['correlations', 'Correlations', (report.likeness?.correlations?.columns.length ?? 0) > 1],
    ['compared', 'Limits', true],
    ['provenance', 'Provenance', true],
  ] as const;
  return (
    <nav
      aria-label="Sections of the report"
      className="no-print sticky top-0 z-20 -mx-2 mt-6 flex gap-1 overflow-x-auto bg-paper px-2 py-2 whitespace-nowrap"
    >
      {sections.map(
        ([id, title, isThere]) =>
          isThere && (
            <button
              key={id}
              type="button"
              onClick={() => document.getElementById(`report-${id}`)?.scrollIntoView({ behavior: 'smooth' })}
              className="rounded-full border border-line bg-card px-3 py-1.5 text-sm text-ink-soft hover:border-accent hover:text-ink"
            >
              {title}
            </button>
          ),
      )}
    </nav>
  );
}
