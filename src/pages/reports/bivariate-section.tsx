import { Section } from '../../components/card';
import { ChartData } from '../../components/charts/chart-data';
import { HeatMap } from '../../components/charts/heat-map';
import { rowShares } from '../../components/charts/shape';
import { formatPercent } from '../../components/format';
import { ShowMore } from '../../components/show-more';
import { UserText } from '../../components/user-text';
import type { BivariateChart } from '../../domain/reports';

/** Pairs of columns as heat maps, the strongest dependence first. */
export function BivariateSection({ charts }: { charts: readonly BivariateChart[] }) {
  if (charts.length === 0) return null;
  return (
    <Section
      id="report-bivariate"
      title="Bivariate distributions"
      about="Each row of a map adds up to 100 %: how the second column is spread given the first. The strongest dependence comes first."
    >
      <ShowMore items={charts} portion={6} noun="pairs">
        {(shown) => (
          <ul className="grid gap-4 lg:grid-cols-2">
            {shown.map((chart) => (
              <li
                key={`${chart.column1}\n${chart.column2}`}
                className="print-whole min-w-0 rounded-xl border border-line bg-card p-4"
              >
                <BivariateCard chart={chart} />
              </li>
            ))}
          </ul>
        )}
      </ShowMore>
    </Section>
  );
}

function BivariateCard({ chart }: { chart: BivariateChart }) {
  const { labels1, labels2 } = chart;
  const columns = labels2.length;
  const original = rowShares(chart.original, columns);
  const synthetic = rowShares(chart.synthetic, columns);
  const difference = original.map((share, index) => Math.abs(share - (synthetic[index] ?? 0)));
  const titleOf = (row: number, column: number) => {
    const at = row * columns + column;
    return `${labels1[row]} × ${labels2[column]}: original ${formatPercent(original[at] ?? 0)}, synthetic ${formatPercent(synthetic[at] ?? 0)}`;
  };
  const pair = `${chart.column1} by ${chart.column2}`;
  const panels = [
    ['Original', original, 'var(--original)'],
    ['Synthetic', synthetic, 'var(--synthetic)'],
    ['Difference', difference, 'var(--difference)'],
  ] as const;
  return (
    <>
      <h3 className="mb-3 flex items-baseline justify-between gap-3 text-sm">
        <span className="flex min-w-0 gap-1.5 font-medium">
          <UserText text={chart.column1} /> × <UserText text={chart.column2} />
        </span>
        <span className="shrink-0 text-ink-soft">
          <span className="font-medium text-ink">{formatPercent(chart.accuracy)}</span> of{' '}
          {formatPercent(chart.accuracyMax)}
        </span>
      </h3>
      <div className="grid grid-cols-3 gap-3">
        {panels.map(([name, values, color]) => (
          <figure key={name} className="min-w-0">
            <HeatMap
              label={`${name}: ${pair}`}
              rows={labels1.length}
              columns={columns}
              values={values}
              color={color}
              titleOf={titleOf}
            />
            <figcaption className="mt-1 text-center text-xs text-ink-soft">{name}</figcaption>
          </figure>
        ))}
      </div>
      <p className="mt-1 text-xs text-ink-soft">
        Down: <bdi>{chart.column1}</bdi>. Across: <bdi>{chart.column2}</bdi>.
      </p>
      <ChartData
        label={pair}
        columns={[`${chart.column1} × ${chart.column2}`, 'Original', 'Synthetic']}
        rows={() =>
          chart.original.map((share, index) => [
            `${labels1[Math.floor(index / columns)]} × ${labels2[index % columns]}`,
            formatPercent(share, 2),
            formatPercent(chart.synthetic[index] ?? 0, 2),
          ])
        }
      />
    </>
  );
}
