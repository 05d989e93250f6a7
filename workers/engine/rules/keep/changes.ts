import { type ColumnData, columnLength } from '../../../../src/domain/column-data';
import type { Cell } from '../../../../src/domain/rules';
import { missingOf, type RuleColumn } from '../../../rules/rule-column';

/** Which cells of a column are given and stay: [rows] of 1, or all. */
export type GivenCells = ReadonlyMap<string, Uint8Array | 'all'>;

/** New values of some rows of a column. */
export interface Change {
  readonly target: string;
  readonly data: ColumnData;
  /** [rows] 1 = takes the new value. */
  readonly rows: Uint8Array;
}

/** Rows in which a column may change: not given; and not missing unless missing values may be filled. */
export function openRows(column: RuleColumn, given: GivenCells, fillsMissing: boolean): Uint8Array {
  const own = given.get(column.name);
  const rows = new Uint8Array(columnLength(column.data));
  if (own === 'all') return rows;
  const missing = fillsMissing ? null : missingOf(column);
  for (let row = 0; row < rows.length; row++) rows[row] = own?.[row] === 1 || missing?.[row] === 1 ? 0 : 1;
  return rows;
}

/** Cells by their index, −1 = missing, as a column. */
export function chosenCells(
  kind: ColumnData['kind'],
  chosen: Int32Array,
  cells: readonly Cell[],
): ColumnData {
  if (kind === 'number') {
    const numbers = Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : Number.NaN));
    const values = new Float64Array(chosen.length);
    const nulls = new Uint8Array(chosen.length);
    chosen.forEach((index, row) => {
      const value = index < 0 ? Number.NaN : numbers[index]!;
      if (Number.isNaN(value)) nulls[row] = 1;
      else values[row] = value;
    });
    return { kind, values, nulls };
  }
  const dictionary = [...new Set(cells.filter((cell): cell is string => typeof cell === 'string'))];
  const codeOf = new Map<Cell, number>(dictionary.map((text, code) => [text, code]));
  const coded = Int32Array.from(cells, (cell) => codeOf.get(cell) ?? -1);
  return { kind, codes: chosen.map((index) => (index < 0 ? -1 : coded[index]!)), dictionary };
}

/**
 * Rows among those marked that hold another cell than the one chosen for them. Most rows are drawn as the rules want
 * them, so nothing need be written.
 * @param marked [rows] 1 = a cell is chosen; cleared where the column holds it already
 * @param chosen [rows] index into `cells`
 * @returns whether any row is left
 */
export function keepDifferent(
  data: ColumnData,
  marked: Uint8Array,
  chosen: Int32Array,
  cells: readonly Cell[],
): boolean {
  let left = false;
  if (data.kind === 'text') {
    const codeOf = new Map<Cell, number>(data.dictionary.map((text, code) => [text, code]));
    const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : (codeOf.get(cell) ?? -2)));
    for (let row = 0; row < marked.length; row++) {
      if (marked[row] === 0) continue;
      if (data.codes[row] === codes[chosen[row]!]) marked[row] = 0;
      else left = true;
    }
    return left;
  }
  const { values, nulls } = data;
  const numbers = Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : Number.NaN));
  for (let row = 0; row < marked.length; row++) {
    if (marked[row] === 0) continue;
    const value = numbers[chosen[row]!]!;
    const holds = nulls?.[row] === 1 ? Number.isNaN(value) : values[row] === value;
    if (holds) marked[row] = 0;
    else left = true;
  }
  return left;
}
