/** Which worker does what: a model of the work of each sub-column, and longest-processing-time-first. */
import type { ModelSpec } from '../backend';
import { inputsOf, roundUp } from '../layout';

/** Rows of a step that the shares are made for. */
const TYPICAL_BATCH = 512;
/** A load this far above the mean leaves too much idle. */
const TOLERANCE = 1.15;

// Against a multiply-add of a matrix product; fitted to the times of single sub-columns of Adult, within 3 %.
/** One unit of one input's table row, visible or not. */
const GATHER = 1.2;
/** Finding out whether an input is visible. */
const VISIT = 37;
/** Exponential and gradient of one code. */
const SOFTMAX = 22;
/** Adam and the moving average of one parameter. */
const UPDATE = 70;

/** Work of one sub-column in multiply-adds, about. */
export interface Work {
  /** Per call and step: T = E · W. */
  readonly tables: number;
  /** Per row: gathering the inputs and the output layer. */
  readonly row: number;
  /** Parameters in its block. */
  readonly parameters: number;
}

/** The cost model: Σ cardinality·dimension·hidden for T, hidden·cardinality and hidden·inputs a row, kernels.md §2.3. */
export function workOf(spec: ModelSpec): Work[] {
  const parts = spec.subColumns;
  return parts.map(({ cardinality, hidden }, j) => {
    const width = roundUp(cardinality, 4);
    const inputs = inputsOf(spec, j);
    let codes = 0;
    let dimensions = 0;
    for (const i of inputs) {
      codes += parts[i]!.cardinality * roundUp(parts[i]!.dimension, 4);
      dimensions += parts[i]!.dimension;
    }
    return {
      tables: codes * hidden,
      row: hidden * (width + GATHER * inputs.length) + SOFTMAX * width + VISIT * inputs.length,
      parameters: codes + (dimensions + width) * hidden,
    };
  });
}

/** Work of a training step: forward, and backward at twice that, and the update. */
export function stepWork({ tables, row, parameters }: Work, batchSize = TYPICAL_BATCH): number {
  return 3 * tables + 3 * batchSize * row + UPDATE * parameters;
}

/** Work of judging or drawing rows. */
export function rowWork({ tables, row }: Work, rows: number): number {
  return tables + rows * row;
}

/**
 * Longest processing time first (Graham 1969): the next largest goes to whoever has least; ties to the first.
 * @returns per worker its items, ascending; none may be left for some
 */
export function balance(costs: readonly number[], workers: number): number[][] {
  const shares = Array.from({ length: workers }, () => [] as number[]);
  const loads = new Float64Array(workers);
  const order = costs.map((_, item) => item).sort((a, b) => costs[b]! - costs[a]! || a - b);
  for (const item of order) {
    const lightest = loads.indexOf(Math.min(...loads));
    shares[lightest]!.push(item);
    loads[lightest]! += costs[item]!;
  }
  return shares.map((share) => share.sort((a, b) => a - b));
}

/** Whether one share is so much larger than the mean that its worker would keep the others waiting. */
export function isLopsided(costs: readonly number[], shares: readonly (readonly number[])[]): boolean {
  const loads = shares.map((share) => share.reduce((sum, item) => sum + costs[item]!, 0));
  const total = loads.reduce((sum, load) => sum + load, 0);
  return Math.max(...loads) * shares.length > TOLERANCE * total;
}

/** Consecutive rows for one worker. */
export interface RowRange {
  readonly worker: number;
  readonly from: number;
  readonly to: number;
}

/** Cuts rows into ranges of like size that start at multiples of `span`; those without rows are left out. */
export function cutRows(rows: number, workers: number, span: number): RowRange[] {
  const spans = Math.ceil(rows / span);
  const ranges: RowRange[] = [];
  for (let worker = 0; worker < workers; worker++) {
    const from = span * Math.floor((spans * worker) / workers);
    const to = Math.min(rows, span * Math.floor((spans * (worker + 1)) / workers));
    if (to > from) ranges.push({ worker, from, to });
  }
  return ranges;
}
