import type { ColumnData } from '../../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../../src/domain/columns';
import type { CategoryDomain } from './category-domain';
import { codeOfGrid, type NumberDomain, toGrid } from './number-domain';

/** The codes of a column, all released under the budget. Code 0 is a missing value. Plain JSON. */
export type ColumnDomain = CategoryDomain | NumberDomain;

/** Number of codes. */
export function codesOf(domain: ColumnDomain): number {
  return domain.kind === 'category' ? domain.values.length + 2 : domain.bins.length + 1;
}

/** Codes of a column's rows, [rows]. */
export function encodeRows(domain: ColumnDomain, data: ColumnData): Uint16Array {
  if (domain.kind === 'category') {
    const known = new Map(domain.values.map((value, i) => [value, i + 2]));
    if (data.kind === 'number') {
      return Uint16Array.from(data.values, (value, row) =>
        data.nulls?.[row] === 1 ? 0 : (known.get(String(value)) ?? 1),
      );
    }
    const translated = data.dictionary.map((value) => known.get(value) ?? 1);
    return Uint16Array.from(data.codes, (code) => (code < 0 ? 0 : translated[code]!));
  }
  if (data.kind !== 'number') throw new TypeError('A domain of numbers does not fit texts.');
  return Uint16Array.from(data.values, (value, row) =>
    data.nulls?.[row] === 1 || !Number.isFinite(value) ? 0 : codeOfGrid(domain, toGrid(domain, value)),
  );
}

/** Whether a column is learned in bins of numbers, not by its values. */
export function hasBins(storageType: StorageType, encodingType: ResolvedEncodingType): boolean {
  return encodingType !== 'TABULAR_CATEGORICAL' && storageType !== 'text' && storageType !== 'boolean';
}

/** Units of a number: days of dates, seconds of instants, in which decimals are sought. */
export function unitOf(storageType: StorageType): number {
  if (storageType === 'date') return 86_400_000;
  return storageType === 'datetime' ? 1000 : 1;
}
