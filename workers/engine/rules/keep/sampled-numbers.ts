import { hash, RandomStream } from '../../../../src/domain/random';
import { numbersOf } from '../../../rules/rule-column';
import { findDecimals } from '../../encoding/decimal-grid';
import type { ReadColumn } from './extra-columns';

/**
 * Numbers of the same random rows of several columns, [column][row]; NaN = missing.
 * @param maxRows more are not read
 * @param purpose names the draw of the rows
 */
export async function sampledNumbers(
  names: readonly string[],
  read: ReadColumn,
  maxRows: number,
  purpose: string,
  pause: () => Promise<void>,
): Promise<Float64Array[]> {
  const columns: Float64Array[] = [];
  let rows: Uint32Array | null = null;
  for (const name of names) {
    const values = numbersOf(await read(name));
    rows ??= new RandomStream(hash(values.length, names.length), purpose)
      .permutation(values.length)
      .subarray(0, maxRows);
    columns.push(Float64Array.from(rows, (row) => values[row]!));
    await pause();
  }
  return columns;
}

/** The last digit of numbers, NaN apart: .01 for 3.05; null = measurements without a grid. */
export function lastDigitOf(values: Float64Array): number | null {
  const present = values.filter((value) => Number.isFinite(value));
  const largest = present.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  const decimals = findDecimals(present, 0, largest);
  return decimals === null ? null : 10 ** -decimals;
}
