import { type ColumnData, columnLength } from '../../../src/domain/column-data';
import type { GivenColumn } from './model';

/** Consecutive rows of a column; its buffers are shared. */
export function sliceRows(data: ColumnData, from: number, to: number): ColumnData {
  if (data.kind === 'text') return { ...data, codes: data.codes.subarray(from, to) };
  return {
    kind: 'number',
    values: data.values.subarray(from, to),
    nulls: data.nulls?.subarray(from, to) ?? null,
  };
}

/**
 * Drawn values, replaced by the given cells where there are any.
 * @param drawn [rows]
 * @param given [rows], of the same kind
 */
export function withGivenCells(drawn: ColumnData, { data, given }: Omit<GivenColumn, 'feature'>): ColumnData {
  if (!given) return data;
  const rows = columnLength(drawn);
  if (drawn.kind === 'text' && data.kind === 'text') {
    const codeOf = new Map(drawn.dictionary.map((value, code) => [value, code]));
    const codes = drawn.codes.slice();
    for (let r = 0; r < rows; r++) {
      if (!given[r]) continue;
      const value = data.codes[r]! < 0 ? null : data.dictionary[data.codes[r]!]!;
      if (value !== null && !codeOf.has(value)) codeOf.set(value, codeOf.size);
      codes[r] = value === null ? -1 : codeOf.get(value)!;
    }
    return { kind: 'text', codes, dictionary: [...codeOf.keys()] };
  }
  if (drawn.kind === 'number' && data.kind === 'number') {
    const values = drawn.values.map((value, r) => (given[r] ? data.values[r]! : value));
    const nulls = Uint8Array.from(values, (_, r) => (given[r] ? data.nulls : drawn.nulls)?.[r] ?? 0);
    return { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null };
  }
  throw new TypeError('Given cells are of another kind than their column.');
}
