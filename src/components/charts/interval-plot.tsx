import { formatPercent } from '../format';
import { Label } from './scale';

const ROW = 26;
const NAMES = 122;
const WIDTH = 400;
const RIGHT = 52;
const TOP = 8;
const AXIS = 22;
/** Characters of a name that fit. */
const LONG = 21;

export interface IntervalRow {
  readonly name: string;
  /** Null = not measured: said in words. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Drawn full. */
  readonly isBest: boolean;
}

/** Shares with their intervals, a line each; a reference is a dashed line. Plain SVG, for pages and files. */
export function IntervalPlot(props: {
  readonly label: string;
  readonly rows: readonly IntervalRow[];
  readonly reference?: { readonly value: number; readonly name: string } | undefined;
}) {
  const { label, rows, reference } = props;
  const shown = rows.flatMap(({ value, low, high }) =>
    [value, low, high].filter((each): each is number => each !== null),
  );
  if (reference) shown.push(reference.value);
  const [lowest, highest] = [Math.min(...shown), Math.max(...shown)];
  const room = Math.max(0.01, (highest - lowest) * 0.08);
  const [from, to] = [Math.max(-1, lowest - room), Math.min(1, highest + room)];
  const plot = WIDTH - NAMES - RIGHT;
  const x = (value: number) => NAMES + ((value - from) / (to - from)) * plot;
  const height = TOP + rows.length * ROW + AXIS;
  const bottom = TOP + rows.length * ROW;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label} className="chart w-full">
      {[from, (from + to) / 2, to].map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={TOP} y2={bottom} stroke="var(--line)" />
          <Label x={x(tick)} y={bottom + 14} anchor="middle" text={formatPercent(tick)} />
        </g>
      ))}
      {reference && (
        <line
          x1={x(reference.value)}
          x2={x(reference.value)}
          y1={TOP}
          y2={bottom}
          stroke="var(--ink-soft)"
          strokeDasharray="4 3"
        >
          <title>{reference.name}</title>
        </line>
      )}
      {rows.map(({ name, value, low, high, isBest }, i) => {
        const y = TOP + (i + 0.5) * ROW;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, their order does not change
          <g key={i}>
            <Label
              x={NAMES - 8}
              y={y + 4}
              anchor="end"
              text={name.length > LONG ? `${name.slice(0, LONG - 1)}…` : name}
            />
            {value === null ? (
              <Label x={NAMES} y={y + 4} anchor="start" text="not computed" />
            ) : (
              <>
                {low !== null && high !== null && (
                  <line x1={x(low)} x2={x(high)} y1={y} y2={y} stroke="var(--synthetic)" strokeWidth={2} />
                )}
                <circle
                  cx={x(value)}
                  cy={y}
                  r={5}
                  fill={isBest ? 'var(--synthetic)' : 'var(--card)'}
                  stroke="var(--synthetic)"
                  strokeWidth={2}
                />
                <Label x={WIDTH} y={y + 4} anchor="end" text={formatPercent(value)} />
              </>
            )}
          </g>
        );
      })}
    </svg>
  );
}
