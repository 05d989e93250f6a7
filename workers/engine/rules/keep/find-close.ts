import { RandomStream } from '../../../../src/domain/random';
import type { FeatureColumn } from '../../models/model';
import { areClose } from './close-values';
import type { CloseNumbers, ReadColumn } from './extra-columns';
import { isBinnedNumber } from './number-columns';
import { sampledNumbers } from './sampled-numbers';

const TOLERANCE = 0.1;
/** What bins of a hundredth of the rows lose is seen in rows that are this close. */
const TIGHT = 0.02;
/** Share of rows that are this close beyond what neighbouring rows would be by chance. */
const MIN_GAIN = 0.02;
const MIN_ROWS = 30;
const MAX_ROWS = 4000;
/** Values compared in all, to bound the time of wide tables. */
const MAX_TERMS = 2e8;
/** Rows of a first look that rules most pairs out. */
const FIRST_ROWS = 200;
/** Rows that count as neighbours: a hundredth on each side. */
const NEIGHBOURS = 0.01;

/**
 * Pairs of binned columns whose closeness is finer than their bins: a model of codes would blur it. Evidence is the share
 * of tight rows beyond that of rows whose `to` is exchanged with a neighbour's in the order of `from`, which is what a
 * model that knows the bins alone can give.
 */
export async function findClose(
  features: readonly FeatureColumn[],
  read: ReadColumn,
  pause: () => Promise<void>,
): Promise<CloseNumbers[]> {
  const names = features.filter(isBinnedNumber).map(({ schema }) => schema.name);
  if (names.length < 2) return [];
  const wanted = Math.min(MAX_ROWS, Math.max(1000, Math.floor(MAX_TERMS / names.length ** 2)));
  const sampled = await sampledNumbers(names, read, wanted, 'close numbers', pause);
  const found: CloseNumbers[] = [];
  for (const [i, a] of sampled.entries()) {
    await pause();
    const order = sortedBy(a);
    for (const [j, b] of sampled.entries()) {
      if (i === j || !mayBeClose(a, b)) continue;
      const gain = gainOf(a, b, order);
      if (gain < MIN_GAIN || gain * order.length < MIN_ROWS) continue;
      found.push({ from: names[i]!, to: names[j]!, tolerance: TOLERANCE, gain });
    }
  }
  return orient(names, spanningPairs(found));
}

/** The strongest pairs that tie columns without closing a circle (Kruskal 1956): what the others say follows. */
function spanningPairs(found: readonly CloseNumbers[]): CloseNumbers[] {
  const groupOf = new Map<string, string>();
  const root = (name: string): string => {
    const group = groupOf.get(name);
    return group === undefined ? name : root(group);
  };
  return [...found]
    .sort((x, y) => y.gain - x.gain)
    .filter(({ from, to }) => {
      const [a, b] = [root(from), root(to)];
      if (a === b) return false;
      groupOf.set(b, a);
      return true;
    });
}

/** Pairs that lead away from the first column of each group, so that every column follows from one other at most. */
function orient(names: readonly string[], pairs: readonly CloseNumbers[]): CloseNumbers[] {
  const oriented: CloseNumbers[] = [];
  const reached = new Set<string>();
  const visit = (from: string): void => {
    reached.add(from);
    for (const pair of pairs) {
      const to = pair.from === from ? pair.to : pair.to === from ? pair.from : null;
      if (to === null || reached.has(to)) continue;
      oriented.push({ ...pair, from, to });
      visit(to);
    }
  };
  for (const name of names) if (!reached.has(name)) visit(name);
  return oriented;
}

function mayBeClose(a: Float64Array, b: Float64Array): boolean {
  const end = Math.min(FIRST_ROWS, a.length);
  let close = 0;
  for (let row = 0; row < end; row++) if (areClose(a[row]!, b[row]!, TIGHT)) close++;
  return close >= MIN_GAIN * end;
}

/** Rows in the order of their values, those without a positive one left out. */
function sortedBy(values: Float64Array): Uint32Array {
  return Uint32Array.from(values.keys())
    .filter((row) => values[row]! > 0)
    .sort((x, y) => values[x]! - values[y]! || x - y);
}

/** Tight rows beyond those of neighbours, as a share of all rows. */
function gainOf(a: Float64Array, b: Float64Array, order: Uint32Array): number {
  const reach = Math.max(1, Math.round(NEIGHBOURS * order.length));
  const stream = new RandomStream(order.length, 'neighbours');
  let own = 0;
  let others = 0;
  order.forEach((row, at) => {
    const step = 1 + stream.below(reach);
    const other =
      order[at + step < order.length && stream.below(2) === 0 ? at + step : Math.max(0, at - step)]!;
    if (areClose(a[row]!, b[row]!, TIGHT)) own++;
    if (areClose(a[row]!, b[other]!, TIGHT)) others++;
  });
  return (own - others) / a.length;
}
