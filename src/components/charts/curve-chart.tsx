import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { formatPercent } from '../format';
import { ChartFrame, TOOLTIP } from './chart-frame';
import type { LineSeries } from './line-chart';
import { Label } from './scale';
import { niceTicks } from './shape';

const HEIGHT = 260;
const LEFT = 44;
const TOP = 10;
const BOTTOM = 34;

/** Shares, from none to all, over a common x; the values under the pointer. The table behind it belongs to the caller. */
export function CurveChart(props: {
  readonly label: string;
  /** At most 200, ascending in x. */
  readonly points: readonly Readonly<Record<string, number | null>>[];
  readonly x: string;
  readonly series: readonly LineSeries[];
  readonly xLabel: string;
  readonly formatX: (value: number) => string;
}) {
  const { points, series, x: xKey } = props;
  const first = points[0]?.[xKey] ?? 0;
  const last = points.at(-1)?.[xKey] ?? 1;
  return (
    <figure>
      <ul className="mb-2 flex flex-wrap justify-end gap-x-5 gap-y-1 text-xs text-ink-soft">
        {series.map(({ key, name, color, dashed }) => (
          <li key={key} className="flex items-center gap-2">
            <svg viewBox="0 0 20 4" className="h-1 w-5" aria-hidden="true">
              <line x2="20" y1="2" y2="2" stroke={color} strokeWidth="3" strokeDasharray={dashes(dashed)} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <ChartFrame label={props.label} height={HEIGHT}>
        <LineChart
          data={[...points]}
          margin={{ top: TOP, right: 16, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey={xKey}
            domain={[first, last]}
            ticks={niceTicks(first, last, 5)}
            interval={0}
            height={BOTTOM}
            stroke="var(--line-strong)"
            tickSize={3}
            tick={({ x, payload }) => (
              <Label
                x={Number(x)}
                y={HEIGHT - BOTTOM + 15}
                text={props.formatX(payload.value)}
                anchor="middle"
              />
            )}
            label={{
              value: props.xLabel,
              position: 'insideBottomRight',
              offset: 4,
              fontSize: 10,
              fill: 'var(--ink-soft)',
            }}
          />
          <YAxis
            domain={[0, 1]}
            ticks={niceTicks(0, 1, 4)}
            interval={0}
            width={LEFT}
            tickLine={false}
            axisLine={false}
            tick={({ y, payload }) => (
              <Label
                x={LEFT - 6}
                y={Number(y) + 3.5}
                text={formatPercent(Number(payload.value), 0)}
                anchor="end"
              />
            )}
          />
          <Tooltip
            {...TOOLTIP}
            cursor={{ stroke: 'var(--line-strong)' }}
            labelFormatter={(at) => `${props.xLabel} ${props.formatX(Number(at))}`}
            formatter={(share) => formatPercent(Number(share))}
          />
          {series.map(({ key, name, color, dashed }) => (
            <Line
              key={key}
              dataKey={key}
              name={name}
              type="linear"
              stroke={color}
              strokeWidth={2}
              strokeDasharray={dashes(dashed)}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ChartFrame>
    </figure>
  );
}

function dashes(dashed: boolean | undefined): string | undefined {
  return dashed ? '5 4' : undefined;
}
