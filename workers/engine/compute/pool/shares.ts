/** Which worker trains which sub-columns, and which parts of those whose rows are shared. */
import type { ModelSpec } from '../backend';
import { rowParts } from '../wasm/row-parts';
import { stepRowWork, stepWork, workOf } from '../work';
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

/** A whole sub-column, or one part of its rows. */
interface Item {
  readonly j: number;
  readonly part: number;
  readonly cost: number;
  /** What every worker that has any part of it does. */
  readonly joining: number;
}

/** Shares a model out. One without a sub-column that dominates is shared out by whole sub-columns. */
export function shareOut(spec: ModelSpec, workers: number): Share[] {
  const items = itemsOf(spec);
  const shares = inRuns(
    balance(
      items.map(({ cost }) => cost),
      workers,
      (item, share) => (share.some((other) => items[other]!.j === items[item]!.j) ? 0 : items[item]!.joining),
    ).map((share) => share.map((item) => items[item]!)),
  );
  const parted = rowParts(spec);
  const leader = spec.subColumns.map((_, j) =>
    shares.findIndex((share) => share.some((item) => item.j === j)),
  );
  return shares.map((share, worker) => {
    const owned = [...new Set(share.map(({ j }) => j))].sort((a, b) => a - b);
    const led = owned.filter((j) => leader[j] === worker);
    const shared = owned.filter((j) => parted[j]! > 1);
    const partsOf = (j: number) => share.filter((item) => item.j === j).map(({ part }) => part);
    return { owned, led, parts: new Map(shared.map((j) => [j, partsOf(j)])) };
  });
}

/** Gives every worker neighbouring parts, as many as before: their sums meet before they are sent. */
function inRuns(shares: readonly (readonly Item[])[]): Item[][] {
  const next = new Map<number, number>();
  return shares.map((share) =>
    share.map((item) => {
      const part = next.get(item.j) ?? 0;
      next.set(item.j, part + 1);
      return { ...item, part };
    }),
  );
}

function itemsOf(spec: ModelSpec): Item[] {
  const parted = rowParts(spec);
  return workOf(spec).flatMap((work, j) => {
    const parts = parted[j]!;
    const whole = stepWork(work);
    if (parts === 1) return [{ j, part: 0, cost: whole, joining: 0 }];
    const rows = stepRowWork(work);
    return Array.from({ length: parts }, (_, part) => ({
      j,
      part,
      cost: rows / parts,
      joining: whole - rows,
    }));
  });
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
