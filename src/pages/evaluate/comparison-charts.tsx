import { IntervalPlot } from '../../components/charts/interval-plot';
import type { Comparison } from '../../domain/comparison';

/** Metrics that are drawn. */
const DRAWN = ['accuracy-overall', 'accuracy-bivariate', 'dcr-share', 'identical-matches'];

/** What the comparison is of, and how its marks are meant. */
export function aboutComparison({ original, holdout, kind }: Comparison): string {
  const unseen =
    holdout === null
      ? 'There is no holdout, so nothing tells whether rows are copied.'
      : `Unseen rows are those of ${holdout}.`;
  const scored =
    kind === 'data'
      ? ' These rows are meant to differ from the original, so how close they are gets no score.'
      : '';
  return `All files against ${original}. ${unseen}${scored} The best of a metric is marked; where 95 % intervals reach it, others are marked, too: between these the rows do not decide.`;
}

/** The main metrics of all files, each with its intervals. */
export function ComparisonCharts({ comparison }: { comparison: Comparison }) {
  const { files, metrics } = comparison;
  return metrics
    .filter(({ id, values }) => DRAWN.includes(id) && values.some(({ value }) => value !== null))
    .map(({ id, title, values }) => (
      <figure key={id} className="card min-w-0 rounded-xl border border-line bg-card p-4">
        <figcaption className="mb-2 font-medium">{title}</figcaption>
        <IntervalPlot
          label={`${title} of every file with its 95 % interval`}
          rows={values.map(({ value, interval, isBest }, i) => ({
            ...{ name: files[i]!.name, value, isBest },
            ...{ low: interval?.low ?? null, high: interval?.high ?? null },
          }))}
          reference={id === 'dcr-share' ? { value: 0.5, name: 'Chance: 50 %' } : undefined}
        />
      </figure>
    ));
}
