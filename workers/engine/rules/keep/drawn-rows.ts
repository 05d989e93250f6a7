import { columnLength, takeRows } from '../../../../src/domain/column-data';
import type { RuleColumn } from '../../../rules/rule-column';
import { withRows } from '../../models/drawn-blocks';
import type { GivenCells } from './changes';

/** Rows drawn for each row that has given cells. */
const REPEATS = 8;

export function rowCountOf(columns: readonly RuleColumn[]): number {
  return columnLength(columns[0]!.data);
}

/** Rows with this flag. */
export function indices(flags: Uint8Array, wanted: 0 | 1): Uint32Array {
  const rows = new Uint32Array(flags.length);
  let count = 0;
  for (let row = 0; row < flags.length; row++) if (flags[row] === wanted) rows[count++] = row;
  return rows.slice(0, count);
}

export function range(length: number): Uint32Array {
  return Uint32Array.from({ length }, (_, row) => row);
}

/** These rows of each column. */
export function takeEach(columns: readonly RuleColumn[], rows: Uint32Array): RuleColumn[] {
  return columns.map((column) => ({ ...column, data: takeRows(column.data, rows) }));
}

/** Each row several times. */
export function repeated(rows: Uint32Array): Uint32Array {
  return Uint32Array.from({ length: REPEATS * rows.length }, (_, i) => rows[Math.floor(i / REPEATS)]!);
}

export function cellsOfRows(cells: GivenCells, rows: Uint32Array): GivenCells {
  return new Map(
    [...cells].map(([name, own]) => [name, own === 'all' ? own : Uint8Array.from(rows, (row) => own[row]!)]),
  );
}

/** The last resort: rows that keep no rule become copies of rows of the block that do. */
export function withCopies(columns: readonly RuleColumn[], failing: Uint32Array, rows: number): RuleColumn[] {
  const bad = new Set(failing);
  const good = range(rows).filter((row) => !bad.has(row));
  if (good.length === 0) return [...columns];
  const from = failing.map((_, i) => good[i % good.length]!);
  return columns.map((column) => ({ ...column, data: withRows(column.data, failing, column.data, from) }));
}
