/** Which worker trains which sub-columns, and which parts of those whose rows are shared. */
import type { ModelSpec } from '../network/network-backend';
import { LONG_BATCH, stepRowWork, stepWork, TYPICAL_BATCH, workOf } from '../network/work-model';
import { gradientFloats, partRange, type RowParts, rowParts } from '../wasm/row-parts';
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
export function shareOut(spec: ModelSpec, workers: number, batchSize = TYPICAL_BATCH): Share[] {
  const parted = rowParts(spec);
  const shares = bestShares(spec, workers, batchSize);
  const leader = spec.subColumns.map((_, j) =>
    shares.findIndex((share) => share.some((item) => item.j === j)),
  );
  return shares.map((share, worker) => {
    const owned = [...new Set(share.map(({ j }) => j))].sort((a, b) => a - b);
    const led = owned.filter((j) => leader[j] === worker);
    const partsOf = (j: number) => share.filter((item) => item.j === j).flatMap(({ parts }) => parts);
    const inParts = owned.filter((j) => parted[j]!.count > 1);
    return { owned, led, parts: new Map(inParts.map((j) => [j, partsOf(j)])) };
  });
}

/** Rows of the batches that a table of so many is probably trained in: what shares are made for. */
export function probableBatch(rowCount: number): number {
  return Math.min(LONG_BATCH, Math.max(256, 2 ** Math.floor(Math.log2(rowCount / 64))));
}

/** How many times as fast as one worker several are at most: by the model of the work, each on a core of its own. */
export function speedCeiling(spec: ModelSpec, workers: number, batchSize: number): number {
  const work = workOf(spec).reduce((sum, part) => sum + stepWork(part, batchSize), 0);
  return work / longest(spec, bestShares(spec, workers, batchSize), batchSize);
}

/** The fastest of the plans in which the most laborious 0, 1, … parted sub-columns are shared. */
function bestShares(spec: ModelSpec, workers: number, batchSize: number): Shares {
  const parted = rowParts(spec);
  const work = workOf(spec);
  const order = work.map((_, j) => j).filter((j) => parted[j]!.count > 1);
  order.sort((a, b) => stepRowWork(work[b]!) - stepRowWork(work[a]!) || a - b);
  let best = planOf(spec, workers, parted, [], batchSize);
  for (let count = 1; count <= order.length && workers > 1; count++) {
    const plan = planOf(spec, workers, parted, order.slice(0, count), batchSize);
    if (longest(spec, plan, batchSize) < WORTH * longest(spec, best, batchSize)) best = plan;
  }
  return best;
}

/** Work of the worker that has the most. */
function longest(spec: ModelSpec, shares: Shares, batchSize: number): number {
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
  parted: readonly RowParts[],
  shared: readonly number[],
  batchSize: number,
): Shares {
  const { costOf, joiningOf } = costsOf(spec, batchSize);
  const items = itemsOf(parted, shared, batchSize);
  const joining = (item: number, share: readonly number[]) => {
    const { j, isShared } = items[item]!;
    return isShared && !share.some((other) => items[other]!.j === j) ? joiningOf(j) : 0;
  };
  const shares = balance(items.map(costOf), workers, joining);
  return inRuns(shares.map((share) => share.map((item) => items[item]!)));
}

/** Shared sub-columns in pieces that have rows. */
function itemsOf(parted: readonly RowParts[], shared: readonly number[], batchSize: number): Item[] {
  return parted.flatMap((rows, j): Item[] => {
    const parts = [...Array(rows.count).keys()];
    if (!shared.includes(j)) return [{ j, parts, isShared: false }];
    const withRows = parts.filter((part) => rowsOf([part], rows, batchSize) > 0).length;
    const size = Math.ceil(rows.count / withRows);
    return parts
      .filter((part) => part % size === 0)
      .map((part) => ({ j, parts: parts.slice(part, part + size), isShared: true }));
  });
}

function rowsOf(parts: readonly number[], rows: RowParts, batchSize: number): number {
  return parts.reduce((sum, part) => {
    const [from, to] = partRange(part, rows, batchSize);
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
