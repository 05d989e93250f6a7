import { Bar, BarChart, Tooltip, XAxis, YAxis } from 'recharts';
import { formatPercent } from '../format';
import { AXIS_TEXT, ChartFrame, SERIES, TOOLTIP } from './chart-frame';

const ROW_HEIGHT = 20;
/** Characters of a label that fit beside the bars; the bins' own labels are at most 20 long. */
const LABEL_WIDTH = 128;

/** What is drawn, on which bar, in which colour. */
const BARS = [
  ['original', 'original', 'original'],
  ['common', 'synthetic', 'synthetic'],
  ['difference', 'synthetic', 'difference'],
] as const;

/** Shares of categories, original above synthetic; the amber end of the lower bar is the difference. */
export function PairedBars(props: {
  readonly label: string;
  readonly labels: readonly string[];
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  readonly limit: number;
}) {
  const shown = props.labels.slice(0, props.limit).map((label, index) => {
    const original = props.original[index] ?? 0;
    const synthetic = props.synthetic[index] ?? 0;
    const common = Math.min(original, synthetic);
    const difference = Math.abs(original - synthetic);
    return { key: String(index), label, original, synthetic, common, difference };
  });
  return (
    <>
      <ChartFrame label={props.label} height={shown.length * ROW_HEIGHT + 8}>
        <BarChart
          layout="vertical"
          data={shown}
          margin={{ top: 4, right: 4, bottom: 4, left: 0 }}
          barGap={1}
          barCategoryGap={3}
          accessibilityLayer={false}
        >
          <XAxis type="number" hide domain={[0, 'dataMax']} />
          <YAxis
            type="category"
            dataKey="key"
            width={LABEL_WIDTH}
            tick={AXIS_TEXT}
            tickFormatter={(key: string) => shown[Number(key)]?.label ?? ''}
            tickLine={false}
            axisLine={false}
            interval={0}
          />
          <Tooltip
            {...TOOLTIP}
            cursor={{ fill: 'var(--sunken)' }}
            labelFormatter={(key) => shown[Number(key)]?.label ?? ''}
            formatter={(value, name, { payload }) =>
              name === 'Synthetic' ? formatPercent(payload.synthetic) : formatPercent(Number(value))
            }
          />
          {BARS.map(([dataKey, stackId, series]) => (
            <Bar
              key={dataKey}
              dataKey={dataKey}
              name={SERIES[series].name}
              stackId={stackId}
              fill={SERIES[series].color}
              barSize={6}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ChartFrame>
      {props.labels.length > shown.length && (
        <p className="text-xs text-ink-soft">and {props.labels.length - shown.length} more in the table</p>
      )}
    </>
  );
}
