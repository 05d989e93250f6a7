import type { Rounding, RuleOf } from '../../../../src/domain/rules';
import { roundingSlack } from '../decimals';
import { NEARLY } from './evidence';
import { factorThroughOrigin } from './fit-line';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';
import { unitOf } from './sums';

type Product = RuleOf<'product'>;
type Factor = readonly [SampledColumn, 1 | -1];

/** Above so many columns, only the first are tried. */
const MAX_MULTIPLIED = 110;
/** … as products of three. */
const MAX_THREE = 26;

/** Columns that are the product or ratio of two others, or the product of three, times a constant. */
export async function findProducts(columns: readonly SampledColumn[], pacer: Pacer): Promise<Product[]> {
  const numeric = columns
    .filter(({ type, cells }) => type === 'number' && cells.length >= 3)
    .slice(0, MAX_MULTIPLIED);
  const found: Product[] = [];
  const tied = new Set<string>();
  const tryOut = (target: SampledColumn, factors: readonly Factor[]) => {
    const rule = productOf(target, factors);
    if (!rule) return false;
    found.push(rule);
    tied.add(keyOf([target, ...factors.map(([column]) => column)]));
    return true;
  };
  for (let i = 0; i < numeric.length; i++) {
    for (let j = i + 1; j < numeric.length; j++) {
      for (let k = j + 1; k < numeric.length; k++) {
        const [a, b, c] = [numeric[i]!, numeric[j]!, numeric[k]!];
        const plain = [c, b, a].some((target) =>
          tryOut(
            target,
            [a, b, c].filter((column) => column !== target).map((column) => [column, 1] as const),
          ),
        );
        if (!plain) {
          const ways: readonly (readonly [SampledColumn, SampledColumn, SampledColumn])[] = [
            [c, a, b],
            [c, b, a],
            [b, a, c],
            [b, c, a],
            [a, b, c],
            [a, c, b],
          ];
          ways.some(([target, over, under]) =>
            tryOut(target, [
              [over, 1],
              [under, -1],
            ]),
          );
        }
      }
      if (pacer.due) await pacer.tick();
    }
  }
  if (numeric.length <= MAX_THREE) {
    for (const target of numeric) {
      const others = numeric.filter((column) => column !== target);
      for (let i = 0; i < others.length; i++) {
        for (let j = i + 1; j < others.length; j++) {
          for (let k = j + 1; k < others.length; k++) {
            const three = [others[i]!, others[j]!, others[k]!];
            // What two of them make already is no product of three.
            const pairs = [
              [three[0]!, three[1]!],
              [three[0]!, three[2]!],
              [three[1]!, three[2]!],
            ];
            if (pairs.some((pair) => tied.has(keyOf([target, ...pair]))) || tied.has(keyOf(three))) continue;
            tryOut(
              target,
              three.map((column) => [column, 1] as const),
            );
          }
          if (pacer.due) await pacer.tick();
        }
      }
    }
  }
  return found;
}

function keyOf(columns: readonly SampledColumn[]): string {
  return columns
    .map(({ at }) => at)
    .sort((a, b) => a - b)
    .join(' ');
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
    const most = rows.reduce((largest, row) => Math.max(largest, Math.abs(y[row]!)), 0);
    const factor = factorThroughOrigin(x, y, rows, roundingSlack(target.decimals, rounding, most));
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
