/** A grid of cells coloured by strength. `values` are row-major, 0…1 of full colour. */
export function HeatMap(props: {
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly number[];
  readonly className: string;
  readonly titleOf?: (row: number, column: number) => string;
}) {
  const { rows, columns } = props;
  return (
    <svg
      viewBox={`0 0 ${columns} ${rows}`}
      role="img"
      aria-label={props.label}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
      className={`aspect-square w-full rounded-md border border-line bg-card ${props.className}`}
    >
      {props.values.map((value, index) => {
        const row = Math.floor(index / columns);
        const column = index % columns;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity
            key={index}
            x={column}
            y={row}
            width="1"
            height="1"
            fillOpacity={Math.min(1, Math.max(0, value)).toFixed(3)}
          >
            {props.titleOf && <title>{props.titleOf(row, column)}</title>}
          </rect>
        );
      })}
    </svg>
  );
}
