import { type ColumnData, columnLength, type NumberColumn, takeRows } from '../../../src/domain/column-data';
import type { ResolvedEncodingType } from '../../../src/domain/columns';
import type { AnalyseOptions, SubjectsOfRows } from './contract';

/** Rows next to each other in the order of their values that are of different subjects: the highest threshold. */
const APART = 7;

/**
 * The rows that an analysis counts, so that its counts of rows are counts of subjects: of single values one row of each
 * subject that holds it; of ranges rows of which any seven neighbours, by value, are of different subjects
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
  const once = onceEach(data, subjects);
  const rows = isSingle || data.kind === 'text' ? once : apart(data, once, subjects);
  return { data: takeRows(data, rows), follows: follows && Uint8Array.from(rows, (row) => follows[row]!) };
}

/** Of rows in the order of their values, those whose subject is none of the last six. Rows without a value remain. */
function apart({ values, nulls }: NumberColumn, rows: Uint32Array, { of }: SubjectsOfRows): Uint32Array {
  const present = rows.filter((row) => nulls?.[row] !== 1);
  present.sort((a, b) => values[a]! - values[b]! || of[a]! - of[b]!);
  const last: number[] = [];
  const kept = present.filter((row) => {
    if (last.includes(of[row]!)) return false;
    last.push(of[row]!);
    if (last.length === APART) last.shift();
    return true;
  });
  const missing = rows.filter((row) => nulls?.[row] === 1);
  const all = new Uint32Array(kept.length + missing.length);
  all.set(kept);
  all.set(missing, kept.length);
  return all.sort();
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
