import type { ColumnData } from '../../../../src/domain/column-data';
import { RandomStream } from '../../../../src/domain/random';

/**
 * The rows among those marked that a rule of nearly all rows is not forced upon: as many as expected, a fraction decided
 * by chance, all if there are not so many.
 * @param marked [rows] 1 = breaks the rule
 * @param expected rows that may break it
 */
export function exempt(marked: Uint8Array, expected: number, seed: number): number[] {
  const stream = new RandomStream(seed, 'exempt rows');
  const count = Math.floor(expected + stream.uniform());
  if (count === 0) return [];
  const rows: number[] = [];
  for (let row = 0; row < marked.length; row++) if (marked[row]) rows.push(row);
  return Array.from(stream.permutation(rows.length).subarray(0, count), (i) => rows[i]!);
}

/** Whether two columns hold the same in a row. */
export function sameCell(a: ColumnData, b: ColumnData, row: number): boolean {
  if (a.kind === 'text')
    return b.kind === 'text' && a.dictionary[a.codes[row]!] === b.dictionary[b.codes[row]!];
  if (b.kind === 'text') return false;
  const [one, other] = [a.nulls?.[row] === 1, b.nulls?.[row] === 1];
  return one === other && (one || a.values[row] === b.values[row]);
}
