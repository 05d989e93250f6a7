import {
  CartesianGrid,
  LineChart as Chart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

export interface LineSeries {
  readonly key: string;
  readonly name: string;
  /** A colour token, e.g. `var(--synthetic)`. */
  readonly color: string;
  readonly dashed?: boolean;
}

/** Lines over a common x. Give it at most 200 points; the table behind it belongs to the caller. */
export function LineChart(props: {
  readonly label: string;
  readonly points: readonly Record<string, number | null>[];
  readonly x: string;
  readonly series: readonly LineSeries[];
  readonly xLabel: string;
  readonly formatX?: (value: number) => string;
  readonly formatY?: (value: number) => string;
  readonly fromZero?: boolean;
}) {
  const formatX = props.formatX ?? String;
  const formatY = props.formatY ?? String;
  return (
    <div role="img" aria-label={props.label} className="h-64 w-full text-xs">
      <ResponsiveContainer width="100%" height="100%">
        <Chart
          data={[...props.points]}
          margin={{ top: 8, right: 16, bottom: 20, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey={props.x}
            type="number"
            domain={['dataMin', 'dataMax']}
            tickFormatter={formatX}
            stroke="var(--line-strong)"
            tick={{ fill: 'var(--ink-soft)' }}
            label={{ value: props.xLabel, position: 'insideBottom', offset: -12, fill: 'var(--ink-soft)' }}
          />
          <YAxis
            domain={props.fromZero ? [0, 'auto'] : ['auto', 'auto']}
            tickFormatter={formatY}
            stroke="var(--line-strong)"
            tick={{ fill: 'var(--ink-soft)' }}
            width={56}
          />
          <Tooltip
            isAnimationActive={false}
            formatter={(value) => (typeof value === 'number' ? formatY(value) : '–')}
            labelFormatter={(value) => `${props.xLabel} ${formatX(Number(value))}`}
            contentStyle={{
              background: 'var(--card)',
              border: '1px solid var(--line-strong)',
              borderRadius: 8,
              color: 'var(--ink)',
            }}
          />
          <Legend verticalAlign="top" align="right" height={28} iconType="plainline" />
          {props.series.map((series) => (
            <Line
              key={series.key}
              dataKey={series.key}
              name={series.name}
              stroke={series.color}
              strokeWidth={2}
              strokeDasharray={series.dashed ? '5 4' : undefined}
              dot={false}
              connectNulls
              isAnimationActive={false}
            />
          ))}
        </Chart>
      </ResponsiveContainer>
    </div>
  );
}
