import type { NumberColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import { mayShow, type ProtectionPlan, protectedBounds } from '../privacy/protection';
import { columnProtection } from '../privacy/table-protection';
import type { AnalyseOptions, SubColumn } from './contract';
import { fromUnits, toUnits } from './decimal-grid';
import { type HiddenTails, hiddenTails } from './hidden-tails';
import { decimalsOf } from './numeric-binned';
import { joinParts, partedColumns, splitParts } from './parted-codes';
import { SharedFronts, type Words } from './shared-fronts';
import { isNull, nearestIndex, sortValues } from './sorted-values';

/**
 * TABULAR_NUMERIC_DIGIT (docs/encodings.md, Digits): sub-columns `nan` (if there are nulls), then the sign and the decimal
 * digits that vary, highest first. A column too small to protect is `nan` alone: all null.
 */
export interface NumericDigitEncoding {
  readonly type: 'TABULAR_NUMERIC_DIGIT';
  readonly storageType: StorageType;
  readonly subColumns: readonly SubColumn[];
  readonly hasNull: boolean;
  /** Decimals of the lowest digit; negative = numbers end in zeros. */
  readonly decimals: number;
  /** Smallest and largest number that is written, in units of the lowest digit; null = everything is protected. */
  readonly bounds: { readonly low: number; readonly high: number } | null;
  /** Sign (1 = negative), then digits from the highest: values of each, ascending. */
  readonly digits: readonly (readonly number[])[];
  /** What protecting the extremes takes away, for the report; null = nothing worth telling. */
  readonly hidden: HiddenTails | null;
  /** Of the imputation of nulls. */
  readonly seed: number;
}

/** Digits of a number that needs more than a double has: what is finer is noise of a measurement. */
const LONGEST = 9;
const MAX_POWER = 307;

/** Finds the grid, the bounds and the digits that enough rows share. @param all every row; `data`: those that count */
export function analyseDigit(
  data: NumberColumn,
  storageType: StorageType,
  options: AnalyseOptions,
  all: NumberColumn = data,
): NumericDigitEncoding {
  const plan = columnProtection(options.valueProtection, options.seed, options.rareThreshold);
  const sorted = sortValues(data);
  const hasNull = mayShow(sorted.nullCount, plan);
  const common = { type: 'TABULAR_NUMERIC_DIGIT' as const, storageType, seed: options.seed };
  const bounds = protectedBounds(sorted.finite, plan);
  if (!bounds) {
    const subColumns = [{ name: 'nan', cardinality: 1, ordinal: false }];
    return { ...common, subColumns, hasNull: true, decimals: 0, bounds: null, digits: [], hidden: null };
  }
  const largest = Math.max(Math.abs(bounds.low), Math.abs(bounds.high));
  const decimals = decimalsOf(sorted.finite, plan) ?? coarseDecimals(largest);
  const inside = unitBounds(bounds, sorted.finite, decimals, plan);
  const hidden = hiddenTails(
    sorted.finite,
    fromUnits(inside.low, decimals),
    fromUnits(inside.high, decimals),
    plan,
  );
  const grid = { decimals, bounds: inside };
  const fronts = frontsOf(grid, all, options);
  const layout = {
    hasNull: hasNull || fronts.kept.every((codes) => codes.length === 0),
    sizes: fronts.kept.map((codes) => codes.length),
  };
  const names = partNames(fronts.kept.length, decimals);
  const subColumns = partedColumns(layout, (p) => names[p]!).map((part) => ({
    ...part,
    ordinal: part.name !== 'nan' && part.name !== 'neg',
  }));
  return { ...common, subColumns, hasNull: layout.hasNull, ...grid, digits: fronts.kept, hidden };
}

type Grid = Pick<NumericDigitEncoding, 'decimals'> & {
  readonly bounds: { readonly low: number; readonly high: number };
};

/** Decimals of the ninth digit of the largest number. */
function coarseDecimals(largest: number): number {
  const power = largest > 0 ? Math.floor(Math.log10(largest)) : 0;
  return Math.min(Math.max(LONGEST - 1 - power, -MAX_POWER), MAX_POWER);
}

/** Bounds on the grid, inwards; an end that enough rows share is nobody's own and is kept. */
function unitBounds(
  { low, high }: { readonly low: number; readonly high: number },
  sorted: Float64Array,
  decimals: number,
  plan: ProtectionPlan,
): { low: number; high: number } {
  const scaled = (value: number) => (decimals >= 0 ? value * 10 ** decimals : value / 10 ** -decimals);
  // What lies on the grid but for the last digit of a double is on it.
  const near = (value: number, round: (units: number) => number) => {
    const units = scaled(value);
    return Math.abs(units - Math.round(units)) <= 1e-6 ? Math.round(units) : round(units);
  };
  let [from, to] = [near(low, Math.ceil), near(high, Math.floor)];
  if (from > to) from = to = Math.round(scaled(low / 2 + high / 2));
  const first = sharedEnd(sorted, plan, 1);
  const last = sharedEnd(sorted, plan, -1);
  return {
    low: (first === null ? from : Math.min(from, toUnits(first, decimals))) + 0,
    high: (last === null ? to : Math.max(to, toUnits(last, decimals))) + 0,
  };
}

/** The first or last value that enough rows share, if few lie beyond it. */
function sharedEnd(sorted: Float64Array, plan: ProtectionPlan, direction: 1 | -1): number | null {
  const n = sorted.length;
  const from = direction > 0 ? 0 : n - 1;
  const reach = Math.min(n, 2 * (plan.threshold + plan.low + plan.high));
  let rows = 0;
  for (let i = 0; i < reach; i++) {
    const value = sorted[from + direction * i]!;
    rows = i > 0 && sorted[from + direction * (i - 1)] === value ? rows + 1 : 1;
    if (rows >= plan.threshold) return value;
  }
  return null;
}

/** Names of the positions: `neg`, then the power of ten of each digit. */
function partNames(positions: number, decimals: number): string[] {
  return Array.from({ length: positions }, (_, p) => (p === 0 ? 'neg' : `E${positions - 1 - p - decimals}`));
}

/** Digits that numbers within the bounds have at most. */
function digitCount({ low, high }: Grid['bounds']): number {
  return String(Math.max(Math.abs(low), Math.abs(high))).length;
}

/** Units of each row within the bounds, NaN where there is no number. */
function clippedUnits({ decimals, bounds }: Grid, data: NumberColumn): Float64Array {
  return data.values.map((value, row) =>
    isNull(data.nulls, row, value)
      ? Number.NaN
      : Math.min(Math.max(toUnits(value, decimals), bounds.low), bounds.high) + 0,
  );
}

/** Writes sign and digits of a number in units. */
function split(units: number, word: Uint16Array): void {
  let left = Math.abs(units);
  word[0] = Number(units < 0);
  for (let p = word.length - 1; p > 0; p--) {
    const rest = Math.floor(left / 10);
    word[p] = left - 10 * rest;
    left = rest;
  }
}

function wordsOf(grid: Grid, data: NumberColumn): Words {
  const units = clippedUnits(grid, data);
  const distinct = Float64Array.from(new Set(units.filter((value) => !Number.isNaN(value))));
  // Words ascend: by sign, then by magnitude.
  const order = Array.from(distinct).sort(
    (a, b) => Number(a < 0) - Number(b < 0) || Math.abs(a) - Math.abs(b),
  );
  const index = new Map(order.map((value, i) => [value, i]));
  const positions = 1 + digitCount(grid.bounds);
  const codes = new Uint16Array(order.length * positions);
  order.forEach((value, i) => {
    split(value, codes.subarray(i * positions, (i + 1) * positions));
  });
  return { codes, positions, wordOf: Int32Array.from(units, (value) => index.get(value) ?? -1) };
}

/** Codes [sub-column][rows] for training: what few rows share of a number is drawn anew (`shared-fronts.ts`). */
export function encodeLearnedDigit(
  encoding: NumericDigitEncoding,
  data: NumberColumn,
  options: FrontOptions,
): Uint16Array[] {
  const { bounds } = encoding;
  if (!bounds) return encodeDigit(encoding, data);
  const fronts = frontsOf({ ...encoding, bounds }, data, options);
  return codesOf(encoding, data, fronts.standIns(options.seed));
}

type FrontOptions = Pick<AnalyseOptions, 'valueProtection' | 'seed' | 'subjects' | 'rareThreshold'>;

function frontsOf(grid: Grid, data: NumberColumn, options: FrontOptions): SharedFronts {
  const { valueProtection, seed, subjects, rareThreshold } = options;
  const { threshold } = columnProtection(valueProtection, seed, rareThreshold);
  const { low, high } = grid.bounds;
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const top = Math.floor(largest / 10 ** (digitCount(grid.bounds) - 1));
  return new SharedFronts(wordsOf(grid, data), threshold, (valueProtection && subjects) || null, (p) =>
    p === 0 ? [] : Array.from({ length: p === 1 ? top + 1 : 10 }, (_, digit) => digit),
  );
}

/** Codes [sub-column][rows]; a digit that few rows have at its position becomes the nearest that more have. */
export function encodeDigit(encoding: NumericDigitEncoding, data: NumberColumn): Uint16Array[] {
  const { bounds, digits } = encoding;
  if (!bounds) return [new Uint16Array(data.values.length)];
  const units = clippedUnits({ ...encoding, bounds }, data);
  const parts = digits.map(() => new Uint16Array(units.length));
  const word = new Uint16Array(digits.length);
  units.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    split(value, word);
    for (let p = 0; p < word.length; p++) parts[p]![row] = word[p]!;
  });
  return codesOf(encoding, data, parts);
}

function codesOf(
  encoding: NumericDigitEncoding,
  { values, nulls }: NumberColumn,
  parts: readonly Uint16Array[],
): Uint16Array[] {
  const { digits, hasNull, seed } = encoding;
  const tables = digits.map((kept) =>
    Uint16Array.from({ length: 10 }, (_, digit) => (kept.length > 0 ? nearestIndex(kept, digit) : 0)),
  );
  const coded = parts.map((part, p) => part.map((digit) => tables[p]![digit]!));
  const missing = Uint8Array.from(values, (value, row) => Number(isNull(nulls, row, value)));
  const stream = new RandomStream(seed, 'impute');
  return joinParts({ hasNull, sizes: digits.map((kept) => kept.length) }, coded, missing, (bound) =>
    stream.below(bound),
  );
}

/** Numbers within the bounds; whole ones without decimals. */
export function decodeDigit(encoding: NumericDigitEncoding, codes: readonly Uint16Array[]): NumberColumn {
  const { digits, bounds, decimals, hasNull, storageType } = encoding;
  const rows = codes[0]!.length;
  const values = new Float64Array(rows);
  const nulls = new Uint8Array(rows);
  let anyNull = false;
  splitParts({ hasNull, sizes: digits.map((kept) => kept.length) }, codes, (row, word) => {
    if (!word || !bounds) {
      nulls[row] = 1;
      anyNull = true;
      return;
    }
    let units = 0;
    for (let p = 1; p < word.length; p++) units = 10 * units + (digits[p]![word[p]!] ?? 0);
    if (digits[0]![word[0]!] === 1) units = -units;
    const value = fromUnits(Math.min(Math.max(units, bounds.low), bounds.high), decimals) + 0;
    values[row] = storageType === 'integer' ? Math.round(value) : value;
  });
  return { kind: 'number', values, nulls: anyNull ? nulls : null };
}
