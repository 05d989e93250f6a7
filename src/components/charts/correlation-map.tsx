import { formatFixed } from '../format';
import { Label, Ramp, short } from './scale';

const LEFT = 110;
const SIZE = 300;
const NAME = 18;

/** Strengths of all pairs, 0 … 1: a square for each, darker for stronger. */
export function CorrelationMap(props: {
  readonly label: string;
  readonly columns: readonly string[];
  /** Row-major. */
  readonly values: readonly number[];
  readonly color: string;
  /** The value that has the full colour. */
  readonly full: number;
}) {
  const { columns, values, color, full } = props;
  const count = Math.max(1, columns.length);
  const cell = SIZE / count;
  return (
    <svg
      viewBox={`0 0 ${LEFT + SIZE + 4} ${SIZE + 38}`}
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
            size={Math.min(9, cell)}
          />
        </g>
      ))}
      <g fill={color}>
        {values.map((value, i) => {
          const [row, column] = [Math.floor(i / count), i % count];
          const opacity = short(Math.min(1, value / full));
          if (opacity === 0) return null;
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity
              key={i}
              x={short(LEFT + column * cell)}
              y={short(row * cell)}
              width={short(cell)}
              height={short(cell)}
              fillOpacity={opacity}
            >
              <title>{`${columns[row]} × ${columns[column]}: ${formatFixed(value, 2)}`}</title>
            </rect>
          );
        })}
      </g>
      <rect x={LEFT} y={0} width={SIZE} height={SIZE} fill="none" stroke="var(--line-strong)" />
      <Ramp
        x={LEFT}
        y={SIZE + 8}
        width={140}
        colors={Array.from({ length: 10 }, (_, i) => [color, i / 9] as const)}
        low="0"
        high={full === 1 ? '1' : `${formatFixed(full, 1)} and more`}
      />
    </svg>
  );
}

function cut(name: string): string {
  const letters = Array.from(name);
  return letters.length <= NAME ? name : `${letters.slice(0, NAME - 1).join('')}…`;
}
