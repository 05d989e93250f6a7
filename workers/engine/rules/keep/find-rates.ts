import { RandomStream } from '../../../../src/domain/random';
import { commonStep } from '../../encoding/common-step';
import type { FeatureColumn } from '../../models/model';
import { shortestIn } from '../find/short-number';
import type { Rates, ReadColumn } from './extra-columns';
import { isBinnedNumber } from './number-columns';
import { sampledNumbers } from './sampled-numbers';

/** Rates of one column, and rows of each: 5 percent, 19 percent, a tenth. */
const MAX_RATES = 16;
const MIN_ROWS = 30;
const MIN_RATE_SHARE = 0.01;
/** Rows of all rates beyond those of neighbours, as a share of all. */
const MIN_GAIN = 0.05;
/** Times as many as neighbouring rows would have by chance. */
const MIN_RATIO = 3;
const MAX_ROWS = 4000;
/** Columns that are compared with one another, at most. */
const MAX_COLUMNS = 60;
/** Rows of a first look that rules most pairs out, and those that have to agree there. */
const FIRST_ROWS = 200;
const MIN_FIRST = 6;
/** A number of fewer units is a multiple of anything. */
const MIN_UNITS = 50;
/** Share of the rows of the best rate that a rounder one has to lead to. */
const NEARLY_ALL = 0.9;
/** Numbers so few units beside what a rate leads to are near misses. */
const NEAR_STEPS = 5;
/** Rows that count as neighbours: a hundredth on each side. */
const NEIGHBOURS = 0.01;

/** Rates that a row allows: those that lead to its number when it is rounded. */
interface Allowed {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Binned columns that are, in many rows, another column at one of few rates: a discount of 5, 10 or 20 percent, a bonus of a
 * tenth of the pay up to a limit. Evidence is the share of rows that a rate leads to exactly, beyond that of rows whose
 * number is exchanged with a neighbour's in the order of the other column. What explains most rows comes first.
 * @param isFree whether a column may be computed
 */
export async function findRates(
  features: readonly FeatureColumn[],
  read: ReadColumn,
  isFree: (name: string) => boolean,
  pause: () => Promise<void>,
): Promise<Rates[]> {
  const numbers = features.filter(isBinnedNumber).slice(0, MAX_COLUMNS);
  const names = numbers.map(({ schema }) => schema.name);
  if (names.length < 2 || !names.some(isFree)) return [];
  const sampled = await sampledNumbers(names, read, MAX_ROWS, 'rates', pause);
  const found: { readonly rates: Rates; readonly gain: number }[] = [];
  for (const [k, to] of names.entries()) {
    if (!isFree(to)) continue;
    await pause();
    const unit = commonStep(sampled[k]!.filter(Number.isFinite));
    if (unit === null) continue;
    for (const [i, from] of names.entries()) {
      if (i === k) continue;
      const first = allowedRates(sampled[i]!.subarray(0, FIRST_ROWS), sampled[k]!, unit);
      if (fullest(first).rows < MIN_FIRST) continue;
      await pause();
      const result = ratesOf(sampled[i]!, sampled[k]!, unit);
      if (result)
        found.push({ rates: { from, to, rates: result.rates, share: result.share }, gain: result.gain });
    }
  }
  return found.sort((x, y) => y.gain - x.gain).map(({ rates }) => rates);
}

/** Rows without an interval are left out. @param from as many rows as are looked at */
function allowedRates(from: Float64Array, to: Float64Array, unit: number): Allowed {
  const rows = [...from.keys()].filter((row) => from[row]! > 0 && to[row]! >= MIN_UNITS * unit);
  const at = (shift: number) =>
    Float64Array.from(rows, (row) => (to[row]! + shift * unit * (0.5 + 1e-6)) / from[row]!);
  return { low: at(-1), high: at(1) };
}

/** The rate that most rows allow. */
function fullest({ low, high }: Allowed): {
  readonly rows: number;
  readonly low: number;
  readonly high: number;
} {
  const [starts, ends] = [low.slice().sort(), high.slice().sort()];
  let best = { rows: 0, low: Number.NaN, high: Number.NaN };
  for (let i = 0, k = 0; i < starts.length; i++) {
    while (ends[k]! < starts[i]!) k++;
    if (i + 1 - k > best.rows) best = { rows: i + 1 - k, low: starts[i]!, high: ends[k]! };
  }
  return best;
}

/** The rows that a rate does not lead to. @param steps beside the number count as the number */
function without({ low, high }: Allowed, rate: number, steps = 0): Allowed {
  const isOther = (_: number, row: number) => {
    const reach = steps * (high[row]! - low[row]!);
    return !(low[row]! - reach <= rate && rate <= high[row]! + reach);
  };
  return { low: low.filter(isOther), high: high.filter(isOther) };
}

function ratesOf(
  from: Float64Array,
  to: Float64Array,
  unit: number,
): { readonly rates: readonly number[]; readonly gain: number; readonly share: number } | null {
  const pairs = distinctPairs(from, to);
  const count = pairs.from.length;
  const needed = Math.max(MIN_ROWS, MIN_RATE_SHARE * count);
  let own = allowedRates(pairs.from, pairs.to, unit);
  let others = allowedRates(pairs.from, exchanged(pairs), unit);
  const rates: number[] = [];
  let gained = 0;
  while (rates.length < MAX_RATES) {
    const best = fullest(own);
    if (best.rows < needed) break;
    const rate = roundRate(own, best);
    const [left, otherLeft] = [without(own, rate), without(others, rate)];
    const [rows, chance] = [own.low.length - left.low.length, others.low.length - otherLeft.low.length];
    // A rate of rounded numbers scatters around what it was.
    const near = left.low.length - without(left, rate, NEAR_STEPS).low.length;
    [own, others] = [left, otherLeft];
    if (rows < Math.max(needed, MIN_RATIO * chance, near)) break;
    rates.push(rate);
    gained += rows - chance;
  }
  const positive = from.reduce((sum, value) => sum + Number(value > 0), 0) / from.length;
  const gain = (positive * gained) / count;
  // Equal columns are flagged.
  if (rates.every((rate) => rate === 1)) return null;
  const share = 1 - own.low.length / pairs.to.filter((value) => value >= MIN_UNITS * unit).length;
  return gain < MIN_GAIN ? null : { rates: rates.sort((x, y) => x - y), gain, share };
}

/** The number of fewest digits that nearly as many rows allow as the best one. */
function roundRate(
  allowed: Allowed,
  best: { readonly rows: number; readonly low: number; readonly high: number },
): number {
  const middle = (best.low + best.high) / 2;
  const widths = allowed.high.map((high, row) => high - allowed.low[row]!).sort();
  const reach = widths[widths.length >> 1]! / 2;
  const rounded = shortestIn(middle - reach, middle + reach)!;
  const rows = allowed.low.length - without(allowed, rounded).low.length;
  return rows >= NEARLY_ALL * best.rows ? rounded : shortestIn(best.low, best.high)!;
}

/** Repeated rows say the same again: each pair of positive first numbers counts once, in the order of these. */
function distinctPairs(from: Float64Array, to: Float64Array): { from: Float64Array; to: Float64Array } {
  const order = Uint32Array.from(from.keys())
    .filter((row) => from[row]! > 0)
    .sort((x, y) => from[x]! - from[y]! || to[x]! - to[y]! || x - y)
    .filter((row, at, all) => at === 0 || from[row] !== from[all[at - 1]!] || to[row] !== to[all[at - 1]!]);
  return {
    from: Float64Array.from(order, (row) => from[row]!),
    to: Float64Array.from(order, (row) => to[row]!),
  };
}

/** The second numbers of neighbours in the order of the first, of which none is equal. */
function exchanged({ from, to }: { readonly from: Float64Array; readonly to: Float64Array }): Float64Array {
  const reach = Math.max(1, Math.round(NEIGHBOURS * from.length));
  const stream = new RandomStream(from.length, 'neighbours');
  return to.map((_, at) => {
    const direction = stream.below(2) === 0 ? 1 : -1;
    let other = at + direction * (1 + stream.below(reach));
    while (from[other] === from[at]) other += direction;
    return to[other] ?? Number.NaN;
  });
}
