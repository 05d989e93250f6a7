import { lowerBound } from '../sorted-values';
import { type Axis, axesOf } from './axes';
import { fitSpline, pearson } from './penalised-spline';
import { addSteps } from './significant-steps';

/** Cells, of so many rows on average at least, that a density is fitted to, and segments of its spline. */
const MAX_CELLS = 256;
const MIN_CELLS = 8;
const ROWS_PER_CELL = 10;
const MAX_SEGMENTS = 40;
/** With so few parameters no other axis is tried if the fit is good, and no cell holds so many times the mean. */
const ENOUGH_PARAMETERS = 6;
const FULL = 8;

/** A distribution as bins are cut by it. */
export interface Distribution {
  /** Probability of values below. */
  below(value: number): number;
  /** The value that a share of the probability lies below, 0 < share < 1. */
  quantile(share: number): number;
}

/**
 * What a column's values say about the distribution they come from, and no more: a smooth density, with steps only
 * where they are significant (docs/encodings.md, Densities).
 */
class SmoothDistribution implements Distribution {
  readonly #edges: Float64Array;
  /** Probability below each edge. */
  readonly #below: Float64Array;

  constructor(edges: Float64Array, masses: Float64Array) {
    this.#edges = edges;
    this.#below = new Float64Array(edges.length);
    for (let i = 0; i < masses.length; i++) this.#below[i + 1] = this.#below[i]! + masses[i]!;
    const sum = this.#below[masses.length]!;
    for (let i = 1; i < edges.length; i++) this.#below[i]! /= sum;
  }

  below(value: number): number {
    const at = lowerBound(this.#edges, value);
    if (at === 0) return 0;
    if (at === this.#edges.length) return 1;
    const [low, high] = [this.#edges[at - 1]!, this.#edges[at]!];
    const part = (value / 2 - low / 2) / (high / 2 - low / 2);
    return this.#below[at - 1]! + part * (this.#below[at]! - this.#below[at - 1]!);
  }

  quantile(share: number): number {
    const at = Math.max(1, Math.min(lowerBound(this.#below, share), this.#edges.length - 1));
    const [low, high] = [this.#below[at - 1]!, this.#below[at]!];
    const part = high > low ? Math.min((share - low) / (high - low), 1) : 0.5;
    return this.#edges[at - 1]! * (1 - part) + this.#edges[at]! * part;
  }
}

/**
 * @param values ascending, in grid units
 * @param low, high ends of the distribution, half a step beside integers on a grid; rows outside count for the cells there
 * @param grid values are integers
 * @param points ascending integers that are never drawn
 */
export function smoothDistribution(
  values: Float64Array,
  { low, high }: { readonly low: number; readonly high: number },
  grid: boolean,
  points: Float64Array,
): Distribution {
  const inside = values.subarray(lowerBound(values, low), lowerBound(values, high));
  if (inside.length === 0) return new SmoothDistribution(Float64Array.of(low, high), Float64Array.of(1));
  let best: { edges: Float64Array; counts: Float64Array; expected: Float64Array } | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const axis of axesOf(inside, low, high)) {
    const cells = cutCells(axis, inside, low, high, grid, points);
    if (!cells) continue;
    const segments = Math.max(3, Math.min(MAX_SEGMENTS, Math.floor(cells.counts.length / 3)));
    const { expected, parameters } = fitSpline(cells, segments);
    let fit = Math.log(Math.max(inside.length, 2)) * (parameters + axis.parameters);
    for (let i = 0; i < expected.length; i++) {
      const width = cells.edges[i + 1]! / 2 - cells.edges[i]! / 2;
      if (cells.counts[i]! > 0)
        fit -= 2 * cells.counts[i]! * Math.log(Math.max(expected[i]! / width, 1e-300));
    }
    if (!(fit < least)) continue;
    least = fit;
    best = { edges: cells.edges, counts: cells.counts, expected };
    if (isEnough(cells.counts, expected, parameters)) break;
  }
  if (!best) return new SmoothDistribution(Float64Array.of(low, high), Float64Array.of(1));
  addSteps(best.counts, best.expected);
  best.expected[0]! += lowerBound(values, low);
  best.expected[best.expected.length - 1]! += values.length - lowerBound(values, high);
  return new SmoothDistribution(best.edges, best.expected);
}

/** Whether the counts differ from the fit by chance alone, and no cell is so full that it may hide a shape of its own. */
function isEnough(counts: Float64Array, expected: Float64Array, parameters: number): boolean {
  const free = counts.length - parameters;
  if (parameters > ENOUGH_PARAMETERS || free < MIN_CELLS) return false;
  if (Math.max(...expected) > (FULL * expected.reduce((sum, count) => sum + count, 0)) / counts.length)
    return false;
  return pearson(counts, expected) < free + 2 * Math.sqrt(2 * free);
}

/** Cells of equal length on the axis, at least one integer each on a grid; null for fewer than two. */
function cutCells(
  axis: Axis,
  inside: Float64Array,
  low: number,
  high: number,
  grid: boolean,
  points: Float64Array,
) {
  const wanted = Math.max(MIN_CELLS, Math.min(MAX_CELLS, Math.floor(inside.length / ROWS_PER_CELL)));
  const edges = [low];
  for (let i = 1; i < wanted; i++) {
    const exact = axis.valueAt(i / wanted);
    const edge = grid ? Math.round(exact - 0.5) + 0.5 : exact;
    if (edge > edges[edges.length - 1]! && edge < high) edges.push(edge);
  }
  edges.push(high);
  const counts: number[] = [];
  const positions: number[] = [];
  const sizes: number[] = [];
  const kept = [low];
  for (let i = 0; i + 1 < edges.length; i++) {
    const from = kept[kept.length - 1]!;
    const to = edges[i + 1]!;
    const [start, end] = [axis.positionOf(from), axis.positionOf(to)];
    const taken = grid ? lowerBound(points, to) - lowerBound(points, from) : 0;
    const size = (end - start) * (taken > 0 ? Math.max(0, 1 - taken / (to - from)) : 1);
    // Of a cell full of points nothing is drawn: it joins the next one.
    if (!(size > 0)) continue;
    counts.push(lowerBound(inside, to) - lowerBound(inside, from));
    positions.push(Math.min(Math.max((start + end) / 2, 0), 1));
    sizes.push(size);
    kept.push(to);
  }
  if (counts.length < 2) return null;
  kept[kept.length - 1] = high;
  return {
    edges: Float64Array.from(kept),
    counts: Float64Array.from(counts),
    positions: Float64Array.from(positions),
    sizes: Float64Array.from(sizes),
  };
}
