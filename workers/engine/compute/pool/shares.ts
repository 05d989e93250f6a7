/** Which worker trains which sub-columns, and which parts of those whose rows are shared. */
import type { ModelSpec } from '../backend';
import { gradientFloats, partRange, rowParts } from '../wasm/row-parts';
import { stepRowWork, stepWork, TYPICAL_BATCH, workOf } from '../work';
import { balance } from './balance';
import type { Link } from './peers';

/** What one worker trains. */
export interface Share {
  /** Sub-columns whose weights it keeps up to date, ascending. */
  readonly owned: readonly number[];
  /** Those of them that it answers for: every sub-column is led by one worker. */
  readonly led: readonly number[];
  /** Per shared sub-column of `owned`, the parts of its rows. */
  readonly parts: ReadonlyMap<number, readonly number[]>;
}

// Against a multiply-add of a matrix product.
/** Copying a float of a gradient out, in and into the sum. */
const EXCHANGE = 12;
/** Sending and awaiting messages, about a tenth of a millisecond each way. */
const MESSAGES = 4e6;

/** A plan that shares more sub-columns must be faster by so much: the model of the work is no better. */
const WORTH = 0.97;

/** A sub-column, or some of its parts that lie side by side. */
interface Item {
  readonly j: number;
  readonly parts: readonly number[];
  /** Whether others may have other parts. */
  readonly isShared: boolean;
}

type Shares = readonly (readonly Item[])[];

/**
 * Shares a model out. Whole sub-columns go to one worker each, and so do parted ones unless a step ends earlier when
 * several share them: the exchange of gradients costs, too.
 */
export function shareOut(spec: ModelSpec, workers: number): Share[] {
  const parted = rowParts(spec);
  const shares = bestShares(spec, workers);
  const leader = spec.subColumns.map((_, j) =>
    shares.findIndex((share) => share.some((item) => item.j === j)),
  );
  return shares.map((share, worker) => {
    const owned = [...new Set(share.map(({ j }) => j))].sort((a, b) => a - b);
    const led = owned.filter((j) => leader[j] === worker);
    const partsOf = (j: number) => share.filter((item) => item.j === j).flatMap(({ parts }) => parts);
    const inParts = owned.filter((j) => parted[j]! > 1);
    return { owned, led, parts: new Map(inParts.map((j) => [j, partsOf(j)])) };
  });
}

/** How many times as fast as one worker several are at most: by the model of the work, each on a core of its own. */
export function speedCeiling(spec: ModelSpec, workers: number, batchSize: number): number {
  const work = workOf(spec).reduce((sum, part) => sum + stepWork(part, batchSize), 0);
  return work / longest(spec, bestShares(spec, workers), batchSize);
}

/** The fastest of the plans in which the most laborious 0, 1, … parted sub-columns are shared. */
function bestShares(spec: ModelSpec, workers: number): Shares {
  const parted = rowParts(spec);
  const work = workOf(spec);
  const order = work.map((_, j) => j).filter((j) => parted[j]! > 1);
  order.sort((a, b) => stepRowWork(work[b]!) - stepRowWork(work[a]!) || a - b);
  let best = planOf(spec, workers, parted, []);
  for (let count = 1; count <= order.length && workers > 1; count++) {
    const plan = planOf(spec, workers, parted, order.slice(0, count));
    if (longest(spec, plan) < WORTH * longest(spec, best)) best = plan;
  }
  return best;
}

/** Work of the worker that has the most. */
function longest(spec: ModelSpec, shares: Shares, batchSize = TYPICAL_BATCH): number {
  const { costOf, joiningOf } = costsOf(spec, batchSize);
  return Math.max(
    ...shares.map((share) => {
      const shared = new Set(share.filter(({ isShared }) => isShared).map(({ j }) => j));
      const joining = [...shared].reduce((sum, j) => sum + joiningOf(j), 0);
      return share.reduce((sum, item) => sum + costOf(item), joining);
    }),
  );
}

function planOf(
  spec: ModelSpec,
  workers: number,
  parted: readonly number[],
  shared: readonly number[],
): Shares {
  const { costOf, joiningOf } = costsOf(spec, TYPICAL_BATCH);
  const items = itemsOf(parted, shared);
  const joining = (item: number, share: readonly number[]) => {
    const { j, isShared } = items[item]!;
    return isShared && !share.some((other) => items[other]!.j === j) ? joiningOf(j) : 0;
  };
  const shares = balance(items.map(costOf), workers, joining);
  return inRuns(shares.map((share) => share.map((item) => items[item]!)));
}

/** Shared sub-columns in pieces that have rows in a typical batch. */
function itemsOf(parted: readonly number[], shared: readonly number[]): Item[] {
  return parted.flatMap((count, j): Item[] => {
    const parts = [...Array(count).keys()];
    if (!shared.includes(j)) return [{ j, parts, isShared: false }];
    const withRows = parts.filter((part) => rowsOf([part], count, TYPICAL_BATCH) > 0).length;
    const size = count / withRows;
    return parts
      .filter((part) => part % size === 0)
      .map((part) => ({ j, parts: parts.slice(part, part + size), isShared: true }));
  });
}

function rowsOf(parts: readonly number[], count: number, batchSize: number): number {
  return parts.reduce((sum, part) => {
    const [from, to] = partRange(part, count, batchSize);
    return sum + to - from;
  }, 0);
}

/** Work of a step. */
function costsOf(spec: ModelSpec, batchSize: number) {
  const work = workOf(spec);
  const parted = rowParts(spec);
  return {
    costOf: ({ j, parts, isShared }: Item): number =>
      isShared
        ? (stepRowWork(work[j]!, batchSize) * rowsOf(parts, parted[j]!, batchSize)) / batchSize
        : stepWork(work[j]!, batchSize),
    /** What every worker that has any part of j does. */
    joiningOf: (j: number): number =>
      stepWork(work[j]!, batchSize) -
      stepRowWork(work[j]!, batchSize) +
      EXCHANGE * gradientFloats(spec, j) +
      MESSAGES,
  };
}

/** Gives every worker neighbouring pieces, as many as before: their sums meet before they are sent. */
function inRuns(shares: Shares): Item[][] {
  const next = new Map<number, number>();
  return shares.map((share) =>
    share.map((item) => {
      const first = next.get(item.j) ?? 0;
      next.set(item.j, first + item.parts.length);
      return { ...item, parts: item.parts.map((_, place) => first + place) };
    }),
  );
}

/** Per worker, a link to every other one that shares sub-columns with it. */
export function openLinks(shares: readonly Share[]): Link[][] {
  const links = shares.map(() => [] as Link[]);
  shares.forEach((one, a) => {
    shares.slice(0, a).forEach((other, b) => {
      const subColumns = [...one.parts.keys()].filter((j) => other.parts.has(j));
      if (subColumns.length === 0) return;
      const { port1, port2 } = new MessageChannel();
      links[a]!.push({ worker: b, port: port1, subColumns });
      links[b]!.push({ worker: a, port: port2, subColumns });
    });
  });
  return links;
}
