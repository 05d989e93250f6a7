/** The charts of a report, on the page and in its file, and the tables of what they draw. */
import { AccuracyMap } from '../../components/charts/accuracy-map';
import { PairMaps } from '../../components/charts/pair-maps';
import { ShareBars } from '../../components/charts/share-bars';
import { ShareHistogram } from '../../components/charts/share-histogram';
import { formatDate, formatNumber, formatPercent } from '../../components/format';
import type { BivariateChart, Histogram, UnivariateChart } from '../../domain/reports';
import { timeOfDayText } from '../../domain/time-of-day';

/** Bins that are no values of the column. */
const NO_VALUES: ReadonlySet<string> = new Set(['(other)', '(empty)', '_RARE_', '(n/a)', '(rare)']);
/** Differences of pairs have the full colour from here on at the latest. */
const MIN_LIMIT = 0.002;
const MATRIX_SPAN = 0.2;
const DAY = 86_400_000;

type Rows = readonly (readonly string[])[];

/** How the values of a column are spread. */
export function DistributionChart({ chart }: { chart: UnivariateChart }) {
  const { column, histogram } = chart;
  const label = `Distribution of ${column}, original and synthetic`;
  if (!histogram) {
    return <ShareBars {...chart} label={label} isMuted={(text) => NO_VALUES.has(text)} />;
  }
  const { edges, original, synthetic, missing, steps, isDate } = histogram;
  const moment = areTimesOfDay(edges) ? 'time of day' : 'date';
  const axis = steps === 'logarithmic' ? 'value, in steps of 1, 2, 5, 10, …' : isDate ? moment : 'value';
  return (
    <ShareHistogram
      {...{ label, edges, original, synthetic, missing, axis }}
      formatEdge={edgeFormat(histogram)}
    />
  );
}

/** The numbers of such a chart. */
export function distributionRows({ histogram, labels, original, synthetic }: UnivariateChart): Rows {
  if (!histogram) {
    return labels.map((value, i) => [
      value,
      formatPercent(original[i] ?? 0),
      formatPercent(synthetic[i] ?? 0),
    ]);
  }
  const format = edgeFormat(histogram);
  const { edges, missing } = histogram;
  return [
    ...histogram.original.map((share, i) => [
      `${format(edges[i]!)} to ${format(edges[i + 1]!)}`,
      formatPercent(share),
      formatPercent(histogram.synthetic[i] ?? 0),
    ]),
    ...(missing ? [['(empty)', formatPercent(missing.original), formatPercent(missing.synthetic)]] : []),
  ];
}

/** Whether all instants are of the first day of 1970: times of day are counted from there. */
function areTimesOfDay(edges: readonly number[]): boolean {
  return edges.every((edge) => edge >= 0 && edge <= DAY);
}

/** Dates as short as they stay apart. */
function edgeFormat({ edges, isDate }: Histogram): (edge: number) => string {
  if (!isDate) return formatNumber;
  if (areTimesOfDay(edges)) return (edge) => (edge === DAY ? '24:00' : timeOfDayText(edge).slice(0, 5));
  const texts = edges.map((edge) => formatDate(edge));
  const short = ['-01-01', '-01'].find((end) => texts.every((text) => text.endsWith(end)));
  return (edge) => {
    const text = formatDate(edge);
    return short === undefined ? text : text.slice(0, text.length - short.length);
  };
}

/** The difference of shares that has the full colour in all pair maps of a report: three in four stay below it. */
export function differenceLimit(charts: readonly BivariateChart[]): number {
  const largest = charts
    .map(({ original, synthetic }) =>
      Math.max(0, ...original.map((share, i) => Math.abs(share - (synthetic[i] ?? 0)))),
    )
    .sort((a, b) => a - b);
  const quartile = largest[Math.floor(0.75 * (largest.length - 1))] ?? 0;
  return Math.max(MIN_LIMIT, Number(quartile.toPrecision(2)));
}

/** How two columns go together. */
export function PairChart({ chart, limit }: { chart: BivariateChart; limit: number }) {
  const { column1, column2, labels1, labels2, original, synthetic } = chart;
  return (
    <PairMaps
      label={`Shares of ${column1} by ${column2}: original, synthetic and their difference`}
      down={{ name: column1, labels: labels1 }}
      across={{ name: column2, labels: labels2 }}
      {...{ original, synthetic, limit }}
    />
  );
}

/** The numbers of such maps. */
export function pairRows({ labels1, labels2, original, synthetic }: BivariateChart): Rows {
  const columns = labels2.length;
  return original.map((share, i) => {
    const drawn = synthetic[i] ?? 0;
    const gap = drawn - share;
    return [
      `${labels1[Math.floor(i / columns)]} × ${labels2[i % columns]}`,
      formatPercent(share, 2),
      formatPercent(drawn, 2),
      `${gap < 0 ? '−' : '+'}${formatPercent(Math.abs(gap), 2)}`,
    ];
  });
}

/** The matrix of accuracies. @param values as `accuracyMatrix` gives them */
export function MatrixChart(props: {
  readonly columns: readonly string[];
  readonly values: readonly number[];
  readonly marked?: readonly [row: number, column: number] | null;
}) {
  const known = props.values.filter((value) => !Number.isNaN(value));
  const lowest = Math.min(1 - MATRIX_SPAN, Math.floor(Math.min(1, ...known) * 10) / 10);
  return (
    <AccuracyMap
      {...props}
      lowest={lowest}
      label="Accuracy of every pair of columns; univariate on the diagonal"
    />
  );
}
