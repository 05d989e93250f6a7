import { formatPercent } from '../format';
import { Label, Ramp, short } from './scale';
import { SERIES } from './series';

const LEFT = 130;
const BELOW = 122;
/** A name that is longer is cut; the title of its cells has all of it. */
const NAME = 22;
/** Units of a cell, by how many there are. */
const CELL = { max: 30, min: 11, all: 560 } as const;

/** Accuracies of columns (on the diagonal) and of their pairs, with the names of both. */
export function AccuracyMap(props: {
  readonly label: string;
  readonly columns: readonly string[];
  /** Row-major; NaN = not computed. */
  readonly values: readonly number[];
  /** The accuracy that has the full colour. */
  readonly lowest: number;
  /** A cell that stands out, by row and column. */
  readonly marked?: readonly [row: number, column: number] | null;
}) {
  const { columns, values, lowest, marked } = props;
  const cell = Math.max(CELL.min, Math.min(CELL.max, CELL.all / Math.max(1, columns.length)));
  const size = cell * columns.length;
  const width = LEFT + Math.max(size, 200) + 4;
  return (
    <svg
      viewBox={`0 0 ${width} ${size + BELOW + 34}`}
      role="img"
      aria-label={props.label}
      className="chart w-full"
      shapeRendering="crispEdges"
    >
      {columns.map((name, i) => (
        <g key={name}>
          <title>{name}</title>
          <Label
            x={LEFT - 5}
            y={(i + 0.5) * cell + 3}
            text={cut(name)}
            anchor="end"
            size={Math.min(10, cell - 1)}
          />
          <Label
            x={LEFT + (i + 0.5) * cell + 3}
            y={size + 8}
            text={cut(name)}
            anchor="end"
            turned={-60}
            size={Math.min(10, cell - 1)}
          />
        </g>
      ))}
      <g fill={SERIES.difference.color}>
        {values.map((value, i) => {
          const [row, column] = [Math.floor(i / columns.length), i % columns.length];
          const known = !Number.isNaN(value);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity
              key={i}
              data-cell={i}
              x={short(LEFT + column * cell)}
              y={short(row * cell)}
              width={short(cell)}
              height={short(cell)}
              fillOpacity={known ? short(Math.min(1, (1 - value) / (1 - lowest))) : 0}
            >
              <title>
                {`${row === column ? columns[row] : `${columns[row]} × ${columns[column]}`}: ${known ? formatPercent(value) : 'not computed'}`}
              </title>
            </rect>
          );
        })}
      </g>
      <rect x={LEFT} y={0} width={size} height={size} fill="none" stroke="var(--line-strong)" />
      {marked && (
        <rect
          x={LEFT + marked[1] * cell}
          y={marked[0] * cell}
          width={cell}
          height={cell}
          fill="none"
          stroke="var(--focus)"
          strokeWidth={2}
        />
      )}
      <Ramp
        x={LEFT}
        y={size + BELOW + 4}
        width={180}
        colors={Array.from({ length: 10 }, (_, i) => [SERIES.difference.color, i / 9] as const)}
        low="100 %"
        high={`${formatPercent(lowest, 0)} and less`}
      />
    </svg>
  );
}

function cut(name: string): string {
  const letters = Array.from(name);
  return letters.length <= NAME ? name : `${letters.slice(0, NAME - 1).join('')}…`;
}
