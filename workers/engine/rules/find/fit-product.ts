import { factorValue } from '../../../../src/domain/product-factor';
import type { Factor, Rounding, RuleOf } from '../../../../src/domain/rules';
import { roundingSlack, type Slack } from '../../../rules/decimals';
import { NEARLY } from './evidence';
import { factorThroughOrigin } from './fit-line';
import type { SampledColumn } from './sampled-column';
import { unitOf } from './units';

type Product = RuleOf<'product'>;

/** A column as a factor of a product, with what it contributes in each row of the sample. */
export interface SampledFactor {
  readonly column: SampledColumn;
  readonly power: number;
  readonly per?: number;
  /** [rows] NaN = missing; infinite for a divisor of 0. */
  readonly values: Float64Array;
}

/** Makes factors; the same column, power and share give the same object. */
export function factorMaker(): (column: SampledColumn, power: number, per?: number) => SampledFactor {
  const made = new Map<SampledColumn, SampledFactor[]>();
  return (column, power, per) => {
    let own = made.get(column);
    if (!own) {
      own = [];
      made.set(column, own);
    }
    for (const factor of own) if (factor.power === power && factor.per === per) return factor;
    const form: Pick<Factor, 'power' | 'per'> = per === undefined ? { power } : { power, per };
    const isPlain = power === 1 && per === undefined;
    const values = isPlain ? column.numbers! : column.numbers!.map((value) => factorValue(form, value));
    const factor = { column, ...form, values };
    own.push(factor);
    return factor;
  };
}

/** The product of one to four factors, times a constant, that a column keeps. */
export function productOf(target: SampledColumn, factors: readonly SampledFactor[]): Product | null {
  const first = roughFactor(target, factors);
  if (first === null) return null;
  const y = target.numbers!;
  const x = multiply(factors, y.length);
  const roundings: readonly Rounding[] = target.decimals === null ? ['nearest'] : ['nearest', 'down', 'up'];
  for (const rounding of roundings) {
    const slack = roundingSlack(target.decimals, rounding, 1);
    const width = slack.below + slack.above;
    const { rows, present, informative } = consistentRows(x, y, first, target);
    if (rows.length < (1 - NEARLY) * present || informative < 30) continue;
    const magnitude = rows.reduce((largest, row) => Math.max(largest, Math.abs(y[row]!)), 0);
    const factor = factorThroughOrigin(x, y, rows, roundingSlack(target.decimals, rounding, magnitude));
    if (factor === null || factor === 0 || !isSurprising(x, y, rows, factor, width)) continue;
    if (factors.length > 1 && factors.some((own) => isIdle(own, x, y, rows, factor, width))) continue;
    return {
      kind: 'product',
      target: target.name,
      factors: factors.map(({ column, power, per }) => ({
        ...{ column: column.name, power },
        ...(per !== undefined && { per }),
      })),
      factor: circularFactor(factor, factors, x, y, rows, slack) ?? factor,
      decimals: target.decimals,
      rounding,
    };
  }
  return null;
}

/** What circles, balls and cylinders take of the powers of their radius or diameter. */
const CIRCULAR = [1 / 6, 1 / 4, 1 / 3, 1 / 2, 1, 4 / 3, 2, 4].map((share) => share * Math.PI);

/** A multiple of π for a factor of many digits, if squares or cubes are among the factors and all rows keep it. */
function circularFactor(
  factor: number,
  factors: readonly SampledFactor[],
  x: Float64Array,
  y: Float64Array,
  rows: Int32Array,
  { below, above }: Slack,
): number | null {
  if (factors.every(({ power }) => Math.abs(power) < 2) || Number(factor.toPrecision(4)) === factor)
    return null;
  for (const share of CIRCULAR) {
    // Units may differ by a power of ten: centimetres and litres.
    const candidate = share * 10 ** Math.round(Math.log10(Math.abs(factor) / share)) * Math.sign(factor);
    if (Math.abs(candidate / factor - 1) > 1e-3) continue;
    const keeps = (row: number) => {
      const value = candidate * x[row]!;
      const bits = 1e-11 * Math.abs(value);
      return value >= y[row]! - below - bits && value <= y[row]! + above + bits;
    };
    if (rows.every(keeps)) return candidate;
  }
  return null;
}

/** The factor of one row with a large target, if the next rows agree with it; null as soon as they do not. */
function roughFactor(target: SampledColumn, factors: readonly SampledFactor[]): number | null {
  const y = target.numbers!;
  const unit = unitOf(target);
  const a = factors[0]!.values;
  const [b, c, d] = [factors[1]?.values, factors[2]?.values, factors[3]?.values];
  let low = -Infinity;
  let high = Infinity;
  let rows = 0;
  let wrong = 0;
  for (let row = 0; row < y.length; row++) {
    let x = a[row]!;
    if (b) x *= b[row]!;
    if (c) x *= c[row]!;
    if (d) x *= d[row]!;
    const cell = y[row]!;
    if (Number.isNaN(cell) || !Number.isFinite(x)) continue;
    rows++;
    const slack = unit * 1.01 + 1e-9 * Math.abs(cell);
    let consistent: boolean;
    if (x === 0) consistent = Math.abs(cell) <= slack;
    else {
      const one = (cell - slack) / x;
      const other = (cell + slack) / x;
      const [from, to] = one < other ? [one, other] : [other, one];
      consistent = from <= high && to >= low;
      if (consistent) {
        low = Math.max(low, from);
        high = Math.min(high, to);
      }
    }
    if (!consistent && ++wrong > 2 * NEARLY * rows) return null;
  }
  return rows >= 30 && Number.isFinite(low + high) ? (low + high) / 2 : null;
}

function multiply(factors: readonly SampledFactor[], length: number): Float64Array {
  const product = new Float64Array(length).fill(1);
  for (const { values } of factors) {
    for (let row = 0; row < length; row++) product[row] = product[row]! * values[row]!;
  }
  return product.map((value) => (Number.isFinite(value) ? value : Number.NaN));
}

/** Rows within a unit of the rough factor; informative ones have a target of several units. */
function consistentRows(x: Float64Array, y: Float64Array, factor: number, target: SampledColumn) {
  const unit = unitOf(target);
  const rows: number[] = [];
  let present = 0;
  let informative = 0;
  for (let row = 0; row < y.length; row++) {
    if (Number.isNaN(x[row]! + y[row]!)) continue;
    present++;
    if (Math.abs(factor * x[row]! - y[row]!) > 2.02 * unit + 1e-8 * Math.abs(y[row]!)) continue;
    rows.push(row);
    if (Math.abs(y[row]!) >= 3 * unit) informative++;
  }
  return { rows: Int32Array.from(rows), present, informative };
}

/** The product of another row must miss the target often: else few values make it. */
function isSurprising(
  x: Float64Array,
  y: Float64Array,
  rows: Int32Array,
  factor: number,
  width: number,
): boolean {
  return misses((_, other) => factor * x[other]!, y, rows, width, 30);
}

/** True for a factor of which another row's value hardly ever misses: the others make the target without it. */
function isIdle(
  { values }: SampledFactor,
  x: Float64Array,
  y: Float64Array,
  rows: Int32Array,
  factor: number,
  width: number,
): boolean {
  return !misses((row, other) => factor * (x[row]! / values[row]!) * values[other]!, y, rows, width, 15);
}

/** Whether values made of a row and the next one miss the row's target in so many rows. */
function misses(
  valueAt: (row: number, other: number) => number,
  y: Float64Array,
  rows: Int32Array,
  width: number,
  needed: number,
): boolean {
  let missed = 0;
  for (let i = 0; i < rows.length && missed < needed; i++) {
    const row = rows[i]!;
    const value = valueAt(row, rows[(i + 1) % rows.length]!);
    if (Math.abs(value - y[row]!) > width + 1e-8 * Math.abs(y[row]!)) missed++;
  }
  return missed >= needed;
}
