import { columnLength } from '../../../../src/domain/column-data';
import { RandomStream } from '../../../../src/domain/random';
import { MIN_THRESHOLD } from '../../../../src/domain/rarity';
import type { Cell } from '../../../../src/domain/rules';
import { codeColumn, isDate, type RuleColumn } from '../../../rules/rule-column';
import { findDecimals } from '../../encoding/decimal-grid';

/** A column's values in a sample of rows, the same rows in every column, in random order. */
export interface SampledColumn {
  /** Position in the table. */
  readonly at: number;
  readonly name: string;
  readonly type: 'number' | 'date' | 'text';
  readonly source: RuleColumn;
  /** Index into `cells`, −1 = missing. */
  readonly codes: Int32Array;
  readonly cells: readonly Cell[];
  /** Rows of each cell. */
  readonly counts: Uint32Array;
  /** Rows with a value. */
  readonly present: number;
  /** Rows that make a value or class: what fewer share is protected, and no evidence. */
  readonly minRows: number;
  /** NaN = missing or not finite; null for text. */
  readonly numbers: Float64Array | null;
  /** Decimals of the numbers, at least 0; null = more than a double holds exactly, or no numbers. */
  readonly decimals: number | null;
}

/** Cells that are read by the finders that look at every pair of columns. */
const PAIR_BUDGET = 1e9;
const MIN_SAMPLE = 1000;
const MAX_SAMPLE = 10_000;

/** Rows that candidates are sought in; what is found is checked on all rows. */
export function chooseRows(rows: number, columns: number, seed: number): Uint32Array {
  const wanted = Math.round(PAIR_BUDGET / (columns * columns));
  const count = Math.min(rows, Math.max(MIN_SAMPLE, Math.min(MAX_SAMPLE, wanted)));
  const stream = new RandomStream(seed, 'rule sample');
  return stream.shuffle(stream.spreadRows(rows, count));
}

/**
 * @param rows as `chooseRows` gives them
 * @param threshold rows that show a value of the column
 */
export function sampleColumn(
  source: RuleColumn,
  at: number,
  rows: Uint32Array,
  threshold = MIN_THRESHOLD,
): SampledColumn {
  const minRows = Math.max(threshold, MIN_THRESHOLD);
  const { codes, cells } = codeColumn(source, rows);
  const counts = new Uint32Array(cells.length);
  let present = 0;
  for (const code of codes) {
    if (code < 0) continue;
    counts[code]!++;
    present++;
  }
  const { data, name } = source;
  const common = { at, name, source, codes, cells, counts, present, minRows };
  if (data.kind === 'text') {
    return { ...common, type: 'text', numbers: null, decimals: null };
  }
  const values = cells as readonly number[];
  const numbers = Float64Array.from(codes, (code) =>
    code >= 0 && Number.isFinite(values[code]!) ? values[code]! : Number.NaN,
  );
  const type = isDate(source) ? 'date' : 'number';
  const decimals = type === 'date' ? null : decimalsOf(values);
  return { ...common, type, numbers, decimals };
}

/** Decimals of numbers, at least 0; null = more than a double holds exactly. */
export function decimalsOf(values: readonly number[]): number | null {
  const finite = Float64Array.from(values.filter(Number.isFinite));
  const largest = finite.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const found = finite.length === 0 ? null : findDecimals(finite, 0, largest);
  return found === null || found > 12 ? null : Math.max(0, found);
}

/** The chance that two rows hold the same value, missing ones apart. */
export function collision({ counts, present }: SampledColumn): number {
  let sum = 0;
  for (const count of counts) sum += count * count;
  return present === 0 ? 1 : sum / (present * present);
}

export function rowCount(columns: readonly SampledColumn[]): number {
  return columns.length === 0 ? 0 : columnLength(columns[0]!.source.data);
}

/** Whether a column holds several values in the rows that the other one has a value in: one alone depends on nothing. */
export function variesBeside({ codes }: SampledColumn, other: SampledColumn): boolean {
  let first = -1;
  return codes.some((code, row) => {
    if (code < 0 || other.codes[row]! < 0) return false;
    if (first < 0) first = code;
    return code !== first;
  });
}
