import { Download, Printer } from 'lucide-react';
import { useCallback } from 'react';
import { Link } from 'wouter';
import { Button, ButtonLink } from '../../components/button';
import { Section } from '../../components/card';
import { Loading, Notice } from '../../components/notice';
import { saveFile } from '../../components/save-file';
import { UserText } from '../../components/table';
import type { Comparison } from '../../domain/comparison';
import { showError } from '../actions';
import { useClient, useLoaded } from '../client-context';
import { PageHeading } from '../resource-page';
import { aboutComparison, ComparisonCharts } from './comparison-charts';

const FORMATS = { html: 'HTML', json: 'JSON', csv: 'CSV' } as const;

/** Several synthetic files of one original side by side. */
export function ComparisonPage({ id }: { id: string }) {
  const client = useClient();
  const comparison = useLoaded(useCallback(() => client.evaluations.compare(id), [client, id]));
  const save = async (format: keyof typeof FORMATS) => {
    try {
      saveFile(await client.evaluations.download(id, format));
    } catch (error) {
      showError(error);
    }
  };
  if (comparison === null) return <Loading what="Reading the reports" />;
  if (typeof comparison === 'string')
    return (
      <div className="mx-auto max-w-2xl px-4 py-16">
        <PageHeading title="No comparison" />
        <Notice tone="warning" className="mt-4">
          {comparison}
        </Notice>
      </div>
    );
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <PageHeading title="Side by side" />
          <p className="mt-1 max-w-prose text-sm text-ink-soft">{aboutComparison(comparison)}</p>
        </div>
        <div className="no-print flex flex-wrap gap-2">
          <ButtonLink to="/evaluate">Evaluate other files</ButtonLink>
          {(Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map((format) => (
            <Button key={format} icon={Download} onClick={() => void save(format)}>
              {FORMATS[format]}
            </Button>
          ))}
          <Button icon={Printer} onClick={() => window.print()}>
            Print
          </Button>
        </div>
      </div>
      <Section title="Metrics" about="Each file’s name leads to its report.">
        <ComparisonTable comparison={comparison} />
      </Section>
      <Section
        title="Charts"
        about="Dots are figures, lines their 95 % intervals; full dots are the best. Accuracies above what fresh real rows reach are drawn there."
      >
        <div className="grid gap-4 lg:grid-cols-2">
          <ComparisonCharts comparison={comparison} />
        </div>
      </Section>
    </div>
  );
}

function ComparisonTable({ comparison: { files, metrics } }: { comparison: Comparison }) {
  return (
    <section
      aria-label="Metrics of every file"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
      tabIndex={0}
      className="overflow-x-auto rounded-xl border border-line bg-card"
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-left">
            <th scope="col" className="px-4 py-2 font-medium text-ink-soft">
              Metric
            </th>
            {files.map(({ name, reportId }) => (
              <th key={reportId} scope="col" className="min-w-32 px-4 py-2 font-medium">
                <Link href={`/reports/${reportId}`} className="break-words text-accent hover:underline">
                  <UserText text={name} />
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.map(({ id, title, about, values }) => (
            <tr key={id} className="border-t border-line align-top">
              <th scope="row" className="min-w-40 px-4 py-2 text-left font-normal">
                {title}
                <span className="block text-xs text-ink-soft">{about}</span>
              </th>
              {values.map(({ text, isBest }, i) => (
                <td key={files[i]!.reportId} className={`px-4 py-2 ${isBest ? 'font-semibold' : ''}`}>
                  {text}
                  {isBest && <span className="block text-xs font-medium text-accent-strong">best</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
