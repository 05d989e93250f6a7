import { AVERAGED, meanOfNeighbours, type ProtectionPlan } from '../privacy/protection';
import { areRepeated, distributionOfRows } from './density/repeated-values';
import { addSteps } from './density/significant-steps';
import { type Distribution, smoothDistribution } from './density/smooth-distribution';
import { lowerBound } from './sorted-values';

/**
 * What of the values inside a bin is kept beside the cells, for decoding alone: which lattices they lie on and which
 * single values are clearly more frequent than their neighbours (docs/encodings.md, Lattices).
 */
export interface BinValues {
  /** Values of the bin drawn exactly, ascending, in grid units. */
  readonly values?: readonly number[];
  /** Their shares of the bin's rows. */
  readonly valueShare?: readonly number[];
  /** Index of a lattice for all other rows; absent = the last lattice, all integers. */
  readonly lattice?: readonly number[];
  /** Shares of these lattices among those other rows, adds up to 1. */
  readonly latticeShare?: readonly number[];
}

/**
 * Quantile bins of the values that have no code of their own, each cut into a few cells.
 *
 * A model sees the bins. Cells are for decoding alone: they approximate the distribution inside a bin, piecewise
 * linear, so that wide tail bins of skewed columns are not smeared. Both follow a smooth distribution, as close to that
 * of the rows as a sample shows it. Neither shows single rows: under protection every cell holds at least 5 rows, and
 * every edge is rounded and equals no value.
 */
export interface Bin extends BinValues {
  /** Cells ascending, each [lower, upper) in grid units. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Share of the bin's rows in each cell, adds up to 1; of those without a listed value, where the bin lists some. */
  readonly share: readonly number[];
  /** Probability of the bin among all bins of the column. Absent in models of earlier versions. */
  readonly mass?: number;
}

export interface BinWithRows extends Bin {
  readonly rows: number;
  /** Value of the bin's middle row, which orders the bin among the point masses. Not to be published. */
  readonly median: number;
}

export const MAX_BINS = 100;
/** Bins per root of the rows: a code needs rows of its own before relations can be learned (bench/quality-log.md). */
const BINS_PER_ROOT = 0.7;
const MAX_CELLS_PER_BIN = 8;
const ROWS_PER_CELL = 20;
/** Part of a bin that rounding its edge may lack. */
const TOLERANCE = 0.1;
/** A shared value so far beyond the outer edges, as a part of the range, moves them. */
const SHARED_REACH = 0.1;

/**
 * @param rest ascending, in grid units, not empty; at least 20 values if protected
 * @param points ascending values that have a code of their own
 * @param grid values are integers: edges lie half a step beside them
 * @param isFine as many bins as the rows allow, not fewer in step with their root
 */
export function quantileBins(
  rest: Float64Array,
  points: Float64Array,
  grid: boolean,
  plan: ProtectionPlan,
  isFine = false,
): BinWithRows[] {
  const n = rest.length;
  const finest = Math.max(1, Math.min(MAX_BINS, Math.floor(n / 10)));
  const usual = Math.max(1, Math.min(finest, Math.round(BINS_PER_ROOT * Math.sqrt(n))));
  const binCount = isFine ? finest : usual;
  // What few bins lose of the shape, their cells keep.
  const cells = Math.max(Math.ceil(finest / binCount), Math.floor(n / binCount / ROWS_PER_CELL));
  const perBin = Math.max(1, Math.min(MAX_CELLS_PER_BIN, cells));
  const { edges, below } = cutEdges(rest, points, grid, plan, binCount * perBin);
  const bins: BinWithRows[] = [];
  let first = 0;
  for (let cell = 0; cell + 1 < edges.length; cell++) {
    const isLast = cell + 2 === edges.length;
    if (!isLast && below[cell + 1]! < (bins.length + 1 - TOLERANCE) / binCount) continue;
    const bin = toBin(rest, edges, below, first, cell + 1);
    bins.push(grid ? withoutOuterPoints(bin, points) : bin);
    first = cell + 1;
  }
  return bins;
}

function toBin(
  rest: Float64Array,
  edges: readonly number[],
  below: Float64Array,
  first: number,
  end: number,
): BinWithRows {
  const from = first === 0 ? 0 : lowerBound(rest, edges[first]!);
  const to = end === edges.length - 1 ? rest.length : lowerBound(rest, edges[end]!);
  const mass = below[end]! - below[first]!;
  const share: number[] = [];
  for (let i = first; i < end; i++) {
    share.push(mass > 0 ? (below[i + 1]! - below[i]!) / mass : 1 / (end - first));
  }
  return {
    lower: edges.slice(first, end),
    upper: edges.slice(first + 1, end + 1),
    share,
    mass,
    rows: to - from,
    median: rest[Math.min((from + to) >> 1, rest.length - 1)]!,
  };
}

/** Moves the edges of cells off the points beside them: a draw from the cell must not add to a point's share. */
function withoutOuterPoints(bin: BinWithRows, points: Float64Array): BinWithRows {
  const isPoint = (units: number) => points[lowerBound(points, units)] === units;
  const lower = bin.lower.slice();
  const upper = bin.upper.slice();
  for (let cell = 0; cell < lower.length; cell++) {
    while (upper[cell]! - lower[cell]! > 1 && isPoint(lower[cell]! + 0.5)) lower[cell]!++;
    while (upper[cell]! - lower[cell]! > 1 && isPoint(upper[cell]! - 0.5)) upper[cell]!--;
  }
  return { ...bin, lower, upper };
}

/**
 * Strictly ascending edges of all cells, outer ones included, and the probability below each. Every cell holds enough
 * rows.
 */
function cutEdges(
  rest: Float64Array,
  points: Float64Array,
  grid: boolean,
  plan: ProtectionPlan,
  cells: number,
): { edges: number[]; below: Float64Array } {
  const n = rest.length;
  const outer = outerEdges(rest, grid, plan, Math.max(1, Math.ceil(n / cells)));
  const distribution = areRepeated(rest)
    ? distributionOfRows(rest)
    : smoothDistribution(rest, outer, grid, points);
  const edges = [outer.low];
  let below = 0;
  for (let i = 1; i < cells; i++) {
    const exact = distribution.quantile(i / cells);
    const next = distribution.quantile((i + 1) / cells);
    const before = distribution.quantile((i - 1) / cells);
    const spread = Math.min(next / 2 - exact / 2, exact / 2 - before / 2);
    const edge = roundedEdge(rest, exact, spread, grid, -1);
    if (!(edge > edges[edges.length - 1]! && edge < outer.high)) continue;
    const rows = lowerBound(rest, edge);
    if (rows - below < plan.threshold || n - rows < plan.threshold) continue;
    edges.push(edge);
    below = rows;
  }
  edges.push(outer.high);
  return { edges, below: probabilitiesBelow(rest, edges, distribution) };
}

/** Those of the distribution, but where cells of few values, as lattices have, hold significantly other shares. */
function probabilitiesBelow(
  rest: Float64Array,
  edges: readonly number[],
  distribution: Distribution,
): Float64Array {
  const ranks = edges.map((edge) => lowerBound(rest, edge));
  const cells = edges.length - 1;
  ranks[0] = 0;
  ranks[cells] = rest.length;
  const counts = Float64Array.from({ length: cells }, (_, i) => ranks[i + 1]! - ranks[i]!);
  // Rows beyond the ends count for the outer cells.
  const at = edges.map((edge, i) => (i === 0 ? 0 : i === cells ? 1 : distribution.below(edge)));
  const expected = counts.map((_, i) => rest.length * (at[i + 1]! - at[i]!));
  addSteps(counts, expected);
  const sum = expected.reduce((total, count) => total + count, 0);
  const below = new Float64Array(edges.length);
  for (let i = 0; i < cells; i++) below[i + 1] = below[i]! + (sum > 0 ? expected[i]! / sum : 1 / cells);
  return below;
}

function outerEdges(
  rest: Float64Array,
  grid: boolean,
  plan: ProtectionPlan,
  step: number,
): { low: number; high: number } {
  const n = rest.length;
  const half = grid ? 0.5 : 0;
  if (!plan.enabled) return { low: rest[0]! - half, high: rest[n - 1]! + half };
  const rankLow = plan.low + (AVERAGED >> 1);
  const rankHigh = n - 1 - plan.high - (AVERAGED >> 1);
  // Rounded inwards, so that nothing beyond the hidden extremes can be drawn.
  const lowest = meanOfNeighbours(rest, rankLow - (AVERAGED >> 1));
  const highest = meanOfNeighbours(rest, rankHigh - (AVERAGED >> 1));
  const low = roundedEdge(rest, lowest, spreadAbove(rest, rankLow, step), grid, 1) - 2 * half;
  const high = roundedEdge(rest, highest, spreadBelow(rest, rankHigh, step), grid, -1);
  if (low < high) return grid ? withSharedEnds(rest, low, high, plan) : { low, high };
  const middle = meanOfNeighbours(rest, (n >> 1) - (AVERAGED >> 1));
  if (grid) return { low: Math.round(middle) - half, high: Math.round(middle) + half };
  const width = Math.max(Math.abs(middle) * 2 ** -30, Number.MIN_VALUE * 4);
  return { low: middle - width, high: middle + width };
}

/** The ends moved out to values near them that enough rows share: these are nobody's own. */
function withSharedEnds(
  rest: Float64Array,
  low: number,
  high: number,
  plan: ProtectionPlan,
): { low: number; high: number } {
  const reach = (high - low) * SHARED_REACH;
  let [lowest, highest] = [low, high];
  // Only values beyond the ends, which are few, are looked at.
  for (let i = lowerBound(rest, high); i + plan.threshold <= rest.length; i++) {
    const value = rest[i]!;
    if (value <= high + reach && rest[i + plan.threshold - 1] === value)
      highest = Math.max(highest, value + 0.5);
  }
  for (let i = lowerBound(rest, low) - 1; i - plan.threshold + 1 >= 0; i--) {
    const value = rest[i]!;
    if (value >= low - reach && rest[i - plan.threshold + 1] === value)
      lowest = Math.min(lowest, value - 0.5);
  }
  return { low: lowest, high: highest };
}

/** Half the distance (so that it does not overflow) to the value `step` ranks above. */
function spreadAbove(rest: Float64Array, rank: number, step: number): number {
  return rest[Math.min(rest.length - 1, rank + step)]! / 2 - rest[rank]! / 2;
}

/** The same below; outer edges look inwards only, so that outliers do not coarsen their rounding. */
function spreadBelow(rest: Float64Array, rank: number, step: number): number {
  return rest[rank]! / 2 - rest[Math.max(0, rank - step)]! / 2;
}

/**
 * A number, rounded to a power of ten of at most 1/5 of the spread of one cell. On a grid it is then moved up half a
 * step; without one it is moved until no row holds it.
 */
function roundedEdge(
  rest: Float64Array,
  exact: number,
  spread: number,
  grid: boolean,
  direction: 1 | -1,
): number {
  const exponent = Math.floor(Math.log10(spread / 10));
  if (grid) return roundTo(exact, Math.max(0, exponent), direction) + 0.5;
  let edge = roundTo(exact, exponent, direction);
  for (let finer = 1; finer < 12 && rest[lowerBound(rest, edge)] === edge; finer++) {
    const moved = edge + (direction * 10 ** (exponent - finer)) / 3;
    edge = Number.isFinite(moved) && moved !== edge ? moved : edge + direction * Math.abs(edge) * 2 ** -45;
  }
  return edge;
}

/** Multiple of 10^exponent; the value itself where that is not a finite number. */
function roundTo(value: number, exponent: number, direction: 1 | -1): number {
  const round = direction > 0 ? Math.ceil : Math.floor;
  const rounded =
    exponent >= 0
      ? round(value / 10 ** exponent) * 10 ** exponent
      : round(value * 10 ** -exponent) / 10 ** -exponent;
  // Adding 0 turns −0, which JSON does not keep, into 0.
  return (Number.isFinite(rounded) ? rounded : value) + 0;
}
