/** Which worker does what: longest-processing-time-first. */

/** A load this far above the mean leaves too much idle. */
const TOLERANCE = 1.15;

/**
 * Longest processing time first (Graham 1969): the next largest goes to who has least with it; ties to the first.
 * @param joining what an item costs a worker on top of its own cost, given the items that the worker has
 * @returns per worker its items, ascending; none may be left for some
 */
export function balance(
  costs: readonly number[],
  workers: number,
  joining: (item: number, share: readonly number[]) => number = () => 0,
): number[][] {
  const shares = Array.from({ length: workers }, () => [] as number[]);
  const loads = new Float64Array(workers);
  const order = costs.map((_, item) => item).sort((a, b) => costs[b]! - costs[a]! || a - b);
  for (const item of order) {
    const added = shares.map((share) => costs[item]! + joining(item, share));
    const after = added.map((cost, worker) => loads[worker]! + cost);
    const lightest = after.indexOf(Math.min(...after));
    shares[lightest]!.push(item);
    loads[lightest]! += added[lightest]!;
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
