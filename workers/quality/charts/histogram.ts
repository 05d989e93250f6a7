import type { ColumnData, NumberColumn } from '../../../src/domain/column-data';
import type { Histogram } from '../../../src/domain/reports';
import { roundTo } from '../accuracy/distribution';
import { histogramEdges } from './histogram-edges';
import type { OriginalRows } from './original-rows';
import { axisOf } from './round-range';

/** Where more rows than this fall into one bin, the others cannot be told apart. */
const SPIKE = 0.6;

/**
 * Shares of rows in bins with round edges between the protected ends of the original (`axisOf`); rows beyond them count in
 * the outer bins. Original counts are as `OriginalRows` shows them, so that no bin shows fewer than 8 people.
 *
 * @param people values of one row of each person, which tell the range; the column itself where each row is somebody's own
 * @param rows the original's
 * @returns null where the original has no range to show, or is all in one bin
 */
export function histogram(
  original: NumberColumn,
  synthetic: NumberColumn,
  isDate: boolean,
  people: NumberColumn,
  rows: OriginalRows,
): Histogram | null {
  const axis = axisOf(people.values, people.nulls, isDate);
  const plan = axis && histogramEdges(people, axis, isDate);
  if (!plan) return null;
  const { edges, steps } = plan;
  const bins = edges.length - 1;
  const shown = rows.shownIn(cellsOf(original, edges), bins + 1).map((count) => share(count, original));
  if (Math.max(...shown.slice(0, bins)) > SPIKE) return null;
  const drawn = new Uint32Array(bins + 1);
  for (const cell of cellsOf(synthetic, edges)) drawn[cell]!++;
  const counted = Array.from(drawn, (count) => share(count, synthetic));
  return {
    ...{ edges, steps, isDate },
    original: shown.slice(0, bins),
    synthetic: counted.slice(0, bins),
    missing: original.nulls || synthetic.nulls ? { original: shown[bins]!, synthetic: counted[bins]! } : null,
  };
}

/** Bin of each row; one more than there are where there is no value. */
function cellsOf({ values, nulls }: NumberColumn, edges: readonly number[]): Uint8Array {
  const last = edges.length - 2;
  const cells = new Uint8Array(values.length);
  for (let row = 0; row < cells.length; row++) {
    if (nulls?.[row] === 1 || Number.isNaN(values[row]!)) {
      cells[row] = last + 1;
      continue;
    }
    let [low, high] = [0, last];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (values[row]! >= edges[middle]!) low = middle;
      else high = middle - 1;
    }
    cells[row] = low;
  }
  return cells;
}

function share(count: number, { values }: Extract<ColumnData, { kind: 'number' }>): number {
  return roundTo(count / values.length, 6);
}
