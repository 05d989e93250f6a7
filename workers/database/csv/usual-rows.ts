import { withoutReturns } from './line-ends';
import { mayBeginOther } from './record-forms';
import type { RowBatches } from './row-batches';
import type { UsualRows } from './scanned-record';
import { scanSimpleLine } from './simple-line';

const SPACE = 32;

/**
 * Where rows go that `RowCollector` takes without a look at those around them: their first cell is filled and no word for sums, and so
 * is one of the last two; they are no drawn line and no names again.
 * @param namesSize bytes of the record of names
 */
export function usualRows(
  batches: RowBatches,
  columns: number,
  namesSize: () => number,
  onTake: UsualRows['take'],
): UsualRows {
  const { spans } = batches;
  const { capacity, starts, ends } = spans;
  const last = (columns - 1) * capacity;
  const isFilled = (at: number, bytes: Uint8Array) => ends[at]! > starts[at]! && bytes[starts[at]!]! > SPACE;
  return {
    spans,
    columns,
    accepts: (row, bytes, begin, end) =>
      ends[row]! > starts[row]! &&
      !mayBeginOther(bytes, begin, starts[row]!) &&
      end - begin !== namesSize() &&
      (isFilled(last + row, bytes) || (columns > 2 && isFilled(last - capacity + row, bytes))),
    room: (bytes) => batches.room(bytes),
    take: (rows, firstLine) => {
      batches.take(rows);
      onTake(rows, firstLine);
    },
  };
}

/**
 * Puts rows that begin at `from … end − 1` into spans, as long as they are simple lines (`scanSimpleLine`) that are accepted.
 * @param line number of the first
 * @param quote −1 for none
 * @returns where the first line begins that was not taken, and the number of rows
 */
export function readUsualRows(
  usual: UsualRows,
  bytes: Uint8Array,
  from: number,
  end: number,
  line: number,
  delimiter: number,
  quote: number,
): { readonly next: number; readonly rows: number } {
  const { spans, columns } = usual;
  const { capacity, starts } = spans;
  let at = from;
  let rows = 0;
  for (;;) {
    const room = usual.room(bytes);
    const first = spans.rows;
    let taken = 0;
    while (taken < room && at < end) {
      const row = first + taken;
      const fields = scanSimpleLine(bytes, at, delimiter, quote, spans, row, capacity, columns);
      if (fields !== columns) break;
      const next = starts[columns * capacity + row]!;
      if (!usual.accepts(row, bytes, at, withoutReturns(bytes, at, next - 1, false))) break;
      at = next;
      taken++;
    }
    if (taken > 0) usual.take(taken, line + rows);
    rows += taken;
    if (taken < room) return { next: at, rows };
  }
}
