import { Section } from '../../components/card';
import { ChartData } from '../../components/charts/chart-data';
import { DensityChart } from '../../components/charts/density-chart';
import { SeriesLegend } from '../../components/charts/legend';
import { PairedBars } from '../../components/charts/paired-bars';
import { isSpike } from '../../components/charts/shape';
import { formatDate, formatNumber, formatPercent } from '../../components/format';
import { ShowMore } from '../../components/show-more';
import { UserText } from '../../components/user-text';
import type { UnivariateChart } from '../../domain/reports';

const BARS = 8;

/** Each column's distribution, original under synthetic, best first. */
export function UnivariateSection({ charts }: { charts: readonly UnivariateChart[] }) {
  return (
    <Section
      id="report-univariate"
      title="Univariate distributions"
      about="How the values of each column are spread, best first. The less amber, the closer."
      actions={<SeriesLegend />}
    >
      <ShowMore items={charts} portion={12} noun="columns">
        {(shown) => (
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {shown.map((chart) => (
              <li
                key={chart.column}
                className="print-whole min-w-0 rounded-xl border border-line bg-card p-4"
              >
                <UnivariateCard chart={chart} />
              </li>
            ))}
          </ul>
        )}
      </ShowMore>
    </Section>
  );
}

function UnivariateCard({ chart }: { chart: UnivariateChart }) {
  const label = `Distribution of ${chart.column}, original and synthetic`;
  return (
    <>
      <h3 className="mb-3 flex items-baseline justify-between gap-3 text-sm">
        <UserText text={chart.column} className="font-medium" />
        <span className="shrink-0 text-ink-soft">
          <span className="font-medium text-ink">{formatPercent(chart.accuracy)}</span> of{' '}
          {formatPercent(chart.accuracyMax)}
        </span>
      </h3>
      {chart.density && !isSpike(chart.density.original) ? (
        <DensityChart
          label={label}
          {...chart.density}
          formatX={chart.density.isDate ? (at) => formatDate(at).slice(0, 10) : formatNumber}
        />
      ) : (
        <PairedBars
          label={label}
          labels={chart.labels}
          original={chart.original}
          synthetic={chart.synthetic}
          limit={BARS}
        />
      )}
      <ChartData
        label={label}
        columns={['Value', 'Original', 'Synthetic']}
        rows={() =>
          chart.labels.map((value, index) => [
            value,
            formatPercent(chart.original[index] ?? 0),
            formatPercent(chart.synthetic[index] ?? 0),
          ])
        }
      />
    </>
  );
}
