import { Area, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import { AXIS_TEXT, ChartFrame, SERIES, TOOLTIP } from './chart-frame';

/** Two densities over one axis; the amber between them is where they differ. */
export function DensityChart(props: {
  readonly label: string;
  readonly x: readonly number[];
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  readonly formatX: (value: number) => string;
}) {
  const { x } = props;
  const first = x[0] ?? 0;
  const last = x.at(-1) ?? 0;
  const points = x.map((at, index) => {
    const original = props.original[index] ?? 0;
    const synthetic = props.synthetic[index] ?? 0;
    return { at, original, synthetic, band: [Math.min(original, synthetic), Math.max(original, synthetic)] };
  });
  return (
    <ChartFrame label={props.label} height={170}>
      <ComposedChart
        data={points}
        margin={{ top: 4, right: 12, bottom: 0, left: 12 }}
        accessibilityLayer={false}
      >
        <XAxis
          dataKey="at"
          type="number"
          domain={[first, last]}
          ticks={first < last ? [first, (first + last) / 2, last] : [first]}
          tickFormatter={props.formatX}
          tick={AXIS_TEXT}
          tickLine={false}
          stroke="var(--line-strong)"
          interval="preserveStartEnd"
        />
        <YAxis hide domain={[0, 'dataMax']} />
        <Tooltip
          {...TOOLTIP}
          labelFormatter={(at) => props.formatX(Number(at))}
          formatter={(value) => Number(value).toPrecision(3)}
        />
        <Area
          dataKey="band"
          stroke="none"
          fill={SERIES.difference.color}
          fillOpacity={0.35}
          isAnimationActive={false}
          activeDot={false}
          tooltipType="none"
        />
        {(['original', 'synthetic'] as const).map((key) => (
          <Line
            key={key}
            dataKey={key}
            name={SERIES[key].name}
            stroke={SERIES[key].color}
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        ))}
      </ComposedChart>
    </ChartFrame>
  );
}
