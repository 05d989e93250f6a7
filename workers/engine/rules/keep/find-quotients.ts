import type { FeatureColumn } from '../../models/model';
import type { Quotient, ReadColumn } from './extra-columns';
import { isBinnedNumber } from './number-columns';
import { sameBin } from './same-bin';
import { lastDigitOf, sampledNumbers } from './sampled-numbers';

const MAX_ROWS = 2000;
/** Rows of a first look that rules most pairs out. */
const FIRST_ROWS = 400;
/** Columns that are compared with one another, at most. */
const MAX_COLUMNS = 30;
/** Rows in which both numbers are positive. */
const MIN_SHARE = 0.5;
/** Nats a row by which the quotient is sharper than bins of a hundredth of the rows can tell. */
const MIN_GAIN = 0.35;
/** Different numbers of a column: the quotients of fewer repeat by chance. */
const MIN_VALUES = 200;
/** Of numbers whose last digits are no matter of chance, computed ones would lose what these tell. */
const MAX_DIGIT = 0.2;

/**
 * Binned columns whose quotient by another one is sharper than bins tell: a tax that is nearly a share of the income, of
 * different shares. Evidence is the entropy of the quotient's logarithm (Vasicek 1976, "A test for normality based on sample
 * entropy") against that with each number exchanged for one of the same bin. The strongest comes first.
 * @param isFree whether a column may be computed
 */
export async function findQuotients(
  features: readonly FeatureColumn[],
  read: ReadColumn,
  isFree: (name: string) => boolean,
  pause: () => Promise<void>,
): Promise<Quotient[]> {
  const names = features
    .filter(isBinnedNumber)
    .slice(0, MAX_COLUMNS)
    .map(({ schema }) => schema.name);
  if (names.length < 2 || !names.some(isFree)) return [];
  const sampled = await sampledNumbers(names, read, MAX_ROWS, 'quotients', pause);
  const logs = sampled.map((values) => values.map((value) => (value > 0 ? Math.log(value) : Number.NaN)));
  const blurred = logs.map(sameBin);
  const isFine = sampled.map((values) => new Set(values).size >= MIN_VALUES);
  const found: { readonly quotient: Quotient; readonly gain: number }[] = [];
  for (const [k, to] of names.entries()) {
    if (!isFree(to) || !isFine[k] || isRound(sampled[k]!)) continue;
    for (const [i, from] of names.entries()) {
      if (i === k || !isFine[i] || sharpness(logs, blurred, i, k, FIRST_ROWS) < MIN_GAIN / 2) continue;
      await pause();
      const gain = sharpness(logs, blurred, i, k, MAX_ROWS);
      if (gain >= MIN_GAIN) found.push({ quotient: { from, to }, gain });
    }
    await pause();
  }
  return found.sort((x, y) => y.gain - x.gain).map(({ quotient }) => quotient);
}

function isRound(values: Float64Array): boolean {
  const unit = lastDigitOf(values);
  if (unit === null) return false;
  const digits = new Uint32Array(10);
  const present = values.filter((value) => Number.isFinite(value) && value !== 0);
  for (const value of present) digits[Math.round(Math.abs(value) / unit) % 10]!++;
  return Math.max(...digits) > MAX_DIGIT * present.length;
}

/** Nats a row by which the quotient of two columns is sharper than that of their bins. */
function sharpness(
  logs: readonly Float64Array[],
  blurred: readonly Float64Array[],
  from: number,
  to: number,
  rows: number,
): number {
  const [own, others] = [logs, blurred].map((columns) => {
    const [a, b] = [columns[from]!, columns[to]!].map((values) => values.subarray(0, rows));
    return b!.map((value, row) => value - a![row]!).filter(Number.isFinite);
  });
  if (own!.length < MIN_SHARE * Math.min(rows, logs[to]!.length)) return 0;
  return entropyOf(others!) - entropyOf(own!);
}

/** Up to a constant: the mean logarithm of the distance of values m ranks apart. */
function entropyOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const m = Math.max(2, Math.round(Math.sqrt(sorted.length) / 4));
  let sum = 0;
  for (let at = m; at < sorted.length; at++) sum += Math.log(sorted[at]! - sorted[at - m]! + 1e-6);
  return sum / (sorted.length - m);
}
