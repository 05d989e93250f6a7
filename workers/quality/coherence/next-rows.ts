import { type ColumnData, takeRows } from '../../../src/domain/column-data';

/** A column in other rows; −1 = there is no such row, and no value. */
export function takeRowsOrNone(data: ColumnData, rows: Int32Array): ColumnData {
  const taken = takeRows(
    data,
    Uint32Array.from(rows, (row) => Math.max(0, row)),
  );
  return taken.kind === 'text'
    ? { ...taken, codes: taken.codes.map((code, i) => (rows[i]! < 0 ? -1 : code)) }
    : { ...taken, nulls: Uint8Array.from(rows, (row, i) => (row < 0 ? 1 : (taken.nulls?.[i] ?? 0))) };
}
