import { type ColumnData, columnLength, takeRows } from '../../../src/domain/column-data';
import type { ResolvedEncodingType } from '../../../src/domain/columns';
import type { AnalyseOptions, SubjectsOfRows } from './contract';

/**
 * The rows that an analysis counts, so that its counts of rows are counts of subjects: of single values one row of each
 * subject that holds it; of ranges one row of each subject, since several values of one subject would lie side by side
 * (docs/privacy.md, Subjects). Without subjects all rows.
 * @returns the values, and `follows` of the same rows
 */
export function countedRows(
  data: ColumnData,
  encodingType: ResolvedEncodingType,
  { subjects = null, follows = null, valueProtection }: AnalyseOptions,
): { readonly data: ColumnData; readonly follows: Uint8Array | null } {
  if (!subjects || !valueProtection) return { data, follows };
  const isSingle = encodingType === 'TABULAR_CATEGORICAL' || encodingType === 'TABULAR_NUMERIC_DISCRETE';
  const rows = isSingle ? onceEach(data, subjects) : subjects.sample;
  return { data: takeRows(data, rows), follows: follows && Uint8Array.from(rows, (row) => follows[row]!) };
}

/** The first row of each subject with each of its values. */
function onceEach(data: ColumnData, { of }: SubjectsOfRows): Uint32Array {
  const seen = new Map<number | null, Set<number>>();
  const rows: number[] = [];
  for (let row = 0; row < columnLength(data); row++) {
    const value = cellOf(data, row);
    let holders = seen.get(value);
    if (!holders) {
      holders = new Set();
      seen.set(value, holders);
    }
    if (holders.has(of[row]!)) continue;
    holders.add(of[row]!);
    rows.push(row);
  }
  return Uint32Array.from(rows);
}

/** A number for each value, null for none. */
function cellOf(data: ColumnData, row: number): number | null {
  if (data.kind === 'text') return data.codes[row]! < 0 ? null : data.codes[row]!;
  return data.nulls?.[row] === 1 ? null : data.values[row]!;
}
