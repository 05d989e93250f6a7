import { formatPercent } from '../format';
import { Label, roundUp, shareTick, short } from './scale';
import { SERIES } from './series';

const WIDTH = 340;
const HEIGHT = 178;
const LEFT = 38;
const TOP = 10;
const BOTTOM = 30;
/** Of what has no value. */
const MISSING = 34;
const GAP = 14;
/** Ticks of the lower axis, at most. */
const TICKS = 5;

/** Shares by bins: the original a light area, the synthetic rows a dark line over it; rows without a value at the right end. */
export function ShareHistogram(props: {
  readonly label: string;
  readonly edges: readonly number[];
  readonly formatEdge: (edge: number) => string;
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  readonly missing: { readonly original: number; readonly synthetic: number } | null;
  /** What the lower axis is, in words. */
  readonly axis: string;
}) {
  const { edges, original, synthetic, missing } = props;
  const bins = edges.length - 1;
  const right = WIDTH - 8 - (missing ? MISSING + GAP : 0);
  const floor = HEIGHT - BOTTOM;
  const top = roundUp(Math.max(...original, ...synthetic, missing?.original ?? 0, missing?.synthetic ?? 0));
  const x = (index: number) => short(LEFT + (index / bins) * (right - LEFT));
  const y = (share: number) => short(floor - (share / top) * (floor - TOP));
  const steps = (shares: readonly number[]) =>
    shares.map((share, i) => `V${y(share).toFixed(1)}H${x(i + 1).toFixed(1)}`).join('');
  const every = Math.ceil(bins / (TICKS - 1));
  const ticks = edges.flatMap((edge, i) => (i % every === 0 ? [[edge, i] as const] : []));
  const wide = right + GAP;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={props.label} className="chart w-full">
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <line
            x1={LEFT}
            x2={WIDTH - 8}
            y1={y(part * top)}
            y2={y(part * top)}
            stroke={part === 0 ? 'var(--line-strong)' : 'var(--line)'}
          />
          <Label x={LEFT - 5} y={y(part * top) + 3.5} text={shareTick(part * top)} anchor="end" />
        </g>
      ))}
      <path
        d={`M${LEFT} ${floor}${steps(original)}V${floor}Z`}
        fill={SERIES.original.color}
        fillOpacity={AREA}
        stroke={SERIES.original.color}
        strokeWidth={0.75}
      />
      <path
        d={`M${LEFT} ${floor}${steps(synthetic)}V${floor}`}
        fill="none"
        stroke={SERIES.synthetic.color}
        strokeWidth={1.75}
      />
      {missing && (
        <g>
          <rect
            x={wide}
            y={y(missing.original)}
            width={MISSING}
            height={floor - y(missing.original)}
            fill={SERIES.original.color}
            fillOpacity={AREA / 2}
          />
          <line
            x1={wide}
            x2={wide + MISSING}
            y1={y(missing.synthetic)}
            y2={y(missing.synthetic)}
            stroke={SERIES.synthetic.color}
            strokeWidth={1.75}
          />
          <Label x={wide + MISSING / 2} y={floor + 13} text="(empty)" anchor="middle" muted />
          <title>
            {`(empty): original ${formatPercent(missing.original)}, synthetic ${formatPercent(missing.synthetic)}`}
          </title>
        </g>
      )}
      {ticks.map(([edge, i]) => (
        <g key={edge}>
          <line x1={x(i)} x2={x(i)} y1={floor} y2={floor + 3} stroke="var(--line-strong)" />
          <Label
            x={x(i)}
            y={floor + 13}
            text={props.formatEdge(edge)}
            anchor={i === bins ? 'end' : 'middle'}
          />
        </g>
      ))}
      <Label x={(LEFT + right) / 2} y={HEIGHT - 4} text={props.axis} anchor="middle" size={9} />
      {original.map((share, i) => (
        <rect
          key={edges[i]}
          x={x(i)}
          y={TOP}
          width={short(x(1) - x(0))}
          height={floor - TOP}
          fill="transparent"
        >
          <title>
            {`${props.formatEdge(edges[i]!)} to ${props.formatEdge(edges[i + 1]!)}: original ${formatPercent(share)}, synthetic ${formatPercent(synthetic[i] ?? 0)}`}
          </title>
        </rect>
      ))}
    </svg>
  );
}

/** The original's area is light beside the lines over it. */
export const AREA = 0.5;
