import type { ColumnData, NumberColumn } from '../../../src/domain/column-data';
import { UserError } from '../../../src/domain/errors';

/** A column's numbers in order: what every numeric analysis starts from. */
export interface SortedValues {
  /** Finite values ascending; −0 became 0. */
  readonly finite: Float64Array;
  readonly nullCount: number;
  readonly negativeInfinities: number;
  readonly positiveInfinities: number;
}

/** Distinct values ascending and how many rows hold each. */
export interface Runs {
  readonly values: Float64Array;
  readonly counts: Uint32Array;
}

/** Sorts a copy of the non-null finite values. NaN, which the contract excludes, counts as null. */
export function sortValues(data: NumberColumn): SortedValues {
  const { values, nulls } = data;
  const finite = new Float64Array(values.length);
  let size = 0;
  let nullCount = 0;
  let negativeInfinities = 0;
  let positiveInfinities = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (isNull(nulls, i, value)) nullCount++;
    else if (value === Number.POSITIVE_INFINITY) positiveInfinities++;
    else if (value === Number.NEGATIVE_INFINITY) negativeInfinities++;
    else finite[size++] = value + 0;
  }
  return { finite: finite.subarray(0, size).sort(), nullCount, negativeInfinities, positiveInfinities };
}

/** True where a row holds no number. */
export function isNull(nulls: Uint8Array | null, row: number, value: number): boolean {
  return (nulls !== null && nulls[row] === 1) || Number.isNaN(value);
}

/** Runs of equal values in an ascending array. */
export function runsOf(sorted: Float64Array): Runs {
  const values = new Float64Array(sorted.length);
  const counts = new Uint32Array(sorted.length);
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (size > 0 && values[size - 1] === sorted[i]) counts[size - 1]!++;
    else {
      values[size] = sorted[i]!;
      counts[size++] = 1;
    }
  }
  return { values: values.subarray(0, size), counts: counts.subarray(0, size) };
}

/** First index whose value is not below `value`; `sorted.length` if there is none. */
export function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the value nearest to `value` in a non-empty ascending array; halves keep ±1e308 from overflowing. */
export function nearestIndex(sorted: ArrayLike<number>, value: number): number {
  const above = lowerBound(sorted, value);
  if (above === 0) return 0;
  if (above === sorted.length) return above - 1;
  const up = sorted[above]! / 2 - value / 2;
  const down = value / 2 - sorted[above - 1]! / 2;
  return up < down ? above : above - 1;
}

/** The column as numbers. @throws UserError `config/invalid` for text */
export function requireNumbers(data: ColumnData, encodingType: string): NumberColumn {
  if (data.kind === 'number') return data;
  throw new UserError(
    'config/invalid',
    `A text column cannot be encoded as ${encodingType}. Choose TABULAR_CATEGORICAL or AUTO for it.`,
    { details: { encodingType } },
  );
}
