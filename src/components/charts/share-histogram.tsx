import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import { formatPercent } from '../format';
import { ChartFrame, TOOLTIP } from './chart-frame';
import { Label, roundUp, shareTick } from './scale';
import { SERIES } from './series';

const HEIGHT = 178;
const LEFT = 38;
const TOP = 10;
const BOTTOM = 30;
/** Of what has no value, and of the gap before it, beside all the bins. */
const MISSING = 0.14;
const GAP = 0.06;
/** Ticks of the lower axis, at most. */
const TICKS = 5;
/** Of a bin: steps lean by so little, that the point nearest to the pointer is one of the bin under it. */
const LEAN = 0.001;
/** The original's area is light beside the lines over it. */
export const AREA = 0.5;

/** An end of a bin; both its ends have its shares. */
interface Point {
  /** In bins from the left. */
  readonly at: number;
  readonly name: string;
  readonly original?: number;
  readonly synthetic?: number;
  readonly missingOriginal?: number;
  readonly missingSynthetic?: number;
}

interface Props {
  readonly label: string;
  readonly edges: readonly number[];
  readonly formatEdge: (edge: number) => string;
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  readonly missing: { readonly original: number; readonly synthetic: number } | null;
  /** What the lower axis is, in words. */
  readonly axis: string;
}

/** Shares by bins: the original a light area, the synthetic rows a dark line over it; rows without a value at the right end. */
export function ShareHistogram(props: Props) {
  const { edges, original, synthetic, missing } = props;
  const bins = edges.length - 1;
  const empty = bins * (1 + GAP + MISSING / 2);
  const top = roundUp(Math.max(...original, ...synthetic, missing?.original ?? 0, missing?.synthetic ?? 0));
  const every = Math.ceil(bins / (TICKS - 1));
  const ticks = edges.flatMap((_, i) => (i % every === 0 ? [i] : []));
  const stroke = 'var(--line-strong)';
  const still = { isAnimationActive: false, activeDot: false, dot: false } as const;
  return (
    <ChartFrame label={props.label} height={HEIGHT}>
      <ComposedChart
        data={pointsOf(props)}
        margin={{ top: TOP, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" horizontalValues={[top / 2, top]} />
        <XAxis
          type="number"
          dataKey="at"
          domain={[0, missing ? bins * (1 + GAP + MISSING) : bins]}
          ticks={missing ? [...ticks, empty] : ticks}
          interval={0}
          height={BOTTOM}
          stroke={stroke}
          tickSize={3}
          tick={({ x, payload }) => (
            <Label
              x={Number(x)}
              y={HEIGHT - BOTTOM + 13}
              text={payload.value === empty ? '(empty)' : props.formatEdge(edges[payload.value]!)}
              anchor={payload.value === bins ? 'end' : 'middle'}
              muted={payload.value === empty}
            />
          )}
          label={{
            value: props.axis,
            position: 'insideBottom',
            offset: 4,
            fontSize: 9,
            fill: 'var(--ink-soft)',
          }}
        />
        <YAxis
          domain={[0, top]}
          ticks={[0, top / 2, top]}
          interval={0}
          width={LEFT}
          tickLine={false}
          axisLine={false}
          tick={({ y, payload }) => (
            <Label x={LEFT - 5} y={Number(y) + 3.5} text={shareTick(Number(payload.value))} anchor="end" />
          )}
        />
        <Tooltip
          {...TOOLTIP}
          cursor={false}
          labelFormatter={(_, [first]) => (first?.payload as Point | undefined)?.name ?? ''}
          formatter={(share) => formatPercent(Number(share))}
        />
        {(['original', 'missingOriginal'] as const).map((key) => (
          <Area
            key={key}
            {...still}
            dataKey={key}
            name={SERIES.original.name}
            fill={SERIES.original.color}
            fillOpacity={key === 'original' ? AREA : AREA / 2}
            stroke={key === 'original' ? SERIES.original.color : 'none'}
            strokeWidth={0.75}
          />
        ))}
        {(['synthetic', 'missingSynthetic'] as const).map((key) => (
          <Line
            key={key}
            {...still}
            dataKey={key}
            name={SERIES.synthetic.name}
            stroke={SERIES.synthetic.color}
            strokeWidth={1.75}
          />
        ))}
      </ComposedChart>
    </ChartFrame>
  );
}

/** From the floor, up and down the steps of all bins, to the floor; then what has no value. */
function pointsOf({ edges, formatEdge, original, synthetic, missing }: Props): Point[] {
  const bins = edges.length - 1;
  const steps = original.map((share, i) => ({
    name: `${formatEdge(edges[i]!)} to ${formatEdge(edges[i + 1]!)}`,
    original: share,
    synthetic: synthetic[i] ?? 0,
  }));
  const first = { at: 0, name: steps[0]?.name ?? '', original: 0, synthetic: 0 };
  const last = { at: bins, name: steps.at(-1)?.name ?? '', original: 0, synthetic: 0 };
  const none = missing && {
    name: '(empty)',
    missingOriginal: missing.original,
    missingSynthetic: missing.synthetic,
  };
  return [
    first,
    ...steps.flatMap((step, i) => [
      { at: i + LEAN, ...step },
      { at: i + 1 - LEAN, ...step },
    ]),
    last,
    ...(none ? [1 + GAP, 1 + GAP + MISSING].map((share) => ({ at: bins * share, ...none })) : []),
  ];
}
