import { Bar, BarChart, type BarShapeProps, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import { formatFixed, formatPercent } from '../format';
import { ChartFrame, TOOLTIP } from './chart-frame';
import { Label, roundUp, shareTick, short } from './scale';
import { SERIES } from './series';
import { AREA } from './share-histogram';

const ROW = 19;
const NAMES = 128;
const NUMBERS = 80;
/** Of one column of numbers. */
const NUMBER = 48;
const TOP = 14;
const AXIS = 18;
/** Longer labels are written smaller. */
const LONG = 15;

interface Row {
  /** Labels may repeat. */
  readonly key: string;
  readonly label: string;
  readonly original: number;
  readonly synthetic: number;
  readonly muted: boolean;
}

/** Shares of values, a bar each: the original a light bar, the synthetic share a dark line across it, both as numbers. */
export function ShareBars(props: {
  readonly label: string;
  readonly labels: readonly string[];
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  /** Labels that are no values, as `(other)`: drawn paler. */
  readonly isMuted: (label: string) => boolean;
}) {
  const rows = props.labels.map((label, i): Row => {
    const [original, synthetic] = [props.original[i] ?? 0, props.synthetic[i] ?? 0];
    return { key: String(i), label, original, synthetic, muted: props.isMuted(label) };
  });
  const top = roundUp(Math.max(0, ...rows.flatMap(({ original, synthetic }) => [original, synthetic])));
  // An axis of names for each series: bars of one axis would lie side by side.
  const names = { type: 'category', dataKey: 'key', tickLine: false, axisLine: false, interval: 0 } as const;
  return (
    <ChartFrame label={props.label} height={TOP + rows.length * ROW + AXIS}>
      <BarChart
        layout="vertical"
        data={rows}
        margin={{ top: TOP, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={3}
        accessibilityLayer={false}
      >
        <CartesianGrid horizontal={false} stroke="var(--line)" verticalValues={[top / 2, top]} />
        <XAxis
          type="number"
          domain={[0, top]}
          ticks={[0, top / 2, top]}
          interval={0}
          height={AXIS}
          tickLine={false}
          axisLine={false}
          tick={({ x, payload }) => (
            <Label
              x={Number(x)}
              y={TOP + rows.length * ROW + 12}
              text={shareTick(Number(payload.value))}
              anchor="middle"
            />
          )}
        />
        <YAxis
          {...names}
          yAxisId="original"
          width={NAMES}
          axisLine={{ stroke: 'var(--line-strong)' }}
          tick={({ y, index }) => <Name row={rows[index]!} y={Number(y)} />}
        />
        <YAxis
          {...names}
          yAxisId="synthetic"
          orientation="right"
          width={NUMBERS}
          tick={({ x, y, index }) => <Numbers row={rows[index]!} x={Number(x)} y={Number(y)} />}
        />
        <Tooltip
          {...TOOLTIP}
          axisId="original"
          cursor={{ fill: 'var(--sunken)' }}
          labelFormatter={(key) => rows[Number(key)]?.label ?? ''}
          formatter={(share) => formatPercent(Number(share))}
        />
        <Bar
          dataKey="original"
          name={SERIES.original.name}
          yAxisId="original"
          fill={SERIES.original.color}
          isAnimationActive={false}
          shape={OriginalBar}
        />
        <Bar
          dataKey="synthetic"
          name={SERIES.synthetic.name}
          yAxisId="synthetic"
          fill={SERIES.synthetic.color}
          isAnimationActive={false}
          shape={SyntheticMark}
        />
      </BarChart>
    </ChartFrame>
  );
}

function Name({ row, y }: { row: Row; y: number }) {
  return (
    <Label
      x={NAMES - 6}
      y={y + 3.5}
      text={row.label}
      anchor="end"
      muted={row.muted}
      size={row.label.length > LONG ? 8.5 : undefined}
    />
  );
}

/** Both shares as numbers, below what they are of. */
function Numbers({ row, x, y }: { row: Row; x: number; y: number }) {
  const right = x - TICK_MARGIN + NUMBERS;
  return (
    <g>
      {row.key === '0' && (
        <>
          <Label x={right - NUMBER} y={10} text="orig." anchor="end" size={9} />
          <Label x={right} y={10} text="synth. %" anchor="end" size={9} />
        </>
      )}
      <Label x={right - NUMBER} y={y + 3.5} text={formatFixed(100 * row.original, 1)} anchor="end" />
      <Label x={right} y={y + 3.5} text={formatFixed(100 * row.synthetic, 1)} anchor="end" />
    </g>
  );
}

/** A tick of recharts lies so far beside its axis. */
const TICK_MARGIN = 8;

function OriginalBar({ x, y, width, height, fill, payload }: BarShapeProps) {
  return (
    <rect
      x={short(x)}
      y={short(y)}
      width={short(Math.max(0, width))}
      height={short(height)}
      fill={fill}
      fillOpacity={(payload as Row).muted ? AREA / 2 : AREA}
    />
  );
}

function SyntheticMark({ x, y, width, height, fill, payload }: BarShapeProps) {
  const { muted } = payload as Row;
  const end = short(x + width);
  const middle = short(y + height / 2);
  return (
    <g>
      <line x1={short(x)} x2={end} y1={middle} y2={middle} stroke={fill} strokeOpacity={muted ? 0.5 : 1} />
      <line
        x1={end}
        x2={end}
        y1={short(y - 1)}
        y2={short(y + height + 1)}
        stroke={fill}
        strokeWidth={2.5}
        strokeOpacity={muted ? 0.6 : 1}
      />
    </g>
  );
}
