import type { ColumnData } from '../../../../src/domain/column-data';
import { columnNamed, numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { uniformOfRow } from '../../encoding/contract';
import { fromUnits, toUnits } from '../../encoding/decimal-grid';
import { firstLattice, snap } from '../../encoding/lattices';
import type { KeepingStep, PlaneAxis } from '../../models/kept-rules';
import { isInside, type PlaneBox } from '../../models/plane-cells';
import { type Change, type GivenCells, openRows } from './changes';

/**
 * Numbers of two columns moved into the cell of the plane that was drawn for their row. One that lies in the cell's range
 * stays; another takes a value of the range, on the widest lattice of its column that holds it. Where one of the two is
 * given, the row's cell is the nearest one that can hold it.
 * @param seed of the draws, by row
 */
export function movedIntoCells(
  { from, to, cell, boxes, axes }: Extract<KeepingStep, { kind: 'cell' }>,
  columns: readonly RuleColumn[],
  given: GivenCells,
  seed: number,
): Change[] {
  const [first, second] = [columnNamed(columns, from), columnNamed(columns, to)];
  const [x, y] = [numbersOf(first), numbersOf(second)];
  const cells = numbersOf(columnNamed(columns, cell));
  const [openX, openY] = [openRows(first, given, false), openRows(second, given, false)];
  const [newX, newY] = [x.slice(), y.slice()];
  for (let row = 0; row < x.length; row++) {
    if (Number.isNaN(x[row]! + y[row]!) || !(openX[row] || openY[row])) continue;
    let box = Number.isNaN(cells[row]!) ? undefined : boxes[cells[row]!];
    if (!box || !openX[row] || !openY[row]) {
      const isFitting = (own: PlaneBox | undefined) =>
        own &&
        (openX[row] || inRange(x[row]!, own[0], own[1])) &&
        (openY[row] || inRange(y[row]!, own[2], own[3]));
      if (!isFitting(box)) box = nearest(boxes.filter(isFitting), x[row]!, y[row]!);
    }
    if (!box || isInside(box, x[row]!, y[row]!)) continue;
    if (openX[row]) newX[row] = moved(x[row]!, box[0], box[1], axes[0], uniformOfRow(seed, row, 0));
    if (openY[row]) newY[row] = moved(y[row]!, box[2], box[3], axes[1], uniformOfRow(seed, row, 1));
  }
  const change = (target: string, values: Float64Array, open: Uint8Array): Change => {
    const rows = open.map((flag, row) => flag & Number(!Number.isNaN(values[row]!)));
    const data: ColumnData = { kind: 'number', values: values.map((value) => value || 0), nulls: null };
    return { target, data, rows };
  };
  return [change(from, newX, openX), change(to, newY, openY)];
}

function inRange(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

/** The number itself if it lies in the range; else one of the range, drawn uniformly. */
function moved(
  value: number,
  low: number,
  high: number,
  { decimals, lattices }: PlaneAxis,
  uniform: number,
): number {
  if (inRange(value, low, high)) return value;
  // Mirrored at the nearer end, so that it stays about where it was; a number far away may be anywhere in the range.
  const mirrored = value < low ? 2 * low - value : 2 * high - value;
  const position = inRange(mirrored, low, high) ? mirrored : low * (1 - uniform) + high * uniform;
  if (decimals === null) return position;
  const units = toUnits(position, decimals);
  const own = lattices[firstLattice(lattices, toUnits(value, decimals))];
  const near = own ? snap(units, own) : units;
  const step = own?.step ?? 1;
  for (const candidate of [near, near + step, near - step, units]) {
    const found = fromUnits(candidate, decimals);
    if (inRange(found, low, high)) return found;
  }
  // A range of one value, or the end of a range.
  const middle = fromUnits(toUnits((low + high) / 2, decimals), decimals);
  return inRange(middle, low, high) ? middle : value;
}

/** The box nearest to a point, in widths of that box. */
function nearest(boxes: readonly PlaneBox[], x: number, y: number): PlaneBox | undefined {
  const gap = (value: number, low: number, high: number) =>
    Math.max(low - value, value - high, 0) / Math.max(high - low, Number.MIN_VALUE);
  let best: PlaneBox | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const box of boxes) {
    const distance = gap(x, box[0], box[1]) + gap(y, box[2], box[3]);
    if (distance >= least) continue;
    least = distance;
    best = box;
  }
  return best;
}
