import type { ReactNode } from 'react';
import { formatCount, formatPercent } from '../../components/format';
import { accuracyMatrix, columnScores } from '../../domain/column-scores';
import { COMPARED, COMPARED_ABOUT, COMPARED_HEAD, comparedLines } from '../../domain/compared-rows';
import { GUESSED_HEAD, guessedRows } from '../../domain/criteria-evidence';
import { attackInWords, guaranteeSentence } from '../../domain/differential-privacy';
import { NOT_SCORED } from '../../domain/evaluations';
import { hiddenSentence } from '../../domain/hidden-values';
import { ATTACK_HEAD, ATTACKS_ABOUT, attackRows } from '../../domain/membership-evidence';
import { attackedPanel } from '../../domain/privacy-tests';
import { privacyVerdict } from '../../domain/privacy-verdict';
import { provenanceFacts } from '../../domain/provenance-words';
import type { BivariateChart, UnivariateChart, WholeReport } from '../../domain/reports';
import { shareOf, worstRulesFirst } from '../../domain/rule-verdict';
import { ruleText } from '../../domain/rule-words';
import { isScored } from '../../domain/scored';
import { UNPROTECTED_RESULT } from '../../domain/unprotected';
import { worstFirst } from '../../domain/worst-first';
import { accuracyMeaning } from '../meanings';
import { CORRELATIONS_ABOUT, CorrelationMaps, MAX_COLUMNS_IN_FILE } from './correlation-maps';
import { distanceRows } from './distance-rows';
import { Grid, Part, type Row } from './document-parts';
import { DossierDocument } from './dossier-document';
import { likenessParts } from './likeness-tables';
import { PCA_ABOUT, PcaMaps } from './pca-maps';
import { differenceLimit, distributionRows, MatrixChart, PairChart } from './report-charts';

/** Columns of the matrix. */
const MAX_MATRIX = 60;
/** Lines of the tables of pairs and triples; the JSON file has all. */
const MAX_LINES = 200;
const MAX_TRIPLES = 50;
/** Tables of more columns scroll sideways on phones. */
const MAX_NARROW = 4;
/** Longer tables of the evidence are folded; paper shows them. */
const MAX_OPEN_LINES = 12;
/** … and end here: two for each of 60 columns. */
const MAX_EVIDENCE = 120;
/** Cells of all pair maps together, which bound the size of the file: some 600 bytes each. */
const MAX_CELLS = 800;

/** The whole report as one document, drawn by the charts of the page. It has no script and asks for nothing. */
export function ReportDocument(props: {
  readonly report: WholeReport;
  readonly name: string;
  /** As recharts draws them on a page. */
  readonly distributions: ReadonlyMap<UnivariateChart, ReactNode>;
  /** The curves of distances; null = there are none. */
  readonly distances: ReactNode;
}) {
  const { report, name } = props;
  const { accuracy } = report.metrics;
  const verdict = privacyVerdict(report);
  const scored = isScored(report);
  const order = scored ? WORST_FIRST : DIFFERENT_FIRST;
  const reached = (score: { accuracy: number; accuracyMax: number }) =>
    scored
      ? ` ${formatPercent(score.accuracy)}; fresh real rows reach ${formatPercent(score.accuracyMax)}`
      : '';
  const criteria = report.privacyTests?.criteria;
  const panel = attackedPanel(report.privacyTests);
  const scores = columnScores(report);
  const worst = scores.slice(0, MAX_MATRIX).map(({ column }) => column);
  const hidden = new Map((report.hidden ?? []).map((entry) => [entry.column, entry]));
  const dates = new Set(report.dateColumns);
  const limit = differenceLimit(report.bivariate);
  const pairs = worstFirst(report.bivariateScores);
  return (
    <main>
      <h1>{`Report on ${name}`}</h1>
      <p className="soft">
        {`${formatCount(report.rows.synthetic)} synthetic rows against ${formatCount(report.rows.training)} trained on and ${formatCount(report.rows.holdout)} held out. Aggregates alone: no row of any table is in this file.`}
      </p>
      {report.unprotected && <p className={TONES.attention}>{UNPROTECTED_RESULT}</p>}
      <div className="cards">
        <section className="card" aria-label="Accuracy">
          <h2>Accuracy</h2>
          <p className="large">{scored ? formatPercent(accuracy.overall) : 'Not scored'}</p>
          {!scored && <p className="soft">{NOT_SCORED}</p>}
          {scored && (
            <>
              <p className="soft">{`fresh real rows reach ${formatPercent(accuracy.overallMax)}. ${accuracyMeaning(accuracy.overall, accuracy.overallMax).sentence}`}</p>
              <Grid
                head={['Columns', 'Accuracy', 'Fresh real rows reach']}
                rows={[
                  ['Univariate', formatPercent(accuracy.univariate), formatPercent(accuracy.univariateMax)],
                  ['Bivariate', formatPercent(accuracy.bivariate), formatPercent(accuracy.bivariateMax)],
                  ['Trivariate', formatPercent(accuracy.trivariate), formatPercent(accuracy.trivariateMax)],
                  ...(accuracy.coherence == null
                    ? []
                    : [
                        [
                          'Coherence',
                          formatPercent(accuracy.coherence),
                          formatPercent(accuracy.coherenceMax ?? null),
                        ],
                      ]),
                ]}
              />
            </>
          )}
        </section>
        <section className={`card ${TONES[verdict.level]}`} aria-label="Privacy">
          <h2>Privacy</h2>
          <p className="large">{verdict.title}</p>
          <p>{verdict.sentence}</p>
          {verdict.notTested.length > 0 && (
            <p className="soft">{`Not tested: ${verdict.notTested.join('; ')}.`}</p>
          )}
        </section>
      </div>
      <Part title="Evidence of privacy" about="95 % intervals: about 95 of 100 hold the true figure.">
        <Grid
          className="evidence"
          head={['Evidence', 'Verdict', 'Figure', 'Meaning', 'Threshold', 'Source']}
          rows={verdict.parts.map((part) => [
            ...[part.title, part.level ?? 'for the record', part.figure],
            ...[part.meaning, part.threshold, part.source],
          ])}
        />
        {panel && (
          <>
            <p className="soft">{ATTACKS_ABOUT}</p>
            <Grid head={ATTACK_HEAD} rows={attackRows(panel)} />
          </>
        )}
        {criteria?.inference && <Grid head={GUESSED_HEAD} rows={guessedRows(criteria)} />}
        {report.differentialPrivacy && (
          <ul>
            {[
              guaranteeSentence(report.differentialPrivacy),
              ...report.differentialPrivacy.attackRisk.map(attackInWords),
            ].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </Part>
      <DossierDocument report={report} />
      {report.evaluated && (
        <>
          <Facts title="How the files differ" lines={report.evaluated.differences} />
          <Facts title="Not computed" lines={report.evaluated.notComputed} />
        </>
      )}
      <Part title="Notes">
        <ul>
          {report.notes.map((note) => (
            <li key={note}>
              <bdi>{note}</bdi>
            </li>
          ))}
        </ul>
      </Part>
      {report.rules.length > 0 && (
        <Part title="Rules">
          <Grid
            head={['Rule', 'Original', 'Synthetic']}
            rows={worstRulesFirst(report.rules).map(({ rule, original, synthetic }) => [
              ruleText(rule, (column) => dates.has(column)),
              ...[original, synthetic].map((share) => formatPercent(shareOf(share), 2)),
            ])}
          />
        </Part>
      )}
      {scored && (
        <Part
          title="Accuracy by column"
          about="The gap is how far a column alone, and on average with one or two others, lies below what fresh real rows reach; the widest comes first."
        >
          <Grid
            head={['Column', 'Gap', 'Univariate', 'Bivariate', 'Trivariate']}
            rows={scores.map(({ column, gap, univariate, bivariate, trivariate }) => [
              column,
              ...[Math.max(0, gap), univariate, bivariate, trivariate].map((value) => formatPercent(value)),
            ])}
          />
          <div className="matrix">
            <MatrixChart columns={worst} values={accuracyMatrix(worst, report)} />
          </div>
          {scores.length > worst.length && (
            <p className="soft">{`The ${worst.length} worst columns are drawn.`}</p>
          )}
        </Part>
      )}
      <Part
        title="Univariate distributions"
        about={`Shares of all rows: the original a light area, synthetic rows a dark line. ${order}`}
      >
        <div className="charts">
          {worstFirst(report.univariate).map((chart) => (
            <figure key={chart.column} className="card">
              <figcaption>
                <bdi>{chart.column}</bdi>
                <span className="soft">{reached(chart)}</span>
              </figcaption>
              {props.distributions.get(chart)}
              {hidden.has(chart.column) && (
                <p className="soft">{`${hiddenSentence(hidden.get(chart.column)!)}.`}</p>
              )}
              <details>
                <summary>Table</summary>
                <Grid head={['Value', 'Original', 'Synthetic']} rows={distributionRows(chart)} />
              </details>
            </figure>
          ))}
        </div>
      </Part>
      {report.bivariate.length > 0 && (
        <Part
          title="Bivariate distributions"
          about={`Amber with a stroke: fewer synthetic rows than original ones; teal: more. The scale of differences is the same in all maps. ${order}`}
        >
          <div className="maps">
            {drawnPairs(report.bivariate).map((chart) => (
              <figure key={`${chart.column1} ${chart.column2}`} className="card">
                <figcaption>
                  <bdi>{chart.column1}</bdi> (down) × <bdi>{chart.column2}</bdi> (across)
                  <span className="soft">{reached(chart)}</span>
                </figcaption>
                <PairChart chart={chart} limit={limit} />
              </figure>
            ))}
          </div>
          {pairs.length > 0 && (
            <Grid
              head={['Pair', 'Accuracy', 'Fresh real rows reach']}
              rows={pairs.slice(0, MAX_LINES).map((pair) => scoreRow([pair.column1, pair.column2], pair))}
            />
          )}
          <Left all={pairs.length} shown={MAX_LINES} what="pairs" />
        </Part>
      )}
      {report.trivariateScores.length > 0 && (
        <Part title="Trivariate accuracy">
          <Grid
            head={['Columns', 'Accuracy', 'Fresh real rows reach']}
            rows={worstFirst(report.trivariateScores)
              .slice(0, MAX_TRIPLES)
              .map((triple) => scoreRow(triple.columns, triple))}
          />
          <Left all={report.trivariateScores.length} shown={MAX_TRIPLES} what="triples" />
        </Part>
      )}
      {likenessParts(report).map(({ id, title, about, tables }) => (
        <Part key={id} title={title} about={about}>
          {tables.map(({ label, head, rows }) => (
            <details key={label} open={rows.length <= MAX_OPEN_LINES}>
              <summary>{label}</summary>
              {head.length > MAX_NARROW ? (
                <section
                  className="wide"
                  aria-label={label} // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1, a scrolling area must take the focus
                  tabIndex={0}
                >
                  <Grid head={head} rows={rows.slice(0, MAX_EVIDENCE)} />
                </section>
              ) : (
                <Grid head={head} rows={rows.slice(0, MAX_EVIDENCE)} />
              )}
              <Left all={rows.length} shown={MAX_EVIDENCE} what="lines" />
            </details>
          ))}
        </Part>
      ))}
      {report.likeness?.pca && (
        <Part title="Principal components" about={PCA_ABOUT}>
          <PcaMaps pca={report.likeness.pca} />
        </Part>
      )}
      {report.likeness?.correlations && report.likeness.correlations.columns.length > 1 && (
        <Part title="Correlations" about={CORRELATIONS_ABOUT}>
          <CorrelationMaps correlations={report.likeness.correlations} max={MAX_COLUMNS_IN_FILE} />
        </Part>
      )}
      {report.distances && (
        <Part
          title="Distances"
          about={`The distance from each of ${formatCount(report.distanceRows)} rows to its closest record. Dark: synthetic rows to those trained on; grey: to rows never seen; dashed: between these two.`}
        >
          <Grid
            head={['Measure', 'Synthetic to training', 'Synthetic to holdout', 'Training to holdout']}
            rows={distanceRows(report)}
          />
          <figure className="card curves">{props.distances}</figure>
        </Part>
      )}
      <Part title="How this report came about">
        <Grid head={['What', 'Value']} rows={provenanceFacts(report)} />
      </Part>
      <Part title={COMPARED} about={COMPARED_ABOUT}>
        <Grid head={COMPARED_HEAD} rows={comparedLines(report)} />
      </Part>
    </main>
  );
}

function Facts({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Part title={title}>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Of the charts of rows that are meant to be as the original, and of others. */
const WORST_FIRST = 'Worst first.';
const DIFFERENT_FIRST = 'The most different first.';

const TONES = { pass: 'pass', inconclusive: 'open', attention: 'attention' } as const;

/** The worst pairs, as many as the file may hold, one at least. */
function drawnPairs(charts: readonly BivariateChart[]): BivariateChart[] {
  let cells = 0;
  return worstFirst(charts).filter(({ original }, i) => {
    cells += original.length;
    return i === 0 || cells <= MAX_CELLS;
  });
}

function scoreRow(columns: readonly string[], score: { accuracy: number; accuracyMax: number }): Row {
  return [columns.join(' × '), formatPercent(score.accuracy), formatPercent(score.accuracyMax)];
}

function Left({ all, shown, what }: { all: number; shown: number; what: string }) {
  if (all <= shown) return null;
  return (
    <p className="soft">{`The ${shown} worst of ${formatCount(all)} ${what}; the JSON file has all of them.`}</p>
  );
}
