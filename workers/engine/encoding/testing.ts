import type { ColumnData, NumberColumn, TextColumn } from '../../../src/domain/column-data';
import type { AnalyseOptions } from './contract';

/** Builders for the tests of this folder. */

export function numberColumn(values: readonly (number | null)[]): NumberColumn {
  const nulls = Uint8Array.from(values, (value) => Number(value === null));
  return {
    kind: 'number',
    values: Float64Array.from(values, (value) => value ?? 0),
    nulls: nulls.includes(1) ? nulls : null,
  };
}

export function textColumn(values: readonly (string | null)[]): TextColumn {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const index = new Map(dictionary.map((value, i) => [value, i]));
  return {
    kind: 'text',
    codes: Int32Array.from(values, (value) => (value === null ? -1 : index.get(value)!)),
    dictionary,
  };
}

export function cells(data: ColumnData): (number | string | null)[] {
  if (data.kind === 'text') {
    return Array.from(data.codes, (code) => (code < 0 ? null : data.dictionary[code]!));
  }
  return Array.from(data.values, (value, i) => (data.nulls?.[i] === 1 ? null : value));
}

export function options(overrides: Partial<AnalyseOptions> = {}): AnalyseOptions {
  return { valueProtection: true, rareCategoryReplacementMethod: 'CONSTANT', seed: 1, ...overrides };
}

/** Every value `count` times. */
export function repeat<T>(values: readonly T[], count: number): T[] {
  return values.flatMap((value) => Array.from({ length: count }, () => value));
}

/** How often each value occurs. */
export function tally<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
