import type { Rounding, RuleOf } from '../../../../src/domain/rules';
import { roundingSlack } from '../../../rules/decimals';
import { NEARLY } from './evidence';
import { constantFor } from './fit-line';
import { likelyTriples } from './likely-triples';
import { linear } from './lines';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';
import { unitOf } from './units';

type Linear = RuleOf<'linear'>;
export type Term = readonly [SampledColumn, number];

/** Above so many columns, only triples are tried whose sums agree in a few rows. */
const MAX_TRIPLED = 200;
/** Times its leeway that each column of a sum of rounded numbers has to spread. */
const MIN_SPREAD = 100;
/** What factors may be divided by: a mean of so many, months of a year. */
const MAX_DIVISOR = 60;
/** The signs of a second and a third column against the first. */
const SIGNS: readonly (readonly [number, number])[] = [
  [1, -1],
  [-1, 1],
  [-1, -1],
  [1, 1],
];

/** Three columns of which two with signs make the third, but for a constant. */
export async function findTriples(columns: readonly SampledColumn[], pacer: Pacer): Promise<Linear[]> {
  const numeric = columns.filter(({ type, cells }) => type === 'number' && cells.length >= 2);
  const found: Linear[] = [];
  if (numeric.length > MAX_TRIPLED) {
    for (const three of await likelyTriples(numeric, unitOf, pacer)) {
      const rule = tripleRule(three);
      if (rule) found.push(rule);
      if (pacer.due) await pacer.tick();
    }
    return found;
  }
  for (let i = 0; i < numeric.length; i++) {
    for (let j = i + 1; j < numeric.length; j++) {
      for (let k = j + 1; k < numeric.length; k++) {
        const rule = tripleRule([numeric[i]!, numeric[j]!, numeric[k]!]);
        if (rule) found.push(rule);
      }
      if (pacer.due) await pacer.tick();
    }
  }
  return found;
}

function tripleRule(three: readonly [SampledColumn, SampledColumn, SampledColumn]): Linear | null {
  const signs = steadySigns(...three);
  return signs && solveFor(three.map((column, at) => [column, at === 0 ? 1 : signs[at - 1]!] as const));
}

/** Signs with which the sum of three columns is the same in all rows but a few, or null. */
function steadySigns(
  first: SampledColumn,
  second: SampledColumn,
  third: SampledColumn,
): readonly [number, number] | null {
  const [x, y, z] = [first.numbers!, second.numbers!, third.numbers!];
  const units = [unitOf(first), unitOf(second), unitOf(third)];
  // Where all have decimals, all may have been rounded.
  const unit =
    1.01 * (mayBeRounded([first, second, third]) ? units[0]! + units[1]! + units[2]! : Math.max(...units));
  let start = 0;
  while (start < x.length && Number.isNaN(x[start]! + y[start]! + z[start]!)) start++;
  if (start === x.length) return null;
  const strikes = [0, 0, 0, 0];
  let rows = 0;
  for (let row = start + 1; row < x.length; row++) {
    if (Number.isNaN(x[row]! + y[row]! + z[row]!)) continue;
    rows++;
    const [dx, dy, dz] = [x[row]! - x[start]!, y[row]! - y[start]!, z[row]! - z[start]!];
    const slack = unit + 1e-9 * (Math.abs(dx) + Math.abs(dy));
    let alive = false;
    for (let s = 0; s < 4; s++) {
      if (Math.abs(dx + SIGNS[s]![0] * dy + SIGNS[s]![1] * dz) > slack) strikes[s]!++;
      if (strikes[s]! <= 1 + 2 * NEARLY * rows) alive = true;
    }
    if (!alive) return null;
  }
  if (rows < 20) return null;
  const best = strikes.indexOf(Math.min(...strikes));
  return SIGNS[best]!;
}

function rangeOf({ cells }: SampledColumn): number {
  let [low, high] = [Infinity, -Infinity];
  for (const cell of cells as readonly number[]) {
    if (cell < low) low = cell;
    if (cell > high) high = cell;
  }
  return high - low;
}

/**
 * Solves Σ factor · column ≈ constant for the column it is the natural result of, and fixes rounding and constant.
 * @returns null if no rounding fits, or if the relation says too little
 */
export function solveFor(terms: readonly Term[]): Linear | null {
  for (const target of byNaturalness(terms, isExact(terms))) {
    const [column, own] = target;
    const others = terms.filter((term) => term !== target).map(([x, factor]) => [x, -factor / own] as const);
    const rule = roundedSum(column, others);
    if (rule) return rule;
  }
  const [[column, own]] = byNaturalness(terms, false) as [Term];
  const others = terms.filter(([x]) => x !== column).map(([x, factor]) => [x, -factor / own] as const);
  return mayBeRounded(terms.map(([x]) => x)) ? sumOfRounded(column, others) : null;
}

/** Columns whose numbers look rounded: whole numbers are counts as a rule. */
function mayBeRounded(columns: readonly SampledColumn[]): boolean {
  return columns.every(({ decimals }) => decimals !== null && decimals >= 1);
}

/** A sum of which target and parts were rounded afterwards; its leeway has to be small against the spread of each. */
function sumOfRounded(column: SampledColumn, others: readonly Term[]): Linear | null {
  const y = column.numbers!;
  const sum = weigh(others, y.length);
  const rows = rowsOfBoth(sum, y);
  if (rows.length < 20) return null;
  const middle = medianRest(sum, y, rows);
  const leeway = others.reduce(
    (all, [x, factor]) => all + 0.5 * Math.abs(factor) * unitOf(x),
    0.5 * unitOf(column),
  );
  if ([column, ...others.map(([x]) => x)].some((x) => rangeOf(x) < MIN_SPREAD * leeway)) return null;
  const near = rows.filter((row) => Math.abs(y[row]! - sum[row]! - middle) <= 2 * leeway);
  if (near.length < (1 - NEARLY) * rows.length || !isSurprising(sum, y, rows, 2 * leeway)) return null;
  const slack = (1 + 1e-7) * leeway + 1e-11 * Math.abs(middle);
  const constant = constantFor(sum, y, near, 1, { below: slack, above: slack });
  if (constant === null) return null;
  const rule = linear(column, others, { factor: 1, constant, rounding: 'nearest' });
  return { ...rule, inputDecimals: others.map(([x]) => x.decimals!) };
}

/** Whether a factor is a short decimal, or one divided by a small number: the noise of a fit is neither. */
function isShort(factor: number): boolean {
  for (let by = 1; by <= MAX_DIVISOR; by++) {
    const whole = factor * by * 1e6;
    if (Math.abs(whole - Math.round(whole)) <= 1e-9 * Math.abs(whole)) return true;
  }
  return false;
}

function roundedSum(column: SampledColumn, others: readonly Term[]): Linear | null {
  if (!others.every(([, factor]) => isShort(factor))) return null;
  const y = column.numbers!;
  const sum = weigh(others, y.length);
  const roundings: readonly Rounding[] = column.decimals === null ? ['nearest'] : ['nearest', 'down', 'up'];
  const rows = rowsOfBoth(sum, y);
  if (rows.length < 20) return null;
  const middle = medianRest(sum, y, rows);
  // Without rounding a sum hits the cells exactly; so a target as fine as its parts has no leeway.
  const finest = Math.min(...others.map(([x]) => unitOf(x)));
  const whole = others.every(([, factor]) => Math.abs(factor) === 1);
  const exact = whole && finest >= unitOf(column);
  // What a rounding could swallow is no part of the sum.
  if (!exact && others.some(([x, factor]) => rangeOf(x) * Math.abs(factor) < 3 * unitOf(column))) return null;
  let first: Linear | null = null;
  for (const rounding of exact ? (['nearest'] as const) : roundings) {
    const magnitude = Math.abs(y[rows[0]!]!) + Math.abs(sum[rows[0]!]!);
    const bits = 0.1 * unitOf(column);
    const slack = exact ? { below: bits, above: bits } : roundingSlack(column.decimals, rounding, magnitude);
    const width = slack.below + slack.above;
    const near = rows.filter((row) => Math.abs(y[row]! - sum[row]! - middle) <= width);
    if (near.length < (1 - NEARLY) * rows.length) continue;
    const constant = constantFor(sum, y, near, 1, slack);
    if (constant === null || !isSurprising(sum, y, rows, width)) continue;
    const rule = linear(column, others, { factor: 1, constant, rounding });
    if (constant === 0) return rule;
    first ??= rule;
  }
  return first;
}

/** True if nothing is rounded: the sum is the same to a tenth of the finest unit in nearly all rows. */
function isExact(terms: readonly Term[]): boolean {
  const sum = weigh(terms, terms[0]![0].codes.length).filter((value) => !Number.isNaN(value));
  const middle = Float64Array.from(sum.subarray(0, 201)).sort()[Math.min(sum.length, 201) >> 1]!;
  const slack = 0.1 * Math.min(...terms.map(([column]) => unitOf(column)));
  const exact = sum.filter((value) => Math.abs(value - middle) <= slack + 1e-11 * Math.abs(middle));
  return exact.length >= (1 - NEARLY) * sum.length;
}

/** A shifted target must miss: else few values or many zeros make the sum. */
function isSurprising(sum: Float64Array, y: Float64Array, rows: Int32Array, width: number): boolean {
  let missed = 0;
  for (let i = 0; i < rows.length; i++) {
    const other = rows[(i + 1) % rows.length]!;
    if (Math.abs(y[other]! - y[rows[i]!]! - (sum[rows[i]!]! - sum[rows[i]!]!)) > width) missed++;
  }
  return missed >= 30;
}

export function weigh(terms: readonly Term[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const [{ numbers }, factor] of terms) {
    for (let row = 0; row < length; row++) sum[row]! += factor * numbers![row]!;
  }
  return sum;
}

function rowsOfBoth(x: Float64Array, y: Float64Array): Int32Array {
  const rows = new Int32Array(x.length);
  let count = 0;
  for (let row = 0; row < x.length; row++) if (!Number.isNaN(x[row]! + y[row]!)) rows[count++] = row;
  return rows.subarray(0, count);
}

function medianRest(sum: Float64Array, y: Float64Array, rows: Int32Array): number {
  const rests = Float64Array.from(rows.subarray(0, 201), (row) => y[row]! - sum[row]!).sort();
  return rests[rests.length >> 1]!;
}

/** 0 for a factor of ±1, more for one of more digits. */
function oddness(factor: number): number {
  const size = Math.abs(factor);
  if (size === 1) return 0;
  return (
    String(Number(size.toPrecision(12)))
      .replace('.', '')
      .replace(/^0+/, '').length + (Number.isInteger(size) ? 0 : 1)
  );
}

/**
 * Terms by how natural they are as the result: rounded coarser than the others; a total whose parts all have the other
 * sign; what may be negative while the others are not (a difference). Factors of few digits are better.
 */
function byNaturalness(terms: readonly Term[], exact: boolean): Term[] {
  const units = terms.map(([column]) => unitOf(column));
  const coarsest = Math.max(...units);
  const negative = terms.map(([{ cells }]) => cells.some((cell) => typeof cell === 'number' && cell < 0));
  const score = (term: Term, i: number) => {
    const [, own] = term;
    const others = terms.filter((other) => other !== term);
    let points = 0;
    if (!exact && units[i] === coarsest && units.some((unit) => unit < coarsest)) points += 100;
    for (const [, factor] of others) points -= 2 * oddness(factor / own);
    if (others.every(([, factor]) => Math.sign(factor) === -Math.sign(own))) points += 5;
    if (negative[i] && negative.filter(Boolean).length === 1) points += 7;
    return points + (i / terms.length) * 0.5;
  };
  const scores = new Map(terms.map((term, i) => [term, score(term, i)]));
  return [...terms].sort((a, b) => scores.get(b)! - scores.get(a)!);
}
