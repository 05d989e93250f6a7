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
    const moved = new Int32Array(data.dictionary.length).fill(-1);
    for (let r = 0; r < rows; r++) {
      if (!given[r]) continue;
      const own = data.codes[r]!;
      if (own >= 0 && moved[own]! < 0) {
        const value = data.dictionary[own]!;
        if (!codeOf.has(value)) codeOf.set(value, codeOf.size);
        moved[own] = codeOf.get(value)!;
      }
      codes[r] = own < 0 ? -1 : moved[own]!;
    }
    return { kind: 'text', codes, dictionary: [...codeOf.keys()] };
  }
  if (drawn.kind === 'number' && data.kind === 'number') {
    const values = drawn.values.slice();
    const nulls = drawn.nulls?.slice() ?? new Uint8Array(rows);
    let missing = 0;
    for (let r = 0; r < rows; r++) {
      if (given[r]) {
        values[r] = data.values[r]!;
        nulls[r] = data.nulls?.[r] ?? 0;
      }
      missing += nulls[r]!;
    }
    return { kind: 'number', values, nulls: missing > 0 ? nulls : null };
  }
  throw new TypeError('Given cells are of another kind than their column.');
}

/** Groups rows by which of the given columns they have: a text with a 0 or 1 per column. */
export function groupByPattern(given: readonly GivenColumn[], rows: number): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const pattern = given.map((column) => (column.given && !column.given[row] ? '0' : '1')).join('');
    const members = groups.get(pattern);
    if (members) members.push(row);
    else groups.set(pattern, [row]);
  }
  return groups;
}
