/** How sub-columns and rows are divided among workers. */
import type { ModelSpec } from '../network/network-backend';
import { stepWork, workOf } from '../network/work-model';

/** Batch sizes that sub-columns are balanced for. */
const MIN_BATCH = 256;
const MAX_BATCH = 2048;
/** A load this far above the mean leaves other workers idle for too long. */
const TOLERANCE = 1.15;

/**
 * Longest processing time first (Graham 1969): each item, the largest first, goes to the first of the least loaded
 * workers.
 * @returns per worker its items, ascending; may be empty
 */
export function balance(costs: readonly number[], workers: number): number[][] {
  const assigned = Array.from({ length: workers }, () => [] as number[]);
  const loads = new Float64Array(workers);
  const order = costs.map((_, item) => item).sort((a, b) => costs[b]! - costs[a]! || a - b);
  for (const item of order) {
    const after = loads.map((load) => load + costs[item]!);
    const lightest = after.indexOf(Math.min(...after));
    assigned[lightest]!.push(item);
    loads[lightest] = after[lightest]!;
  }
  return assigned.map((items) => items.sort((a, b) => a - b));
}

/** Sub-columns that each worker trains, ascending, balanced for the batch size of a table of so many rows. */
export function assignSubColumns(spec: ModelSpec, workers: number, rowCount: number): number[][] {
  const batchSize = Math.min(MAX_BATCH, Math.max(MIN_BATCH, 2 ** Math.floor(Math.log2(rowCount / 64))));
  const costs = workOf(spec).map((work) => stepWork(work, batchSize));
  return balance(costs, workers);
}

/** Whether one worker's load is so far above the mean that the others would wait for it. */
export function isLopsided(costs: readonly number[], assigned: readonly (readonly number[])[]): boolean {
  const loads = assigned.map((items) => items.reduce((sum, item) => sum + costs[item]!, 0));
  const total = loads.reduce((sum, load) => sum + load, 0);
  return Math.max(...loads) * assigned.length > TOLERANCE * total;
}

/** Consecutive rows for one worker. */
export interface RowRange {
  readonly worker: number;
  readonly from: number;
  readonly to: number;
}

/** Cuts rows into ranges of similar size that start at multiples of `span`; empty ones are left out. */
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
