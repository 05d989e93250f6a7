import { fewValues, mayShow, middleOf, type ProtectionPlan, valuesForBounds } from '../privacy/protection';
import { describeBins } from './bin-values';
import { farValues } from './far-values';
import { findLattices } from './find-lattices';
import { EVERY_INTEGER, type Lattice } from './lattices';
import { openBins, withoutPoints } from './open-bins';
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

export interface ColumnTokens {
  readonly tokens: readonly CountedToken[];
  /** Of the values without a code; none without a grid. The last one holds every integer. */
  readonly lattices: readonly Lattice[];
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
 * @param isFine as many bins as the rows allow
 * @param open values of the rows that bins are to describe, in grid units; null = all
 */
export function tokensOf(
  sorted: SortedValues,
  runs: Runs,
  grid: boolean,
  plan: ProtectionPlan,
  isFine = false,
  open: Runs | null = null,
): ColumnTokens {
  const { tokens, lattices } = orderedTokens(runs, grid, plan, isFine, open);
  addSpecialTokens(tokens, sorted, plan);
  return { tokens: tokens.length > 0 ? tokens : [{ token: { kind: 'null' }, rows: 0 }], lattices };
}

function orderedTokens(
  runs: Runs,
  grid: boolean,
  plan: ProtectionPlan,
  isFine: boolean,
  open: Runs | null,
): { tokens: CountedToken[]; lattices: readonly Lattice[] } {
  const isPoint = findPoints(runs, plan);
  const placed: { at: number; counted: CountedToken }[] = [];
  let restRows = 0;
  let lattices: readonly Lattice[] = grid ? [EVERY_INTEGER] : [];
  for (let i = 0; i < isPoint.length; i++) {
    const rows = runs.counts[i]!;
    const units = runs.values[i]!;
    if (isPoint[i] === 0) restRows += rows;
    else placed.push({ at: units, counted: { token: { kind: 'point', units }, rows } });
  }
  if (restRows > 0 && (!plan.enabled || restRows >= valuesForBounds(plan))) {
    const points = runs.values.filter((_, i) => isPoint[i] === 1);
    const others = runsWithout(runs, isPoint);
    let bins = quantileBins(expand(others, restRows), points, grid, plan, isFine);
    const rowsOf = bins.map(({ rows }) => rows);
    const free = open && withoutPoints(open, points);
    const described = free && openBins(bins, free, plan);
    bins = described ?? bins;
    if (grid) {
      lattices = findLattices(described ? free! : withCappedPoints(runs, isPoint), plan);
      bins = describeBins(bins, described ? free! : others, points, lattices, plan);
    }
    bins.forEach(({ rows: _, median, ...bin }, b) => {
      placed.push({ at: median, counted: { token: { kind: 'bin', ...bin }, rows: rowsOf[b]! } });
    });
  }
  if (placed.length === 0 && restRows >= fewValues(plan)) {
    const middle = middleOf(expand(runs, restRows));
    const units = grid ? Math.round(middle) : middle;
    placed.push({ at: units, counted: { token: { kind: 'point', units }, rows: restRows } });
  }
  return { tokens: placed.sort((a, b) => a.at - b.at).map(({ counted }) => counted), lattices };
}

/**
 * Marks the values with a code of their own: those of at least 0.5 % of the rows, then, a few times, those that alone
 * would fill one of the bins of the rest. Adult's capital gains are 92 % zeros: without the second rule, no amount that
 * many people share would be seen.
 */
function findPoints(runs: Runs, plan: ProtectionPlan): Uint8Array {
  const isPoint = farValues(runs, plan);
  let rest = 0;
  for (let i = 0; i < isPoint.length; i++) if (isPoint[i] === 0) rest += runs.counts[i]!;
  const least = Math.max(POINT_ROWS, plan.threshold);
  let limit = Math.max(least, rest * POINT_SHARE);
  for (let round = 0; round < POINT_ROUNDS; round++) {
    let moved = 0;
    for (let i = 0; i < isPoint.length; i++) {
      if (isPoint[i] === 1 || runs.counts[i]! < limit) continue;
      isPoint[i] = 1;
      moved += runs.counts[i]!;
    }
    if (moved === 0) break;
    rest -= moved;
    limit = Math.max(least, rest / MAX_BINS);
  }
  return isPoint;
}

function runsWithout({ values, counts }: Runs, isPoint: Uint8Array): Runs {
  return {
    values: values.filter((_, i) => isPoint[i] === 0),
    counts: counts.filter((_, i) => isPoint[i] === 0),
  };
}

/**
 * The values that lattices show in: points among the others, where these lie, as often as the most frequent of them at
 * most. Round amounts that many people share have codes of their own; without them, rarer round amounts look like chance.
 */
function withCappedPoints({ values, counts }: Runs, isPoint: Uint8Array): Runs {
  let cap = 0;
  for (let i = 0; i < counts.length; i++) if (isPoint[i] === 0) cap = Math.max(cap, counts[i]!);
  const [first, last] = [isPoint.indexOf(0), isPoint.lastIndexOf(0)];
  return {
    values: values.slice(first, last + 1),
    counts: counts.slice(first, last + 1).map((count) => Math.min(count, cap)),
  };
}

/** Every value as often as it occurs. */
function expand({ values, counts }: Runs, rows: number): Float64Array {
  const expanded = new Float64Array(rows);
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    expanded.fill(values[i]!, size, size + counts[i]!);
    size += counts[i]!;
  }
  return expanded;
}

function addSpecialTokens(tokens: CountedToken[], sorted: SortedValues, plan: ProtectionPlan): void {
  const { negativeInfinities: negative, positiveInfinities: positive } = sorted;
  if (mayShow(positive, plan)) {
    tokens.push({ token: { kind: 'infinity', sign: 1 }, rows: positive });
  }
  if (mayShow(negative, plan)) {
    tokens.unshift({ token: { kind: 'infinity', sign: -1 }, rows: negative });
  }
  if (mayShow(sorted.nullCount, plan)) tokens.unshift({ token: { kind: 'null' }, rows: sorted.nullCount });
}
