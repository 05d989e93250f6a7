import type { NumberColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import { MIN_VALUES_FOR_BOUNDS, type ProtectionPlan, planProtection } from '../privacy/protection';
import type { AnalyseOptions, DecodeDraws, SubColumn } from './contract';
import { findDecimals, fromUnits, toUnits } from './decimal-grid';
import { drawKey, uniformOfRow } from './draws';
import { type Bin, MAX_BINS, quantileBins } from './quantile-bins';
import {
  isNull,
  lowerBound,
  nearestIndex,
  type Runs,
  runsOf,
  type SortedValues,
  sortValues,
} from './sorted-values';

/** What one code stands for. Numbers are in grid units (see `decimal-grid.ts`). */
export type BinToken =
  | { readonly kind: 'null' }
  | { readonly kind: 'infinity'; readonly sign: 1 | -1 }
  /** A frequent value, exactly. */
  | { readonly kind: 'point'; readonly units: number }
  | ({ readonly kind: 'bin' } & Bin);

/**
 * TABULAR_NUMERIC_BINNED after recipe.md §2: frequent values are codes of their own, the rest falls into at most
 * 100 quantile bins; all interleaved by value, so that the code axis is ordinal. Codes: null (if any), −∞ (if
 * frequent), bins and points ascending, +∞ (if frequent). A column too small to protect has the null code alone.
 */
export interface NumericBinnedEncoding {
  readonly type: 'TABULAR_NUMERIC_BINNED';
  readonly storageType: StorageType;
  readonly subColumns: readonly SubColumn[];
  /** Decimals that values are written with; null = as many as a double has. */
  readonly decimals: number | null;
  readonly tokens: readonly BinToken[];
  /** Code of what no token fits (a null where none was seen): the most frequent one. */
  readonly fallbackCode: number;
}

/** Smallest share and number of rows of a value that gets its own code (recipe.md §2). */
const POINT_SHARE = 0.005;
const POINT_ROWS = 20;
/** Rounds of "a value that would fill a bin of the rest alone": bounds the number of codes. */
const POINT_ROUNDS = 4;
/** Above this ratio of its edges a cell is drawn log-uniformly. */
const LOG_RATIO = 4;
/** Draws that hit a point mass, which has its own code, are repeated this often. */
const ATTEMPTS = 4;

/** Finds point masses, bins and precision. Sorts a copy of the column once. */
export function analyseBinned(
  data: NumberColumn,
  storageType: StorageType,
  options: AnalyseOptions,
): NumericBinnedEncoding {
  const plan = planProtection(options.valueProtection, new RandomStream(options.seed, 'protection'));
  const sorted = sortValues(data);
  const decimals = decimalsOf(sorted.finite, plan);
  const units = decimals === null ? sorted.finite : sorted.finite.map((v) => toUnits(v, decimals));
  const runs = runsOf(units);
  const counted = orderedTokens(runs, decimals !== null, plan);
  addSpecialTokens(counted, sorted, plan);
  if (counted.length === 0) counted.push({ token: { kind: 'null' }, rows: 0 });
  let fallbackCode = 0;
  for (let i = 1; i < counted.length; i++) {
    if (counted[i]!.rows > counted[fallbackCode]!.rows) fallbackCode = i;
  }
  return {
    type: 'TABULAR_NUMERIC_BINNED',
    storageType,
    subColumns: [{ name: 'bin', cardinality: counted.length, ordinal: true }],
    decimals,
    tokens: counted.map(({ token }) => token),
    fallbackCode,
  };
}

interface CountedToken {
  readonly token: BinToken;
  readonly rows: number;
}

function decimalsOf(finite: Float64Array, plan: ProtectionPlan): number | null {
  const n = finite.length;
  if (n <= plan.low + plan.high) return 0;
  const largest = Math.max(Math.abs(finite[plan.low]!), Math.abs(finite[n - 1 - plan.high]!));
  return findDecimals(finite, plan.threshold - 1, largest);
}

function orderedTokens(runs: Runs, grid: boolean, plan: ProtectionPlan): CountedToken[] {
  const isPoint = findPoints(runs);
  const placed: { at: number; counted: CountedToken }[] = [];
  let restRows = 0;
  for (let i = 0; i < isPoint.length; i++) {
    const rows = runs.counts[i]!;
    if (isPoint[i] === 0) restRows += rows;
    else
      placed.push({
        at: runs.values[i]!,
        counted: { token: { kind: 'point', units: runs.values[i]! }, rows },
      });
  }
  if (restRows > 0 && (!plan.enabled || restRows >= MIN_VALUES_FOR_BOUNDS)) {
    for (const { rows, median, ...bin } of quantileBins(expandRest(runs, isPoint, restRows), grid, plan)) {
      placed.push({ at: median, counted: { token: { kind: 'bin', ...bin }, rows } });
    }
  }
  return placed.sort((a, b) => a.at - b.at).map(({ counted }) => counted);
}

/**
 * Marks the values with a code of their own: at least 0.5 % of the rows (recipe.md §2), then, a few times, those
 * that would alone fill one of the bins of what remains. Adult's capital gains are 92 % zeros: without the second
 * rule none of the amounts that many people share would be seen.
 */
function findPoints(runs: Runs): Uint8Array {
  const isPoint = new Uint8Array(runs.values.length);
  let rest = 0;
  for (const count of runs.counts) rest += count;
  let limit = Math.max(POINT_ROWS, rest * POINT_SHARE);
  for (let round = 0; round < POINT_ROUNDS; round++) {
    let moved = 0;
    for (let i = 0; i < isPoint.length; i++) {
      if (isPoint[i] === 1 || runs.counts[i]! < limit) continue;
      isPoint[i] = 1;
      moved += runs.counts[i]!;
    }
    if (moved === 0) break;
    rest -= moved;
    limit = Math.max(POINT_ROWS, rest / MAX_BINS);
  }
  return isPoint;
}

function expandRest(runs: Runs, isPoint: Uint8Array, restRows: number): Float64Array {
  const rest = new Float64Array(restRows);
  let size = 0;
  for (let i = 0; i < isPoint.length; i++) {
    if (isPoint[i] === 1) continue;
    rest.fill(runs.values[i]!, size, size + runs.counts[i]!);
    size += runs.counts[i]!;
  }
  return rest;
}

function addSpecialTokens(tokens: CountedToken[], sorted: SortedValues, plan: ProtectionPlan): void {
  const { negativeInfinities: negative, positiveInfinities: positive } = sorted;
  if (positive > 0 && positive >= plan.threshold) {
    tokens.push({ token: { kind: 'infinity', sign: 1 }, rows: positive });
  }
  if (negative > 0 && negative >= plan.threshold) {
    tokens.unshift({ token: { kind: 'infinity', sign: -1 }, rows: negative });
  }
  if (sorted.nullCount > 0) tokens.unshift({ token: { kind: 'null' }, rows: sorted.nullCount });
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

/** Points and infinities exactly, bins by a draw of (seed, column, row). */
export function decodeBinned(
  encoding: NumericBinnedEncoding,
  codes: Uint16Array,
  draws: DecodeDraws,
  row0: number,
): NumberColumn {
  const key = drawKey(draws);
  const { points } = indexTokens(encoding);
  const { decimals, storageType } = encoding;
  const values = new Float64Array(codes.length);
  const nulls = new Uint8Array(codes.length);
  let anyNull = false;
  for (let i = 0; i < codes.length; i++) {
    const token = encoding.tokens[codes[i]!]!;
    if (token.kind === 'null') {
      nulls[i] = 1;
      anyNull = true;
    } else if (token.kind === 'infinity') values[i] = token.sign * Number.POSITIVE_INFINITY;
    else if (token.kind === 'point') values[i] = fromUnits(token.units, decimals);
    else {
      let units = drawFromBin(token, uniformOfRow(key, row0 + i, 0), decimals !== null);
      for (let attempt = 1; attempt < ATTEMPTS && points[lowerBound(points, units)] === units; attempt++) {
        units = drawFromBin(token, uniformOfRow(key, row0 + i, attempt), decimals !== null);
      }
      values[i] = fromUnits(units, decimals);
    }
    if (storageType === 'integer') values[i] = Math.round(values[i]!);
  }
  return { kind: 'number', values, nulls: anyNull ? nulls : null };
}

/** The bin's quantile at `u`: picks the cell, then goes linearly (or geometrically) through it. */
function drawFromBin(bin: Bin, u: number, grid: boolean): number {
  let cell = 0;
  let left = u;
  while (cell < bin.share.length - 1 && left >= bin.share[cell]!) left -= bin.share[cell++]!;
  const part = Math.min(left / bin.share[cell]!, 1 - 2 ** -53);
  const lower = bin.lower[cell]!;
  const upper = bin.upper[cell]!;
  const x = within(lower, upper, part);
  return grid
    ? Math.min(Math.max(Math.round(x), lower + 0.5), upper - 0.5)
    : Math.min(Math.max(x, lower), upper);
}

function within(lower: number, upper: number, part: number): number {
  if (lower > 0 && upper / lower > LOG_RATIO) {
    return Math.exp(Math.log(lower) * (1 - part) + Math.log(upper) * part);
  }
  if (upper < 0 && lower / upper > LOG_RATIO) {
    return -Math.exp(Math.log(-lower) * (1 - part) + Math.log(-upper) * part);
  }
  return lower * (1 - part) + upper * part;
}
