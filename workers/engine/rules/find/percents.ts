import { columnsOfRule, type RuleOf } from '../../../../src/domain/rules';
import { lowerBound } from '../../encoding/sorted-values';
import { productOf, type SampledFactor } from './fit-product';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';
import { stepsOf, unitOf } from './units';

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

interface RateColumn {
  readonly column: SampledColumn;
  readonly per: number;
}

/**
 * Columns that are another one, or the product or ratio of two, with percents added or taken off: price · (1 − discount),
 * quantity · price · (1 − discount / 100), net · (1 + rate), gross / (1 + rate), and with two such columns. Percents are
 * numbers from 0 to 100, shares from 0 to 1, of at most 200 different values. There is no constant.
 * @param numbers columns of numbers, of which some may be percents
 * @param numeric those that are tried as targets and other factors
 */
export async function findPercents(
  factor: MakeFactor,
  numbers: readonly SampledColumn[],
  numeric: readonly SampledColumn[],
  pacer: Pacer,
): Promise<Product[]> {
  const columns = numbers
    .map((column) => ({ column, per: perOf(column) }))
    .filter(({ per }) => per > 0)
    .sort((a, b) => a.column.cells.length - b.column.cells.length)
    .slice(0, MAX_RATE_COLUMNS)
    .filter((own, i, all) => !all.slice(0, i).some((other) => sayTheSame(own, other)));
  if (columns.length === 0) return [];
  const single: Rate[] = columns.flatMap(({ column, per }) =>
    [per, -per].flatMap((signed) => [1, -1].map((power) => [factor(column, power, signed)])),
  );
  const plain = single.flatMap(([own]) => (own!.power > 0 ? [own!] : []));
  const double: Rate[] = plain.flatMap((a, i) =>
    plain.slice(i + 1).flatMap((b) => (a.column === b.column ? [] : [[a, b]])),
  );
  const found: { readonly rule: Product; readonly steps: number }[] = [];
  for (const target of numeric) {
    const rows = rowsToLookAt(target);
    const one = new FirstLook(target, rows, single);
    const two = new FirstLook(target, rows, double);
    const seek = (look: FirstLook, ...base: readonly SampledFactor[]) => {
      for (const rate of look.fitting(base)) {
        if (rate.some(({ column }) => column === target || base.some((own) => own.column === column)))
          continue;
        const rule = productOf(target, [...base, ...rate]);
        if (rule?.factor === 1) found.push({ rule, steps: stepsOf(target) });
      }
    };
    const others = numeric.filter((column) => column !== target);
    const inRows = others.map(({ numbers }) => Float64Array.from(rows, (row) => numbers![row]!));
    const times = new Float64Array(rows.length);
    const over = new Float64Array(rows.length);
    for (const [i, a] of others.entries()) {
      const first = inRows[i]!;
      if (one.mayFit(first)) seek(one, factor(a, 1));
      if (two.mayFit(first)) seek(two, factor(a, 1));
      for (const [j, b] of others.entries()) {
        const second = inRows[j]!;
        for (let k = 0; k < rows.length; k++) {
          times[k] = first[k]! * second[k]!;
          over[k] = first[k]! / second[k]!;
        }
        if (j !== i && one.mayFit(over)) seek(one, factor(a, 1), factor(b, -1));
        if (j <= i) continue;
        if (one.mayFit(times)) seek(one, factor(a, 1), factor(b, 1));
        if (numeric.length <= MAX_TWO_BY_TWO && two.mayFit(times)) seek(two, factor(a, 1), factor(b, 1));
      }
      if (pacer.due) await pacer.tick();
    }
  }
  // Of the same columns, a target of few steps only follows roughly.
  const columnsOf = ({ rule }: (typeof found)[number]) => JSON.stringify([...columnsOfRule(rule)].sort());
  const isFine = (own: (typeof found)[number]) =>
    !found.some((other) => other.steps > 1.5 * own.steps && columnsOf(other) === columnsOf(own));
  return found.filter(isFine).map(({ rule }) => rule);
}

/** What one unit of a column adds to 1: 1 for shares, 0.01 for percents, 0 for other columns. */
function perOf({ cells, decimals }: SampledColumn): number {
  if (decimals === null || decimals > 6 || cells.length < 2 || cells.length > MAX_RATES) return 0;
  const values = cells as readonly number[];
  const max = Math.max(...values);
  if (Math.min(...values) < 0 || max > 100 || (max <= 1 && decimals === 0)) return 0;
  return max > 1 ? 0.01 : 1;
}

/** Whether two columns are the same shares, one of them perhaps as percents. */
function sayTheSame(a: RateColumn, b: RateColumn): boolean {
  return a.column.numbers!.every((value, row) => {
    const other = b.column.numbers![row]!;
    return Number.isNaN(value) ? Number.isNaN(other) : Math.abs(a.per * value - b.per * other) < 1e-9;
  });
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
  /** Least and greatest rate of each row. */
  readonly #low: readonly number[];
  readonly #high: readonly number[];

  constructor(target: SampledColumn, rows: readonly number[], rates: readonly Rate[]) {
    this.#rows = rows;
    this.#cells = rows.map((row) => target.numbers![row]!);
    this.#slack = this.#cells.map((cell) => 1.01 * unitOf(target) + 1e-9 * Math.abs(cell));
    this.#rates = rates;
    const inRows = rows.map((row) =>
      rates.map((rate) => product(rate, row)).filter((value) => !Number.isNaN(value)),
    );
    this.#low = inRows.map((values) => Math.min(...values));
    this.#high = inRows.map((values) => Math.max(...values));
  }

  /** False if no rate is small or large enough. @param base its values in the rows */
  mayFit(base: Float64Array): boolean {
    for (let i = 0; i < base.length; i++) {
      const needed = this.#cells[i]! / base[i]!;
      const slack = this.#slack[i]! / Math.abs(base[i]!);
      if (needed + slack < this.#low[i]! || needed - slack > this.#high[i]!) return false;
    }
    return true;
  }

  /** Rates that give the target from the base in all of the rows in which none of them is missing. */
  fitting(base: readonly SampledFactor[]): Rate[] {
    const at = this.#rows.findIndex((row) => Number.isFinite(product(base, row)));
    if (at < 0 || this.#rates.length === 0) return [];
    const value = product(base, this.#rows[at]!);
    if (value === 0) return [];
    const [one, other] = [-1, 1].map((side) => (this.#cells[at]! + side * this.#slack[at]!) / value);
    const { values, rates } = this.#ratesOf(at);
    const fits: Rate[] = [];
    const high = Math.max(one!, other!);
    for (let i = lowerBound(values, Math.min(one!, other!)); i < values.length && values[i]! <= high; i++) {
      if (this.#holds(base, rates[i]!)) fits.push(rates[i]!);
    }
    for (let i = values.length - 1; i >= 0 && Number.isNaN(values[i]!); i--) {
      if (this.#holds(base, rates[i]!)) fits.push(rates[i]!);
    }
    return fits;
  }

  #holds(base: readonly SampledFactor[], rate: Rate): boolean {
    return this.#rows.every((row, i) => {
      const value = product(base, row) * product(rate, row);
      return Math.abs(value - this.#cells[i]!) <= this.#slack[i]! || Number.isNaN(value);
    });
  }

  #ratesOf(at: number): SortedRates {
    this.#sorted[at] ??= sortedRates(this.#rates, this.#rows[at]!);
    return this.#sorted[at];
  }
}

function product(factors: readonly SampledFactor[], row: number): number {
  let value = 1;
  for (const { values } of factors) value *= values[row]!;
  return value;
}

function sortedRates(rates: readonly Rate[], row: number): SortedRates {
  const own = Float64Array.from(rates, (rate) => product(rate, row));
  const order = Uint32Array.from(rates, (_, i) => i).sort((a, b) => {
    const [x, y] = [own[a]!, own[b]!];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return x - y || a - b;
  });
  return { values: Float64Array.from(order, (i) => own[i]!), rates: Array.from(order, (i) => rates[i]!) };
}
