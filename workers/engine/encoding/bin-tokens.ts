import { MIN_VALUES_FOR_BOUNDS, type ProtectionPlan } from '../privacy/protection';
import { type Bin, MAX_BINS, quantileBins } from './quantile-bins';
import type { Runs, SortedValues } from './sorted-values';

/** What one code stands for. Numbers are in grid units (see `decimal-grid.ts`). */
export type BinToken =
  | { readonly kind: 'null' }
  | { readonly kind: 'infinity'; readonly sign: 1 | -1 }
  /** A frequent value, exactly. */
  | { readonly kind: 'point'; readonly units: number }
  | ({ readonly kind: 'bin' } & Bin);

export interface CountedToken {
  readonly token: BinToken;
  readonly rows: number;
}

/** Smallest share and number of rows of a value that gets its own code (docs/encodings.md, Binned numbers). */
const POINT_SHARE = 0.005;
const POINT_ROWS = 20;
/** Rounds of finding values that alone would fill a bin of the rest: limits the number of codes. */
const POINT_ROUNDS = 4;

/**
 * The tokens of a column in code order: null, −∞, then points and bins by value, +∞; each only where rows hold it.
 * @param runs finite values in grid units
 * @param grid values are integers
 */
export function tokensOf(
  sorted: SortedValues,
  runs: Runs,
  grid: boolean,
  plan: ProtectionPlan,
): CountedToken[] {
  const tokens = orderedTokens(runs, grid, plan);
  addSpecialTokens(tokens, sorted, plan);
  return tokens.length > 0 ? tokens : [{ token: { kind: 'null' }, rows: 0 }];
}

function orderedTokens(runs: Runs, grid: boolean, plan: ProtectionPlan): CountedToken[] {
  const isPoint = findPoints(runs);
  const placed: { at: number; counted: CountedToken }[] = [];
  let restRows = 0;
  for (let i = 0; i < isPoint.length; i++) {
    const rows = runs.counts[i]!;
    const units = runs.values[i]!;
    if (isPoint[i] === 0) restRows += rows;
    else placed.push({ at: units, counted: { token: { kind: 'point', units }, rows } });
  }
  if (restRows > 0 && (!plan.enabled || restRows >= MIN_VALUES_FOR_BOUNDS)) {
    const points = runs.values.filter((_, i) => isPoint[i] === 1);
    const rest = expandRest(runs, isPoint, restRows);
    for (const { rows, median, ...bin } of quantileBins(rest, points, grid, plan)) {
      placed.push({ at: median, counted: { token: { kind: 'bin', ...bin }, rows } });
    }
  }
  return placed.sort((a, b) => a.at - b.at).map(({ counted }) => counted);
}

/**
 * Marks the values with a code of their own: those of at least 0.5 % of the rows, then, a few times, those that alone
 * would fill one of the bins of the rest. Adult's capital gains are 92 % zeros: without the second rule, no amount that
 * many people share would be seen.
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
