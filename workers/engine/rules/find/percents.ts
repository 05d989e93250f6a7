import type { RuleOf } from '../../../../src/domain/rules';
import { productOf, type SampledFactor } from './fit-product';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';
import { unitOf } from './units';

type Product = RuleOf<'product'>;
type MakeFactor = (column: SampledColumn, power: number, per?: number) => SampledFactor;

/** Different values that a column of percents or shares has at most. */
const MAX_RATES = 200;
/** Columns of percents that are tried, those of fewest values first. */
const MAX_RATE_COLUMNS = 24;
/** Above so many columns, two columns of percents are tried with one other factor only. */
const MAX_TWO_BY_TWO = 50;
/** Rows of a first look, in which all but few candidates fail. */
const LOOKED_ROWS = 6;

/** Percents of one column, or of two. */
type Rate = readonly SampledFactor[];

/**
 * Columns that are another one, or the product or ratio of two, with percents added or taken off: price · (1 − discount),
 * quantity · price · (1 − discount / 100), net · (1 + rate), gross / (1 + rate), and with two such columns. Percents are
 * numbers from 0 to 100, shares from 0 to 1, of at most 200 different values. There is no constant.
 */
export async function findPercents(
  factor: MakeFactor,
  numeric: readonly SampledColumn[],
  pacer: Pacer,
): Promise<Product[]> {
  const columns = numeric
    .map((column) => ({ column, per: perOf(column) }))
    .filter(({ per }) => per > 0)
    .sort((a, b) => a.column.cells.length - b.column.cells.length)
    .slice(0, MAX_RATE_COLUMNS);
  if (columns.length === 0) return [];
  const single: Rate[] = columns.flatMap(({ column, per }) =>
    [per, -per].flatMap((signed) => [1, -1].map((power) => [factor(column, power, signed)])),
  );
  const plain = single.flatMap(([own]) => (own!.power > 0 ? [own!] : []));
  const double: Rate[] = plain.flatMap((a, i) =>
    plain.slice(i + 1).flatMap((b) => (a.column === b.column ? [] : [[a, b]])),
  );
  const found: Product[] = [];
  for (const target of numeric) {
    const rows = rowsToLookAt(target);
    const one = new FirstLook(target, rows, single);
    const two = new FirstLook(target, rows, double);
    const seek = (look: FirstLook, base: readonly SampledFactor[]) => {
      for (const rate of look.fitting(base)) {
        if (rate.some(({ column }) => column === target || base.some((own) => own.column === column)))
          continue;
        const rule = productOf(target, [...base, ...rate]);
        if (rule?.factor === 1) found.push(rule);
      }
    };
    const others = numeric.filter((column) => column !== target).map((column) => factor(column, 1));
    for (const [i, a] of others.entries()) {
      seek(one, [a]);
      seek(two, [a]);
      for (const [j, b] of others.entries()) {
        if (j !== i) seek(one, [a, factor(b.column, -1)]);
        if (j <= i) continue;
        seek(one, [a, b]);
        if (numeric.length <= MAX_TWO_BY_TWO) seek(two, [a, b]);
      }
      if (pacer.due) await pacer.tick();
    }
  }
  return found;
}

/** What one unit of a column adds to 1: 1 for shares, 0.01 for percents, 0 for other columns. */
function perOf({ cells, decimals }: SampledColumn): number {
  if (decimals === null || decimals > 6 || cells.length < 2 || cells.length > MAX_RATES) return 0;
  const values = cells as readonly number[];
  const max = Math.max(...values);
  if (Math.min(...values) < 0 || max > 100 || (max <= 1 && decimals === 0)) return 0;
  return max > 1 ? 0.01 : 1;
}

/** Rows in which a target is large, so that its rounding says little. */
function rowsToLookAt(target: SampledColumn): number[] {
  return [...target.numbers!.slice(0, 20 * LOOKED_ROWS).entries()]
    .filter(([, cell]) => !Number.isNaN(cell) && cell !== 0)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, LOOKED_ROWS)
    .map(([row]) => row);
}

/** Rates of one row in ascending order; those without a value there come last. */
interface SortedRates {
  readonly values: Float64Array;
  readonly rates: readonly Rate[];
}

/** Finds the rates that may give a target, by its values in a few rows. */
class FirstLook {
  readonly #rows: readonly number[];
  readonly #cells: readonly number[];
  readonly #slack: readonly number[];
  readonly #rates: readonly Rate[];
  readonly #sorted: SortedRates[] = [];

  constructor(target: SampledColumn, rows: readonly number[], rates: readonly Rate[]) {
    this.#rows = rows;
    this.#cells = rows.map((row) => target.numbers![row]!);
    this.#slack = this.#cells.map((cell) => 1.01 * unitOf(target) + 1e-9 * Math.abs(cell));
    this.#rates = rates;
  }

  /** Rates that give the target from the base in all of the rows in which none of them is missing. */
  fitting(base: readonly SampledFactor[]): Rate[] {
    const at = this.#rows.findIndex((row) => Number.isFinite(valueOf(base, row)));
    if (at < 0 || this.#rates.length === 0) return [];
    const product = valueOf(base, this.#rows[at]!);
    if (product === 0) return [];
    const [one, other] = [-1, 1].map((side) => (this.#cells[at]! + side * this.#slack[at]!) / product);
    const { values, rates } = this.#ratesOf(at);
    const fits: Rate[] = [];
    const high = Math.max(one!, other!);
    for (let i = firstFrom(values, Math.min(one!, other!)); i < values.length && values[i]! <= high; i++) {
      if (this.#holds(base, rates[i]!)) fits.push(rates[i]!);
    }
    for (let i = values.length - 1; i >= 0 && Number.isNaN(values[i]!); i--) {
      if (this.#holds(base, rates[i]!)) fits.push(rates[i]!);
    }
    return fits;
  }

  #holds(base: readonly SampledFactor[], rate: Rate): boolean {
    return this.#rows.every((row, i) => {
      const product = valueOf(base, row) * valueOf(rate, row);
      return Math.abs(product - this.#cells[i]!) <= this.#slack[i]! || Number.isNaN(product);
    });
  }

  #ratesOf(at: number): SortedRates {
    this.#sorted[at] ??= sortedRates(this.#rates, this.#rows[at]!);
    return this.#sorted[at];
  }
}

function valueOf(factors: readonly SampledFactor[], row: number): number {
  let product = 1;
  for (const { values } of factors) product *= values[row]!;
  return product;
}

function sortedRates(rates: readonly Rate[], row: number): SortedRates {
  const own = Float64Array.from(rates, (rate) => valueOf(rate, row));
  const order = Uint32Array.from(rates, (_, i) => i).sort((a, b) => {
    const [x, y] = [own[a]!, own[b]!];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return x - y || a - b;
  });
  return { values: Float64Array.from(order, (i) => own[i]!), rates: Array.from(order, (i) => rates[i]!) };
}

/** Index of the first value that is not below the limit; NaN, which come last, are above. */
function firstFrom(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
