import { formatFixed } from '../format';
import { Label } from './scale';

const [LEFT, SIZE, BELOW] = [30, 220, 30];

/** A density over two axes: darker where more rows lie, and a dot where their mean is. */
export function DensityMap(props: {
  readonly label: string;
  readonly color: string;
  /** Rows of cells from the lowest y: `a` … `i` for tenths of the largest density, `.` for less. */
  readonly levels: readonly string[];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly centroid: readonly [number, number];
}) {
  const { levels, color, x, y, centroid } = props;
  const cell = SIZE / Math.max(1, levels.length);
  const scaled = (value: number, [low, high]: readonly [number, number]) =>
    Math.max(0, Math.min(1, (value - low) / (high - low || 1))) * SIZE;
  const [cx, cy] = [LEFT + scaled(centroid[0], x), SIZE - scaled(centroid[1], y)];
  return (
    <svg
      viewBox={`0 0 ${LEFT + SIZE + 4} ${SIZE + BELOW}`}
      role="img"
      aria-label={props.label}
      className="chart w-full"
    >
      <rect x={LEFT} y={0} width={SIZE} height={SIZE} fill="var(--card)" stroke="var(--line-strong)" />
      <g fill={color} shapeRendering="crispEdges">
        {Array.from({ length: 9 }, (_, k) => k + 1).map((level) => {
          const path = cellsOf(levels, level);
          return (
            path && (
              <path
                key={level}
                d={path}
                fillOpacity={(level / 9).toFixed(2)}
                transform={`translate(${LEFT} 0) scale(${cell})`}
              />
            )
          );
        })}
      </g>
      <circle cx={cx} cy={cy} r={4} fill="var(--ink)" stroke="var(--card)" strokeWidth={1.5} />
      <Label x={LEFT} y={SIZE + 12} text={formatFixed(x[0], 2)} anchor="start" size={9} />
      <Label x={LEFT + SIZE} y={SIZE + 12} text={formatFixed(x[1], 2)} anchor="end" size={9} />
      <Label x={LEFT + SIZE / 2} y={SIZE + 24} text={props.xLabel} anchor="middle" size={10} />
      <Label x={LEFT - 3} y={SIZE} text={formatFixed(y[0], 2)} anchor="end" size={9} />
      <Label x={LEFT - 3} y={9} text={formatFixed(y[1], 2)} anchor="end" size={9} />
      <Label x={LEFT + 4} y={12} text={props.yLabel} anchor="start" size={10} />
    </svg>
  );
}

/** Cells of one level as a path, neighbours in a row together; the highest y is drawn first. */
function cellsOf(levels: readonly string[], level: number): string {
  const wanted = '.abcdefghi'[level];
  let path = '';
  levels.forEach((line, row) => {
    for (let from = 0; from < line.length; from++) {
      if (line[from] !== wanted) continue;
      let to = from;
      while (line[to] === wanted) to++;
      path += `M${from} ${levels.length - 1 - row}h${to - from}v1h${from - to}z`;
      from = to;
    }
  });
  return path;
}
