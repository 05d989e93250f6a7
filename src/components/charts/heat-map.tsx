import { useTurn } from '../pacing';

/**
 * A square grid of cells coloured by strength. One unit of the drawing is one cell, so it needs no size of its own.
 * Cells of no strength are left out unless they have a title.
 */
export function HeatMap(props: {
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  /** Row-major, 0…1 of full colour. */
  readonly values: readonly number[];
  /** A colour token, e.g. `var(--original)`. */
  readonly color: string;
  readonly titleOf?: (row: number, column: number) => string;
}) {
  const { rows, columns, values, titleOf } = props;
  const turn = useTurn();
  return (
    <svg
      viewBox={`0 0 ${columns} ${rows}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
      fill={props.color}
      shapeRendering="crispEdges"
      className="aspect-square w-full overflow-hidden rounded-md border border-line bg-card"
    >
      {turn &&
        values.map((value, index) => {
          const row = Math.floor(index / columns);
          const column = index % columns;
          if (!(value > 0) && !titleOf) return null;
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity
              key={index}
              x={column}
              y={row}
              width={1}
              height={1}
              fillOpacity={Math.min(1, Math.max(0, value)).toFixed(3)}
            >
              {titleOf && <title>{titleOf(row, column)}</title>}
            </rect>
          );
        })}
    </svg>
  );
}
