import { ResponsiveContainer, ScatterChart, usePlotArea, XAxis, YAxis } from 'recharts';
import { useTurn } from './use-turn';

interface Cells {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, 0…1 of full colour. */
  readonly values: readonly number[];
  /** A colour token, e.g. `var(--original)`. */
  readonly color: string;
  readonly titleOf?: (row: number, column: number) => string;
}

/** A square grid of cells coloured by strength. */
export function HeatMap({ label, ...cells }: Cells & { readonly label: string }) {
  const turn = useTurn();
  return (
    <div
      role="img"
      aria-label={label}
      className="aspect-square w-full overflow-hidden rounded-md border border-line bg-card"
    >
      {turn && (
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 160, height: 160 }}>
          <ScatterChart margin={{ top: 0, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <XAxis type="number" dataKey="column" domain={[0, cells.columns]} hide />
            <YAxis type="number" dataKey="row" domain={[0, cells.rows]} reversed hide />
            <CellGrid {...cells} />
          </ScatterChart>
        </ResponsiveContainer>
      )}
    </div>
  );
}

/** One rectangle a cell: a recharts symbol each would cost ten times as much. Cells of no strength are left out. */
function CellGrid({ rows, columns, values, color, titleOf }: Cells) {
  const plot = usePlotArea();
  if (!plot) return null;
  const width = plot.width / columns;
  const height = plot.height / rows;
  return (
    <g fill={color} shapeRendering="crispEdges">
      {values.map((value, index) => {
        const row = Math.floor(index / columns);
        const column = index % columns;
        if (!(value > 0) && !titleOf) return null;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity
            key={index}
            x={plot.x + column * width}
            y={plot.y + row * height}
            width={width}
            height={height}
            fillOpacity={Math.min(1, Math.max(0, value)).toFixed(3)}
          >
            {titleOf && <title>{titleOf(row, column)}</title>}
          </rect>
        );
      })}
    </g>
  );
}
