import type { NumberColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import type { ProtectionPlan } from '../privacy/protection';
import { columnProtection } from '../privacy/table-protection';
import { BinDraw } from './bin-draw';
import { type BinToken, tokensOf } from './bin-tokens';
import { type AnalyseOptions, type DecodeDraws, drawKey, type SubColumn, uniformOfRow } from './contract';
import { findDecimals, fromUnits, toUnits } from './decimal-grid';
import { type HiddenTails, hiddenTails } from './hidden-tails';
import type { Lattice } from './lattices';
import { isNull, lowerBound, nearestIndex, type Runs, runsOf, sortValues } from './sorted-values';

/**
 * TABULAR_NUMERIC_BINNED (docs/encodings.md, Binned numbers): frequent values have codes, the rest falls into at most
 * 100 quantile bins; all interleaved by value, so that the code axis is ordinal. Codes: null (if any), −∞ (if
 * frequent), bins and points ascending, +∞ (if frequent). A column too small to protect has the null code alone.
 */
export interface NumericBinnedEncoding {
  readonly type: 'TABULAR_NUMERIC_BINNED';
  readonly storageType: StorageType;
  readonly subColumns: readonly SubColumn[];
  /** Decimals that values are written with; null = as many as a double has. */
  readonly decimals: number | null;
  /** Which grid values occur, widest step first and all integers last; none without a grid. */
  readonly lattices: readonly Lattice[];
  readonly tokens: readonly BinToken[];
  /** Code of what no token fits (a null where none was seen): the most frequent one. */
  readonly fallbackCode: number;
  /** What protecting the extremes takes away, for the report; null = nothing worth telling. */
  readonly hidden: HiddenTails | null;
}

/** Digits that a few operations on doubles leave right. */
const SURE_DIGITS = 14;

/** Finds point masses, bins and precision. Sorts a copy of the column once. */
export function analyseBinned(
  data: NumberColumn,
  storageType: StorageType,
  options: AnalyseOptions,
): NumericBinnedEncoding {
  const plan = columnProtection(options.valueProtection, options.seed, options.rareThreshold);
  const sorted = sortValues(data);
  const decimals = decimalsOf(sorted.finite, plan);
  const units = decimals === null ? sorted.finite : inUnits(sorted.finite, decimals);
  const runs = runsOf(units);
  const { tokens: counted, lattices } = tokensOf(
    sorted,
    runs,
    decimals !== null,
    plan,
    options.fineBins ?? false,
    openRuns(data, options.follows ?? null, decimals),
  );
  let fallbackCode = 0;
  for (let i = 1; i < counted.length; i++) {
    if (counted[i]!.rows > counted[fallbackCode]!.rows) fallbackCode = i;
  }
  const tokens = counted.map(({ token }) => token);
  const ranges = tokens.flatMap((token) => rangeOf(token, decimals) ?? []);
  return {
    type: 'TABULAR_NUMERIC_BINNED',
    storageType,
    subColumns: [{ name: 'bin', cardinality: counted.length, ordinal: true }],
    decimals,
    lattices,
    tokens,
    fallbackCode,
    hidden:
      ranges.length === 0 ? null : hiddenTails(sorted.finite, Math.min(...ranges), Math.max(...ranges), plan),
  };
}

/** Smallest and largest value that a code can become, or null for a code of no finite number. */
export function codeRange(
  encoding: NumericBinnedEncoding,
  code: number,
): { readonly lower: number; readonly upper: number } | null {
  const range = rangeOf(encoding.tokens[code]!, encoding.decimals);
  return range && { lower: range[0], upper: range[1] };
}

function rangeOf(token: BinToken, decimals: number | null): [number, number] | null {
  if (token.kind === 'point') return [fromUnits(token.units, decimals), fromUnits(token.units, decimals)];
  if (token.kind !== 'bin') return null;
  const half = decimals === null ? 0 : 0.5;
  const upper = token.upper[token.upper.length - 1]! - half;
  return [fromUnits(token.lower[0]! + half, decimals), fromUnits(upper, decimals)];
}

/** Values of the rows that do not follow from other columns, in grid units; null = all rows. */
function openRuns(data: NumberColumn, follows: Uint8Array | null, decimals: number | null): Runs | null {
  if (!follows?.includes(1)) return null;
  const { finite } = sortValues({
    kind: 'number',
    values: data.values.filter((_, row) => follows[row] === 0),
    nulls: data.nulls?.filter((_, row) => follows[row] === 0) ?? null,
  });
  return runsOf(decimals === null ? finite : inUnits(finite, decimals));
}

/** Values as integers of a grid of so many decimals. */
export function inUnits(values: Float64Array, decimals: number): Float64Array {
  const units = new Float64Array(values.length);
  for (let i = 0; i < units.length; i++) units[i] = toUnits(values[i]!, decimals);
  return units;
}

/** Decimals that all values but a few have, null = as many as a double has. @param finite ascending */
export function decimalsOf(finite: Float64Array, plan: ProtectionPlan): number | null {
  const n = finite.length;
  if (n === 0) return 0;
  const [low, high] = n > plan.low + plan.high ? [plan.low, n - 1 - plan.high] : [n >> 1, n >> 1];
  const largest = Math.max(Math.abs(finite[low]!), Math.abs(finite[high]!));
  const exact = findDecimals(finite, plan.threshold - 1, largest);
  if (exact !== null) return exact;
  // Sums and products of decimal numbers miss them by the last digits of a double.
  const rounded = finite.map((value) => Number(value.toPrecision(SURE_DIGITS)));
  const decimals = findDecimals(rounded, plan.threshold - 1, largest);
  return decimals !== null && largest * 10 ** decimals < 10 ** (SURE_DIGITS - 2) ? decimals : null;
}

/** Tokens as arrays for the loops. */
interface TokenIndex {
  readonly nullCode: number;
  readonly negativeInfinity: number;
  readonly positiveInfinity: number;
  readonly points: number[];
  readonly pointCodes: number[];
  readonly binUppers: number[];
  readonly binCodes: number[];
}

function indexTokens(encoding: NumericBinnedEncoding): TokenIndex {
  const index = { nullCode: -1, negativeInfinity: -1, positiveInfinity: -1 };
  const lists: Pick<TokenIndex, 'points' | 'pointCodes' | 'binUppers' | 'binCodes'> = {
    points: [],
    pointCodes: [],
    binUppers: [],
    binCodes: [],
  };
  encoding.tokens.forEach((token, code) => {
    if (token.kind === 'null') index.nullCode = code;
    else if (token.kind === 'infinity') {
      index[token.sign > 0 ? 'positiveInfinity' : 'negativeInfinity'] = code;
    } else if (token.kind === 'point') {
      lists.points.push(token.units);
      lists.pointCodes.push(code);
    } else {
      lists.binUppers.push(token.upper[token.upper.length - 1]!);
      lists.binCodes.push(code);
    }
  });
  return { ...index, ...lists };
}

/** Codes [rows]; values beyond the bounds fall into the outermost bins. */
export function encodeBinned(encoding: NumericBinnedEncoding, data: NumberColumn): Uint16Array {
  const index = indexTokens(encoding);
  const { points, pointCodes, binUppers, binCodes } = index;
  const nullCode = index.nullCode >= 0 ? index.nullCode : encoding.fallbackCode;
  const codes = new Uint16Array(data.values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = data.values[i]!;
    if (isNull(data.nulls, i, value)) codes[i] = nullCode;
    else if (value === Number.POSITIVE_INFINITY && index.positiveInfinity >= 0)
      codes[i] = index.positiveInfinity;
    else if (value === Number.NEGATIVE_INFINITY && index.negativeInfinity >= 0)
      codes[i] = index.negativeInfinity;
    else {
      const units = toUnits(value, encoding.decimals);
      const point = lowerBound(points, units);
      if (points[point] === units) codes[i] = pointCodes[point]!;
      else if (binCodes.length > 0) codes[i] = binCodes[binOf(binUppers, units)]!;
      else if (points.length > 0) codes[i] = pointCodes[nearestIndex(points, units)]!;
      else codes[i] = encoding.fallbackCode;
    }
  }
  return codes;
}

/** Index of the bin [lower, upper) that holds `units`; the last one for everything above. */
function binOf(uppers: readonly number[], units: number): number {
  const at = lowerBound(uppers, units);
  const bin = uppers[at] === units ? at + 1 : at;
  return Math.min(bin, uppers.length - 1);
}

/** What draws of an encoding share: blocks of rows are small where tables have many columns. */
interface BinDraws {
  readonly points: readonly number[];
  /** By code. */
  readonly bins: (BinDraw | undefined)[];
}

const drawsByEncoding = new WeakMap<NumericBinnedEncoding, BinDraws>();

function drawsOf(encoding: NumericBinnedEncoding): BinDraws {
  let draws = drawsByEncoding.get(encoding);
  if (!draws) {
    draws = { points: indexTokens(encoding).points, bins: [] };
    drawsByEncoding.set(encoding, draws);
  }
  return draws;
}

/** Points and infinities exactly, bins by a draw of (seed, column, row). */
export function decodeBinned(
  encoding: NumericBinnedEncoding,
  codes: Uint16Array,
  draws: DecodeDraws,
  row0: number,
): NumberColumn {
  const key = drawKey(draws);
  const { points, bins } = drawsOf(encoding);
  const { decimals, storageType } = encoding;
  const values = new Float64Array(codes.length);
  const nulls = new Uint8Array(codes.length);
  let anyNull = false;
  let row = row0;
  // One function for all rows: one for each would cost more than the draw.
  const uniform = (attempt: number) => uniformOfRow(key, row, attempt);
  for (let i = 0; i < codes.length; i++, row++) {
    const token = encoding.tokens[codes[i]!]!;
    if (token.kind === 'null') {
      nulls[i] = 1;
      anyNull = true;
    } else if (token.kind === 'infinity') values[i] = token.sign * Number.POSITIVE_INFINITY;
    else if (token.kind === 'point') values[i] = fromUnits(token.units, decimals);
    else {
      const code = codes[i]!;
      bins[code] ??= new BinDraw(token, points, encoding.lattices);
      values[i] = fromUnits(bins[code].draw(uniform), decimals);
    }
    if (storageType === 'integer') values[i] = Math.round(values[i]!);
  }
  return { kind: 'number', values, nulls: anyNull ? nulls : null };
}
