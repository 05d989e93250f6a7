import { Section } from '../../components/card';
import { SeriesLegend } from '../../components/charts/chart-frame';
import { DensityChart } from '../../components/charts/density-chart';
import { PairedBars } from '../../components/charts/paired-bars';
import { isSpike } from '../../components/charts/shape';
import { formatDate, formatNumber, formatPercent } from '../../components/format';
import { ChartData, UserText } from '../../components/table';
import { type HiddenValues, hiddenSentence } from '../../domain/hidden-values';
import type { UnivariateChart } from '../../domain/reports';
import { timeOfDayText } from '../../domain/time-of-day';
import { ChartCards } from './chart-cards';

const BARS = 8;
const DAY = 86_400_000;

/** Each column's distribution, original under synthetic, best first. */
export function UnivariateSection(props: {
  readonly charts: readonly UnivariateChart[];
  /** What value protection hid. */
  readonly hidden: readonly HiddenValues[];
}) {
  if (props.charts.length === 0) return null;
  const hidden = new Map(props.hidden.map((entry) => [entry.column, entry]));
  return (
    <Section
      id="report-univariate"
      title="Univariate distributions"
      about="How the values of each column are spread, best first. The less amber, the closer."
      actions={<SeriesLegend />}
    >
      <ChartCards
        charts={props.charts}
        portion={12}
        noun="columns"
        className="sm:grid-cols-2 lg:grid-cols-3"
        titleOf={({ column }) => <UserText text={column} />}
      >
        {(chart) => <Distribution chart={chart} hidden={hidden.get(chart.column)} />}
      </ChartCards>
    </Section>
  );
}

/** Instants as days, and as times where all are of the first one: times of day are. */
function dateFormatOf(x: readonly number[]): (at: number) => string {
  const areTimes = x.every((at) => Math.abs(at - DAY / 2) < DAY);
  return areTimes ? (at) => timeOfDayText(at).slice(0, 5) : (at) => formatDate(at).slice(0, 10);
}

function Distribution({ chart, hidden }: { chart: UnivariateChart; hidden: HiddenValues | undefined }) {
  const { density, labels, original, synthetic } = chart;
  const label = `Distribution of ${chart.column}, original and synthetic`;
  return (
    <>
      {density && !isSpike(density.original) ? (
        <DensityChart
          label={label}
          {...density}
          formatX={density.isDate ? dateFormatOf(density.x) : formatNumber}
        />
      ) : (
        <PairedBars {...{ label, labels, original, synthetic }} limit={BARS} />
      )}
      {hidden && <p className="mt-2 text-xs text-ink-soft">{hiddenSentence(hidden)}.</p>}
      <ChartData
        label={label}
        columns={['Value', 'Original', 'Synthetic']}
        rows={() =>
          labels.map((value, index) => [
            value,
            formatPercent(original[index] ?? 0),
            formatPercent(synthetic[index] ?? 0),
          ])
        }
      />
    </>
  );
}
