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
