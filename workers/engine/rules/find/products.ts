import type { Rounding, RuleOf } from '../../../../src/domain/rules';
import { roundingSlack } from '../../../rules/decimals';
import { NEARLY } from './evidence';
import { factorThroughOrigin } from './fit-line';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';
import { stepsOf, unitOf } from './units';

type Product = RuleOf<'product'>;
type Factor = readonly [SampledColumn, 1 | -1];

/** Above so many columns, only the first are tried. */
const MAX_MULTIPLIED = 110;
/** … as products of three. */
const MAX_THREE = 50;

/** Columns that are the product or ratio of two others, or the product of three, times a constant. */
export async function findProducts(columns: readonly SampledColumn[], pacer: Pacer): Promise<Product[]> {
  const numeric = columns
    .filter(({ type, cells }) => type === 'number' && cells.length >= 3)
    .slice(0, MAX_MULTIPLIED);
  const found: Product[] = [];
  for (const [i, a] of numeric.entries()) {
    for (const [j, b] of numeric.entries()) {
      if (j <= i) continue;
      for (const c of numeric.slice(j + 1)) {
        const rule = productOrRatio(a, b, c);
        if (rule) found.push(rule);
      }
      if (pacer.due) await pacer.tick();
    }
  }
  if (numeric.length <= MAX_THREE) found.push(...(await productsOfThree(numeric, pacer)));
  return found;
}

/** Which of three columns is the result of which: products before ratios, the last column before the others. */
const SHAPES: readonly (readonly [target: number, first: number, second: number, power: 1 | -1])[] = [
  [2, 0, 1, 1],
  [1, 0, 2, 1],
  [0, 1, 2, 1],
  [2, 0, 1, -1],
  [2, 1, 0, -1],
  [1, 0, 2, -1],
  [1, 2, 0, -1],
  [0, 1, 2, -1],
  [0, 2, 1, -1],
];

/**
 * The product or ratio that three columns keep. Of several that hold, the one whose target takes most steps says most: a
 * whole number of pieces follows from a share of three decimals, and not the other way round.
 */
function productOrRatio(...three: readonly [SampledColumn, SampledColumn, SampledColumn]): Product | null {
  let best: Product | null = null;
  let bestSteps = 0;
  for (const [target, first, second, power] of SHAPES) {
    const steps = best ? stepsOf(three[target]!) : Infinity;
    if (steps <= 1.5 * bestSteps) continue;
    const rule = productOf(three[target]!, [
      [three[first]!, 1],
      [three[second]!, power],
    ]);
    if (!rule) continue;
    best = rule;
    bestSteps = stepsOf(three[target]!);
  }
  return best;
}

async function productsOfThree(numeric: readonly SampledColumn[], pacer: Pacer): Promise<Product[]> {
  const found: Product[] = [];
  for (const target of numeric) {
    const others = numeric.filter((column) => column !== target);
    for (const [i, a] of others.entries()) {
      for (const [j, b] of others.entries()) {
        if (j <= i) continue;
        for (const c of others.slice(j + 1)) {
          const rule = productOf(target, [
            [a, 1],
            [b, 1],
            [c, 1],
          ]);
          if (rule) found.push(rule);
        }
        if (pacer.due) await pacer.tick();
      }
    }
  }
  return found;
}

function productOf(target: SampledColumn, factors: readonly Factor[]): Product | null {
  const first = roughFactor(target, factors);
  if (first === null) return null;
  const y = target.numbers!;
  const x = multiply(factors, y.length);
  const roundings: readonly Rounding[] = target.decimals === null ? ['nearest'] : ['nearest', 'down', 'up'];
  for (const rounding of roundings) {
    const slack = roundingSlack(target.decimals, rounding, 1);
    const { rows, present, informative } = consistentRows(x, y, first, target);
    if (rows.length < (1 - NEARLY) * present || informative < 30) continue;
    const magnitude = rows.reduce((largest, row) => Math.max(largest, Math.abs(y[row]!)), 0);
    const factor = factorThroughOrigin(x, y, rows, roundingSlack(target.decimals, rounding, magnitude));
    if (factor === null || factor === 0 || !isSurprising(x, y, rows, factor, slack.below + slack.above))
      continue;
    if (factors.some(([column]) => isIdle(column, factors, y, rows))) continue;
    return {
      kind: 'product',
      target: target.name,
      factors: factors.map(([column, power]) => ({ column: column.name, power })),
      factor,
      decimals: target.decimals,
      rounding,
    };
  }
  return null;
}

/** The factor of one row with a large target, if the next rows agree with it; null as soon as they do not. */
function roughFactor(target: SampledColumn, factors: readonly Factor[]): number | null {
  const y = target.numbers!;
  const unit = unitOf(target);
  const [[p, pp], [q, qp], third] = [factors[0]!, factors[1]!, factors[2]];
  const [a, b, c] = [p.numbers!, q.numbers!, third?.[0].numbers];
  const productAt = (row: number) => {
    const value = (pp === 1 ? a[row]! : 1 / a[row]!) * (qp === 1 ? b[row]! : 1 / b[row]!);
    return c ? value * c[row]! : value;
  };
  let low = -Infinity;
  let high = Infinity;
  let rows = 0;
  let wrong = 0;
  for (let row = 0; row < y.length; row++) {
    const x = productAt(row);
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

function multiply(factors: readonly Factor[], length: number): Float64Array {
  const product = new Float64Array(length).fill(1);
  for (const [{ numbers }, power] of factors) {
    for (let row = 0; row < length; row++) {
      product[row] = power === 1 ? product[row]! * numbers![row]! : product[row]! / numbers![row]!;
    }
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
  let missed = 0;
  for (let i = 0; i < rows.length; i++) {
    const other = rows[(i + 1) % rows.length]!;
    if (Math.abs(factor * x[other]! - y[rows[i]!]!) > width + 1e-8 * Math.abs(y[rows[i]!]!)) missed++;
  }
  return missed >= 30;
}

/** True for a factor that has nearly one value in the rows that count: the others make the target without it. */
function isIdle(
  column: SampledColumn,
  factors: readonly Factor[],
  y: Float64Array,
  rows: Int32Array,
): boolean {
  const counts = new Map<number, number>();
  let counted = 0;
  for (const row of rows) {
    if (y[row] === 0) continue;
    counted++;
    counts.set(column.codes[row]!, (counts.get(column.codes[row]!) ?? 0) + 1);
  }
  return factors.length > 1 && counted - Math.max(0, ...counts.values()) < 15;
}
