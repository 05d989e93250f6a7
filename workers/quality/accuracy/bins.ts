import type { ColumnData, NumberColumn, TextColumn } from '../../../src/domain/column-data';
import type { Family } from '../columns';
import { floorToShortestPrecision, quantileBreaks } from './quantile-breaks';

/** Bins of a column, learned on the original (docs/metrics.md, Bins). The last bin is that of missing values. */
export type Bins = NumberBins | CategoryBins;

export interface NumberBins {
  readonly kind: 'number' | 'datetime';
  /** Ascending edges; bin i is [breaks i, breaks i+1). Dates in epoch milliseconds. */
  readonly breaks: readonly number[];
  /** The value each bin stands for, where it stands for exactly one. */
  readonly values: readonly number[] | null;
}

export interface CategoryBins {
  readonly kind: 'category';
  /** Values with a bin of their own, then the special labels. */
  readonly labels: readonly string[];
}

export const EMPTY = '(empty)';
export const OTHER = '(other)';
export const RARE = '_RARE_';
export const MISSING = '(n/a)';
export const SPECIAL: readonly string[] = [EMPTY, OTHER, RARE, MISSING];

/** Bins per column where values allow. */
const BIN_COUNT = 10;
/** Rows a category needs for a bin of its own. */
const MIN_CATEGORY_COUNT = 5;
/** Hostile data could drive the quantile search to hundreds of breaks; joint tables must stay small. */
const MAX_BREAKS = 64;
const DAY = 86_400_000;

/** Bins of the original's values. */
export function learnBins(data: ColumnData, family: Family, bins = BIN_COUNT): Bins {
  if (data.kind === 'text') return learnCategories(data, bins);
  const sorted = sortedValues(data);
  return family === 'datetime' ? learnDates(sorted, bins) : learnNumbers(sorted, bins);
}

/** Number of bins, the one of missing values included. */
export function binCount(bins: Bins): number {
  return bins.kind === 'category' ? bins.labels.length : bins.breaks.length;
}

/** Bin of every row, 0 … binCount − 1. */
export function applyBins(bins: Bins, data: ColumnData): Uint8Array {
  if (bins.kind === 'category') return applyCategories(bins, data as TextColumn);
  return applyBreaks(bins, data as NumberColumn);
}

/** Values that are not null, ascending. */
function sortedValues(data: NumberColumn): Float64Array {
  if (!data.nulls) return data.values.slice().sort();
  const { values, nulls } = data;
  return values.filter((_, i) => nulls[i] === 0).sort();
}

/** Distinct values of an ascending array, or null if there are more than `limit`. */
function distinctUpTo(sorted: Float64Array, limit: number): number[] | null {
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    if (distinct.length === limit) return null;
    distinct.push(sorted[i]!);
  }
  return distinct;
}

function learnNumbers(sorted: Float64Array, bins: number): NumberBins {
  const distinct = distinctUpTo(sorted, bins);
  if (distinct?.length === 0) return { kind: 'number', breaks: [-1e10, 1e10], values: null };
  let breaks: number[];
  if (distinct) {
    const max = distinct[distinct.length - 1]!;
    breaks = max + 1 === max ? distinct : [...distinct, max + 1];
    // A lone value beyond 2^53 leaves a single edge, which is no bin at all.
    if (breaks.length === 1) breaks.push(max);
  } else {
    breaks = thin(quantileBreaks(sorted, bins));
  }
  return { kind: 'number', breaks: floorToShortestPrecision(breaks), values: distinct };
}

function learnDates(sorted: Float64Array, bins: number): NumberBins {
  const distinct = distinctUpTo(sorted, 1);
  if (distinct?.length === 0) {
    return { kind: 'datetime', breaks: [Date.UTC(1700, 0, 1), Date.UTC(2200, 0, 1)], values: null };
  }
  if (distinct) return { kind: 'datetime', breaks: [distinct[0]!, distinct[0]! + DAY], values: distinct };
  return { kind: 'datetime', breaks: thin(quantileBreaks(sorted, bins)), values: null };
}

function thin(breaks: number[]): number[] {
  if (breaks.length <= MAX_BREAKS) return breaks;
  return Array.from({ length: MAX_BREAKS }, (_, i) => {
    return breaks[Math.round((i * (breaks.length - 1)) / (MAX_BREAKS - 1))]!;
  });
}

/**
 * Values beyond the outer edges belong to the outer bins. As in the reference, a maximum so large that adding one
 * (a day, for dates) does not change it counts as missing.
 */
function applyBreaks(bins: NumberBins, data: NumberColumn): Uint8Array {
  const { breaks } = bins;
  const missing = breaks.length - 1;
  const top = breaks[missing]!;
  const end = top + (bins.kind === 'datetime' ? DAY : 1);
  const codes = new Uint8Array(data.values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = data.values[i]!;
    if (data.nulls?.[i] === 1 || Math.min(value, top) >= end) {
      codes[i] = missing;
      continue;
    }
    let bin = missing - 1;
    while (bin > 0 && value < breaks[bin]!) bin--;
    codes[i] = bin;
  }
  return codes;
}

/** Label of a text; the empty one has a name. */
function categoryLabel(value: string): string {
  return value === '' ? EMPTY : value;
}

/** Row counts by label; ties in order of first appearance. */
export function countCategories(data: TextColumn): Map<string, number> {
  const perCode = new Int32Array(data.dictionary.length + 1);
  const appearance: number[] = [];
  for (const code of data.codes) {
    if (perCode[code + 1]!++ === 0) appearance.push(code);
  }
  const counts = new Map<string, number>();
  for (const code of appearance) {
    const label = code < 0 ? MISSING : categoryLabel(data.dictionary[code]!);
    counts.set(label, (counts.get(label) ?? 0) + perCode[code + 1]!);
  }
  return counts;
}

function learnCategories(data: TextColumn, bins: number): CategoryBins {
  const top = [...countCategories(data)]
    .sort((a, b) => b[1] - a[1])
    .slice(0, bins)
    .filter(([label, count]) => count >= MIN_CATEGORY_COUNT && !SPECIAL.includes(label))
    .map(([label]) => label)
    .sort();
  return { kind: 'category', labels: [...top, ...SPECIAL] };
}

function applyCategories(bins: CategoryBins, data: TextColumn): Uint8Array {
  const other = bins.labels.indexOf(OTHER);
  const missing = bins.labels.indexOf(MISSING);
  const known = new Map(bins.labels.map((label, i) => [label, i]));
  const byCode = Uint8Array.from(data.dictionary, (value) => known.get(categoryLabel(value)) ?? other);
  const codes = new Uint8Array(data.codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = data.codes[i]!;
    codes[i] = code < 0 ? missing : byCode[code]!;
  }
  return codes;
}
