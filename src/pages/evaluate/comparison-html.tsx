/** The comparison of several files as one HTML file. */
import type { Comparison } from '../../domain/comparison';
import { Grid, Part } from '../reports/document-parts';
import { htmlFile } from '../reports/html-file';
import { aboutComparison, ComparisonCharts } from './comparison-charts';

export function comparisonHtml(comparison: Comparison): Promise<string> {
  return htmlFile(
    `Comparison of files with ${comparison.original}`,
    <ComparisonDocument comparison={comparison} />,
  );
}

function ComparisonDocument({ comparison }: { comparison: Comparison }) {
  const { files, metrics, original } = comparison;
  return (
    <main>
      <h1>{`Comparison of ${files.length} files with ${original}`}</h1>
      <p className="soft">{aboutComparison(comparison)}</p>
      <Part title="Metrics">
        <Grid
          head={['Metric', ...files.map(({ name }) => name)]}
          rows={metrics.map(({ title, values }) => [
            title,
            ...values.map(({ text, isBest }) => (isBest ? <b key={text}>{`${text} – best`}</b> : text)),
          ])}
        />
      </Part>
      <Part
        title="Charts"
        about="Dots are figures, lines their 95 % intervals; full dots are the best. Accuracies above what fresh real rows reach are drawn there."
      >
        <div className="maps">
          <ComparisonCharts comparison={comparison} />
        </div>
      </Part>
    </main>
  );
}
