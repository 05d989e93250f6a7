import { CartesianGrid, Legend, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { AXIS_TEXT, ChartFrame, TOOLTIP_STYLE } from './chart-frame';
import type { LineSeries } from './line-chart';

/** Lines over a common x from 0, at most 200 points each. The table behind it belongs to the caller. */
export function CurveChart(props: {
  readonly label: string;
  readonly points: readonly Readonly<Record<string, number | null>>[];
  readonly x: string;
  readonly xLabel: string;
  readonly series: readonly LineSeries[];
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
}) {
  return (
    <ChartFrame label={props.label} height={280}>
      <LineChart
        data={[...props.points]}
        margin={{ top: 4, right: 16, bottom: 16, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey={props.x}
          type="number"
          domain={[0, 'dataMax']}
          tickFormatter={props.formatX}
          tick={AXIS_TEXT}
          stroke="var(--line-strong)"
          label={{ value: props.xLabel, position: 'insideBottom', offset: -10, ...AXIS_TEXT }}
        />
        <YAxis
          domain={[0, 1]}
          tickFormatter={props.formatY}
          tick={AXIS_TEXT}
          tickLine={false}
          axisLine={false}
          width={48}
        />
        <Tooltip
          contentStyle={TOOLTIP_STYLE}
          labelFormatter={(at) => `${props.xLabel} ${props.formatX(Number(at))}`}
          formatter={(value) => props.formatY(Number(value))}
          isAnimationActive={false}
        />
        <Legend verticalAlign="top" align="right" height={28} iconType="plainline" />
        {props.series.map((line) => (
          <Line
            key={line.key}
            dataKey={line.key}
            name={line.name}
            stroke={line.color}
            strokeWidth={2}
            strokeDasharray={line.dashed ? '5 4' : ''}
            dot={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ChartFrame>
  );
}
