import { comparedSides } from '../../../rules/rows/numbers';
import { MIN_EDGE, massAtBoundary } from './boundary';
import { NEARLY, neededViolations, overwhelming } from './evidence';
import type { KnownOrder } from './known-orders';
import { keepsLevels } from './level-orders';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

/** low ≤ high in the sample. */
export interface Order {
  readonly low: SampledColumn;
  readonly high: SampledColumn;
  readonly strict: boolean;
}

/** Rows of other rows' partners that a column is compared with, to see how often chance breaks the order. */
const SHIFTS = [1, 7, 31];
/** Share of such comparisons that has to break it: below, the ranges are all but disjoint. */
const MIN_CHANCE = 0.01;
/** … where nothing happens at the boundary: the order is kept by distance, not by a rule. */
const MIN_CHANCE_AFAR = 0.15;
const FEW = 8;

/** Orders with evidence, the implied ones among them. */
export async function findOrders(columns: readonly SampledColumn[], pacer: Pacer): Promise<Order[]> {
  const numeric = columns.filter(({ numbers, cells }) => numbers && cells.length >= 3);
  const ends: { lower: number; upper: number }[] = [];
  for (const { numbers } of numeric) {
    ends.push(quantiles(numbers!));
    await pacer.tick();
  }
  const needed = neededViolations(numeric.length * numeric.length);
  const found: Order[] = [];
  for (const [i, first] of numeric.entries()) {
    for (const [j, second] of numeric.entries()) {
      if (i === j || first.type !== second.type) continue;
      if (!comparable(first, second)) {
        if (keepsLevels(first, second, needed)) found.push({ low: first, high: second, strict: false });
        continue;
      }
      // Where 98 % of the one lie below 98 % of the other, chance alone keeps the order.
      if (ends[i]!.upper < ends[j]!.lower || ends[j]!.upper < ends[i]!.lower) continue;
      const order = orderOf(first, second, needed);
      if (order) found.push(order);
      if (pacer.due) await pacer.tick();
    }
  }
  return found;
}

/** Grades of few levels are compared with grades; measurements have to end at each of them (`level-orders.ts`). */
function comparable({ cells: one }: SampledColumn, { cells: two }: SampledColumn): boolean {
  return Math.min(one.length, two.length) >= FEW || Math.max(one.length, two.length) < 4 * FEW;
}

function quantiles(numbers: Float64Array): { lower: number; upper: number } {
  const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { lower: at(0.02), upper: at(0.98) };
}

function orderOf(low: SampledColumn, high: SampledColumn, needed: number): Order | null {
  let [a, b] = [low.numbers!, high.numbers!];
  let violations = 0;
  const mixed = low.source.storageType !== high.source.storageType && low.type === 'date';
  // Dates and instants are compared by day: a first look at raw milliseconds may be off by one.
  const allowed = mixed ? 86_400_000 : 0;
  const budget = Math.max(2, NEARLY * a.length);
  for (let row = 0; row < a.length; row++) {
    if (a[row]! > b[row]! + allowed && ++violations > budget) return null;
  }
  if (mixed) {
    const dated = (column: SampledColumn, values: Float64Array) => ({
      ...column.source,
      data: { kind: 'number' as const, values, nulls: null },
    });
    [a, b] = comparedSides(dated(low, a), dated(high, b));
  }
  const gaps: number[] = [];
  violations = 0;
  let equal = 0;
  for (let row = 0; row < a.length; row++) {
    const gap = b[row]! - a[row]!;
    if (Number.isNaN(gap)) continue;
    gaps.push(gap);
    if (gap < 0) violations++;
    else if (gap === 0) equal++;
  }
  const rows = gaps.length;
  if (rows < 20 || violations > NEARLY * rows || equal + violations > 0.9 * rows) return null;
  const chance = chanceOfViolation(a, b);
  const expected = chance * rows;
  if (chance < MIN_CHANCE || expected < needed || !overwhelming(violations, expected)) return null;
  const positive = Float64Array.from(gaps.filter((gap) => gap > 0)).sort();
  const edge = massAtBoundary(positive, equal);
  const strict = violations + equal === 0;
  if (violations > 0)
    return edge >= MIN_EDGE + 10 * violations && chance > 0.1 ? { low, high, strict } : null;
  if (edge >= MIN_EDGE || (chance >= MIN_CHANCE_AFAR && farFromBoundary(positive)))
    return { low, high, strict };
  return null;
}

/** Share of pairs of different rows in which the first column's value exceeds the second's. */
function chanceOfViolation(a: Float64Array, b: Float64Array): number {
  let exceeding = 0;
  let compared = 0;
  for (const shift of SHIFTS) {
    for (let row = 0; row < a.length; row++) {
      const other = b[(row + shift) % b.length]!;
      if (Number.isNaN(a[row]! + other)) continue;
      compared++;
      if (a[row]! > other) exceeding++;
    }
  }
  return compared === 0 ? 0 : exceeding / compared;
}

/** True if the tail of gaps ends well before 0: exponential tails of the smallest twentieth, at most .02 rows expected. */
function farFromBoundary(positive: Float64Array): boolean {
  const tail = Math.max(10, Math.floor(positive.length / 20));
  if (positive.length < 2 * tail) return false;
  const edge = positive[tail]!;
  let excess = 0;
  for (let i = 0; i < tail; i++) excess += edge - positive[i]!;
  return tail * Math.exp(-edge / (excess / tail)) < 0.02;
}

/** Leaves out orders that follow from others, from `known` ones, or hold between columns that others tie. */
export function reduceOrders(orders: readonly Order[], known: readonly KnownOrder[]): Order[] {
  const above = new Map<string, Set<string>>();
  for (const { low, high } of [
    ...orders.map((order) => ({ low: order.low.name, high: order.high.name })),
    ...known.filter(({ isTie }) => !isTie),
  ]) {
    if (!above.has(low)) above.set(low, new Set());
    above.get(low)!.add(high);
  }
  const isKnown = new Set(known.map(({ low, high }) => JSON.stringify([low, high])));
  return orders.filter(({ low, high }) => {
    if (isKnown.has(JSON.stringify([low.name, high.name]))) return false;
    const next = above.get(low.name)!;
    return ![...next].some((middle) => middle !== high.name && above.get(middle)?.has(high.name));
  });
}
