import { RandomStream } from '../../../../src/domain/random';
import type { FeatureColumn } from '../../models/model';
import { areClose } from './close-values';
import type { CloseNumbers, ReadColumn } from './extra-columns';
import { isBinnedNumber, isCodedNumber } from './number-columns';
import { sampledNumbers } from './sampled-numbers';

const TOLERANCE = 0.25;
/** What bins of a hundredth of the rows lose is seen in rows that are this close. */
const TIGHT = 0.02;
/** Share of rows that are this close, beyond those that would be with another row's factor. */
const MIN_GAIN = 0.05;
const MIN_ROWS = 30;
const MAX_ROWS = 4000;
/** Columns that are compared with one another, at most. */
const MAX_COLUMNS = 40;
/** Rows of a first look that rules most products out. */
const FIRST_ROWS = 200;

/**
 * Binned columns that are close to a product of two others, more finely than bins tell: what a contract has cost, by months
 * and price. Evidence is the share of tight rows beyond that of rows in which either factor is exchanged with another
 * row's: one that hardly varies says nothing. The strongest product of a column counts; the strongest of all comes first.
 * @param isFree whether a column may be computed
 */
export async function findCloseProducts(
  features: readonly FeatureColumn[],
  read: ReadColumn,
  isFree: (name: string) => boolean,
  pause: () => Promise<void>,
): Promise<CloseNumbers[]> {
  const numbers = features.filter(isCodedNumber).slice(0, MAX_COLUMNS);
  const isTarget = (feature: FeatureColumn) => isBinnedNumber(feature) && isFree(feature.schema.name);
  if (numbers.length < 3 || !numbers.some(isTarget)) return [];
  const names = numbers.map(({ schema }) => schema.name);
  const sampled = await sampledNumbers(names, read, MAX_ROWS, 'close products', pause);
  const found: CloseNumbers[] = [];
  for (const [k, target] of numbers.entries()) {
    if (!isTarget(target)) continue;
    await pause();
    let best: { readonly i: number; readonly j: number; readonly gain: number } | null = null;
    for (let i = 0; i < numbers.length; i++) {
      for (let j = i + 1; j < numbers.length; j++) {
        if (i === k || j === k || !mayBeClose(sampled[i]!, sampled[j]!, sampled[k]!)) continue;
        const gain = gainOf(sampled[i]!, sampled[j]!, sampled[k]!);
        if (gain < MIN_GAIN || gain * sampled[k]!.length < MIN_ROWS) continue;
        if (!best || gain > best.gain) best = { i, j, gain };
      }
    }
    if (best) {
      const [from, by] = [names[best.i]!, names[best.j]!];
      found.push({ from, by, to: target.schema.name, tolerance: TOLERANCE, gain: best.gain });
    }
  }
  return found.sort((x, y) => y.gain - x.gain);
}

function mayBeClose(a: Float64Array, b: Float64Array, product: Float64Array): boolean {
  const end = Math.min(FIRST_ROWS, a.length);
  let close = 0;
  for (let row = 0; row < end; row++) if (areClose(a[row]! * b[row]!, product[row]!, TIGHT)) close++;
  return close >= MIN_GAIN * end;
}

/** Tight rows beyond those with another row's value of either factor, as a share of all rows. */
function gainOf(a: Float64Array, b: Float64Array, product: Float64Array): number {
  const order = new RandomStream(product.length, 'other rows').permutation(product.length);
  const tight = (x: (row: number) => number, y: (row: number) => number) =>
    product.reduce((sum, value, row) => sum + Number(areClose(x(row) * y(row), value, TIGHT)), 0);
  const [first, second] = [a, b].map((factor) => (row: number) => factor[row]!);
  const [otherFirst, otherSecond] = [a, b].map((factor) => (row: number) => factor[order[row]!]!);
  const own = tight(first!, second!);
  const others = Math.max(tight(otherFirst!, second!), tight(first!, otherSecond!));
  return (own - others) / product.length;
}
