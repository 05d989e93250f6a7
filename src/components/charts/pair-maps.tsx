import { formatFixed, formatPercent } from '../format';
import { Label, Ramp, short } from './scale';
import { SERIES } from './series';

const LEFT = 126;
const PANEL = 176;
const GAP = 18;
const TOP = 20;
/** Turned labels below a panel. */
const BELOW = 96;
const WIDTH = LEFT + 3 * PANEL + 2 * GAP + 4;
const HEIGHT = TOP + PANEL + BELOW + 42;
/** Weaker differences have no sign drawn. */
const SIGNED = 0.15;

/**
 * Joint shares of two columns: original, synthetic, and their signed difference, whose scale is the same for all pairs of a
 * report. Cells with fewer synthetic rows have a stroke across, so that the sign is told without colour.
 */
export function PairMaps(props: {
  readonly label: string;
  readonly down: { readonly name: string; readonly labels: readonly string[] };
  readonly across: { readonly name: string; readonly labels: readonly string[] };
  /** Row-major [down][across]. */
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  /** Difference of shares that has the full colour. */
  readonly limit: number;
}) {
  const { down, across, original, synthetic, limit } = props;
  const [rows, columns] = [down.labels.length, across.labels.length];
  const [high, wide] = [PANEL / rows, PANEL / columns];
  const top = Math.max(...original, ...synthetic, 1e-9);
  const difference = synthetic.map((share, i) => share - (original[i] ?? 0));
  const panels = [
    { ...SERIES.original, values: original.map((share) => share / top) },
    { ...SERIES.synthetic, values: synthetic.map((share) => share / top) },
    { ...SERIES.difference, values: difference.map((gap) => gap / limit) },
  ];
  const points = formatFixed(100 * limit, 1);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={props.label}
      className="chart w-full"
      shapeRendering="crispEdges"
    >
      {down.labels.map((text, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: labels may repeat, their order does not change
        <Label key={row} x={LEFT - 5} y={TOP + (row + 0.5) * high + 3} text={text} anchor="end" size={9} />
      ))}
      {panels.map(({ name, values }, panel) => {
        const left = LEFT + panel * (PANEL + GAP);
        return (
          <g key={name}>
            <Label
              x={left}
              y={13}
              text={panel === 2 ? 'Synthetic minus original' : `${name}, share of rows`}
              size={11}
            />
            {values.map((value, i) => (
              <Cell
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity
                key={i}
                x={left + (i % columns) * wide}
                y={TOP + Math.floor(i / columns) * high}
                {...{ wide, high, value }}
                color={panel < 2 ? panels[panel]!.color : differenceColor(value)}
                signed={panel === 2}
                title={`${down.labels[Math.floor(i / columns)]} × ${across.labels[i % columns]}: original ${formatPercent(original[i] ?? 0)}, synthetic ${formatPercent(synthetic[i] ?? 0)}`}
              />
            ))}
            <rect
              x={left}
              y={TOP}
              width={PANEL}
              height={PANEL}
              fill="none"
              stroke="var(--line-strong)"
              strokeWidth={0.75}
            />
            {across.labels.map((text, column) => (
              <Label
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                key={column}
                x={left + (column + 0.5) * wide + 3}
                y={TOP + PANEL + 6}
                text={text}
                anchor="end"
                turned={-60}
                size={9}
              />
            ))}
          </g>
        );
      })}
      {[SERIES.original, SERIES.synthetic].map(({ color }, panel) => (
        <Ramp
          key={color}
          x={LEFT + panel * (PANEL + GAP)}
          y={TOP + PANEL + BELOW + 10}
          width={PANEL}
          colors={Array.from({ length: 10 }, (_, i) => [color, i / 9] as const)}
          low="0 %"
          high={`${formatPercent(top)} of rows`}
        />
      ))}
      <Ramp
        x={LEFT + 2 * (PANEL + GAP)}
        y={TOP + PANEL + BELOW + 10}
        width={PANEL}
        colors={Array.from({ length: 11 }, (_, i) => [differenceColor(i - 5), Math.abs(i - 5) / 5] as const)}
        low={`−${points} points`}
        high={`+${points} points`}
      />
    </svg>
  );
}

function differenceColor(value: number): string {
  return value < 0 ? SERIES.difference.color : SERIES.synthetic.color;
}

function Cell(props: {
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
  readonly value: number;
  readonly color: string;
  readonly signed: boolean;
  readonly title: string;
}) {
  const { x, y, wide, high, value } = props;
  const opacity = Math.min(1, Math.abs(value));
  return (
    <g>
      <title>{props.title}</title>
      <rect
        x={short(x)}
        y={short(y)}
        width={short(wide)}
        height={short(high)}
        fill={props.color}
        fillOpacity={short(opacity)}
      />
      {props.signed && value < -SIGNED && (
        <line
          x1={short(x + wide * 0.3)}
          x2={short(x + wide * 0.7)}
          y1={short(y + high / 2)}
          y2={short(y + high / 2)}
          stroke="var(--ink)"
        />
      )}
    </g>
  );
}
