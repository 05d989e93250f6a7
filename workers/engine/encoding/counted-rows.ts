import { type ColumnData, takeRows } from '../../../src/domain/column-data';
import type { ResolvedEncodingType } from '../../../src/domain/columns';
import { raisedBy } from '../../../src/domain/rarity';
import type { AnalyseOptions } from './contract';

/** Rows next to each other in the order of their values that are of different subjects: as many as hidden extremes. More with a raised threshold. */
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
  { subjects = null, follows = null, valueProtection, rareThreshold }: AnalyseOptions,
): { readonly data: ColumnData; readonly follows: Uint8Array | null } {
  if (!subjects || !valueProtection) return { data, follows };
  const isSingle = encodingType === 'TABULAR_CATEGORICAL' || encodingType === 'TABULAR_NUMERIC_DISCRETE';
  const { present, missing } = onceEach(data, subjects);
  const kept = isSingle ? present : apart(present, subjects, APART + raisedBy(rareThreshold));
  const rows = new Uint32Array(kept.length + missing.length);
  rows.set(kept);
  rows.set(missing, kept.length);
  rows.sort();
  return { data: takeRows(data, rows), follows: follows && Uint8Array.from(rows, (row) => follows[row]!) };
}

/** One row of each subject with each of its values, in the order of the values; and one of each that has none. */
function onceEach(
  data: ColumnData,
  of: Uint32Array,
): { readonly present: Uint32Array; readonly missing: Uint32Array } {
  const cells = data.kind === 'text' ? data.codes : data.values;
  const isMissing = (row: number) => (data.kind === 'text' ? data.codes[row]! < 0 : data.nulls?.[row] === 1);
  const all = Uint32Array.from({ length: cells.length }, (_, row) => row);
  const present = all.filter((row) => !isMissing(row));
  present.sort((a, b) => cells[a]! - cells[b]! || of[a]! - of[b]! || a - b);
  const missing = all.filter(isMissing);
  missing.sort((a, b) => of[a]! - of[b]! || a - b);
  return {
    present: present.filter((row, i) => {
      const before = present[i - 1];
      return before === undefined || cells[row] !== cells[before] || of[row] !== of[before];
    }),
    missing: missing.filter((row, i) => i === 0 || of[row] !== of[missing[i - 1]!]),
  };
}

/** Of rows in the order of their values, those whose subject is none of the last `length` − 1. */
function apart(rows: Uint32Array, of: Uint32Array, length: number): Uint32Array {
  const last: number[] = [];
  return rows.filter((row) => {
    if (last.includes(of[row]!)) return false;
    last.push(of[row]!);
    if (last.length === length) last.shift();
    return true;
  });
}
