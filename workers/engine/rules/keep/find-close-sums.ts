import type { FeatureColumn } from '../../models/model';
import type { CloseSum, ReadColumn } from './extra-columns';
import { isBinnedNumber, isCodedNumber } from './number-columns';
import { sameBin } from './same-bin';
import { lastDigitOf, sampledNumbers } from './sampled-numbers';

const MAX_ROWS = 2000;
/** Rows in which candidates are sought. */
const FIRST_ROWS = 256;
/** Columns that are compared with one another, at most. */
const MAX_COLUMNS = 30;
const MAX_TERMS = 5;
/** Rows of a column that may be missing. */
const MAX_MISSING = 0.2;
/** Nats a row by which each further term makes the rest sharper. */
const MIN_TERM_GAIN = 0.2;
/** Nats a row by which the rest is sharper than bins of a hundredth of the rows can tell. */
const MIN_GAIN = 0.5;
/** Share of rows in which bins differ less than the tolerance. */
const BLURRED_SHARE = 0.9;
/** Share of rows that the rest is learned in. */
const MIN_SHARE = 0.1;

interface Term {
  readonly column: number;
  readonly sign: 1 | -1;
}

interface Candidate {
  readonly target: number;
  readonly terms: readonly Term[];
  /** Of the rest, nats a row. */
  readonly spread: number;
}

/**
 * Binned columns that are close to a sum or difference of others, more finely than bins tell: a reading by the last one and
 * the use, a total with a tip. Sought greedily from the best pair of terms on; evidence is how much sharper the rest is than
 * with each number exchanged for one of the same bin. Of one relation the column of largest spread is computed.
 * @param isFree whether a column may be computed
 */
export async function findCloseSums(
  features: readonly FeatureColumn[],
  read: ReadColumn,
  isFree: (name: string) => boolean,
  pause: () => Promise<void>,
): Promise<CloseSum[]> {
  const numbers = features.filter(isCodedNumber).slice(0, MAX_COLUMNS);
  const isTarget = (feature: FeatureColumn) => isBinnedNumber(feature) && isFree(feature.schema.name);
  if (numbers.length < 3 || !numbers.some(isTarget)) return [];
  const names = numbers.map(({ schema }) => schema.name);
  const sampled = await sampledNumbers(names, read, MAX_ROWS, 'close sums', pause);
  const units = sampled.map(lastDigitOf);
  const usable = sampled.map((values, k) => units[k] !== null && missingShare(values) <= MAX_MISSING);
  const found: { readonly sum: CloseSum; readonly gain: number; readonly spread: number }[] = [];
  for (const [target, feature] of numbers.entries()) {
    if (!usable[target] || !isTarget(feature)) continue;
    await pause();
    const candidate = greedySum(target, sampled, units, usable);
    if (!candidate) continue;
    const own = restOf(sampled, target, candidate.terms);
    const blurred = restOf(
      sampled.map((values, k) => sameBin(values, k)),
      target,
      candidate.terms,
    );
    const unit = unitOfSum(units, target, candidate.terms);
    const gain = spreadOf(blurred, unit) - spreadOf(own, unit);
    if (gain < MIN_GAIN) continue;
    const { tolerance, share } = toleranceOf(own, blurred, unit);
    if (share < MIN_SHARE) continue;
    const terms = candidate.terms.map(({ column, sign }) => ({ column: names[column]!, factor: sign }));
    const spread = spreadOf(sampled[target]!, units[target]!);
    found.push({ sum: { to: names[target]!, terms, tolerance, unit }, gain, spread });
  }
  return found.sort((x, y) => y.spread - x.spread || y.gain - x.gain).map(({ sum }) => sum);
}

function missingShare(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Number(!Number.isFinite(value)), 0) / values.length;
}

function unitOfSum(units: readonly (number | null)[], target: number, terms: readonly Term[]): number {
  return Math.min(units[target]!, ...terms.map(({ column }) => units[column]!));
}

/** What of the target the terms leave, in random order of rows; NaN = missing. */
function restOf(sampled: readonly Float64Array[], target: number, terms: readonly Term[]): Float64Array {
  const rest = sampled[target]!.slice();
  for (const { column, sign } of terms) {
    const values = sampled[column]!;
    for (let row = 0; row < rest.length; row++) rest[row]! -= sign * values[row]!;
  }
  return rest;
}

/**
 * Mean logarithm of the distance of two rows' numbers: as an entropy it falls by ln 10 if all distances are a tenth, and
 * counts equal ones as half a unit; single distant rows hardly matter.
 */
function spreadOf(values: Float64Array, unit: number): number {
  let [sum, count] = [0, 0];
  for (let row = 1; row < values.length; row++) {
    const distance = Math.abs(values[row]! - values[row - 1]!);
    if (!Number.isFinite(distance)) continue;
    sum += Math.log(distance + unit / 2);
    count++;
  }
  return count === 0 ? Number.POSITIVE_INFINITY : sum / count;
}

/** The best pair of terms, and further ones as long as each pays; null if no pair of terms pays. */
function greedySum(
  target: number,
  sampled: readonly Float64Array[],
  units: readonly (number | null)[],
  usable: readonly boolean[],
): Candidate | null {
  const first = sampled.map((values) => values.subarray(0, FIRST_ROWS));
  const inputs = [...sampled.keys()].filter((column) => column !== target && usable[column]);
  const unit = units[target]!;
  const spread = (terms: readonly Term[]) =>
    spreadOf(restOf(first, target, terms), Math.min(unit, unitOfSum(units, target, terms)));
  const single = inputs
    .flatMap((column) => ([1, -1] as const).map((sign) => spread([{ column, sign }])))
    .reduce((best, value) => Math.min(best, value), spread([]));
  let best: Candidate | null = null;
  for (const [at, a] of inputs.entries()) {
    for (const b of inputs.slice(at + 1)) {
      for (const [x, y] of [
        [1, 1],
        [1, -1],
        [-1, 1],
      ] as const) {
        const terms: Term[] = [
          { column: a, sign: x },
          { column: b, sign: y },
        ];
        const own = spread(terms);
        if (!best || own < best.spread) best = { target, terms, spread: own };
      }
    }
  }
  while (best && best.terms.length < MAX_TERMS) {
    let next: Candidate | null = null;
    for (const column of inputs) {
      if (best.terms.some((term) => term.column === column)) continue;
      for (const sign of [1, -1] as const) {
        const terms: Term[] = [...best.terms, { column, sign }];
        const own = spread(terms);
        if (!next || own < next.spread) next = { target, terms, spread: own };
      }
    }
    if (!next || next.spread > best.spread - MIN_TERM_GAIN) break;
    best = next;
  }
  if (!best || best.spread > single - MIN_TERM_GAIN) return null;
  const { terms, spread: reached } = best;
  // A term that a later one replaced.
  const needed = terms.filter(
    (term) => spread(terms.filter((other) => other !== term)) > reached + MIN_TERM_GAIN,
  );
  return needed.length < 2 ? null : { target, terms: needed, spread: spread(needed) };
}

/**
 * Up to which rest the sum tells more than bins: as far as the numbers of a bin differ in all but a tenth of the rows.
 */
function toleranceOf(
  own: Float64Array,
  blurred: Float64Array,
  unit: number,
): { readonly tolerance: number; readonly share: number } {
  const widths = own
    .map((rest, row) => Math.abs(rest - blurred[row]!))
    .filter(Number.isFinite)
    .sort();
  const tolerance = unit * Math.ceil(widths[Math.floor(BLURRED_SHARE * (widths.length - 1))]! / unit);
  const close = own.reduce((sum, rest) => sum + Number(Math.abs(rest) <= tolerance), 0);
  return { tolerance, share: close / own.length };
}
