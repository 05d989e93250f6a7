import { DAY } from '../../../../src/domain/calendar';
import { type ColumnData, columnLength } from '../../../../src/domain/column-data';
import type { ResolvedEncodingType } from '../../../../src/domain/columns';
import { MAX_DISCRETE, MIN_DISCRETE_SHARE } from '../../../../src/domain/decide-encoding';
import { oftenEqualRows } from '../../../rules/rows/values';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { isNull, runsOf, sortValues } from '../../encoding/sorted-values';
import { type DateColumns, EQUAL, type ExtraColumn, type Measure, OTHER } from '../../models/kept-rules';
import { cellOf, type PlaneCells } from '../../models/plane-cells';
import { quotientsOf, ratesOf, ratiosOf, restsOf } from './close-values';
import { daysOf, periodsOfDays } from './date-periods';

/** Units that a gap between dates is counted in, the largest first. */
const UNITS = [DAY, 3_600_000, 60_000, 1000, 1] as const;
/** A value of so many rows is never rare. */
const NEVER_RARE = 6;

/** Two columns of positive numbers that are close in many rows; with `by`, `to` and the product of `from` and `by`. */
export interface CloseNumbers {
  readonly from: string;
  readonly by?: string;
  readonly to: string;
  /** Rows closer than this share of the larger number get their ratio learned. */
  readonly tolerance: number;
  /** Share of rows that are closer than chance would bring. */
  readonly gain: number;
}

/** `to` is `from` at one of the rates in many rows; the rates ascend. */
export interface Rates {
  readonly from: string;
  readonly to: string;
  readonly rates: readonly number[];
  /** Of the different pairs of numbers, those that a rate leads to. */
  readonly share: number;
}

/** `to` by `from` is sharper than the bins of both. */
export interface Quotient {
  readonly from: string;
  readonly to: string;
}

/** `to` is close to the sum of its terms in many rows. */
export interface CloseSum {
  readonly to: string;
  readonly terms: readonly { readonly column: string; readonly factor: number }[];
  /** Rows no farther from the sum get their rest learned. */
  readonly tolerance: number;
  /** Of the last digit of all numbers. */
  readonly unit: number;
}

/** Reads the training rows of a column that takes part. */
export type ReadColumn = (name: string) => Promise<RuleColumn>;

/** Milliseconds from one date to another, in days where one of them has no time. NaN where one is missing. */
function distances(low: RuleColumn, high: RuleColumn): Float64Array {
  const [from, to] = [numbersOf(low), numbersOf(high)];
  const byDay = low.storageType === 'date' || high.storageType === 'date';
  const start = (value: number) => (byDay ? Math.floor(value / DAY) * DAY : value);
  return from.map((value, row) => start(to[row]!) - start(value));
}

/**
 * The extra column that keeps an order of two date columns.
 * @param name of the new column
 */
export function planGap(low: RuleColumn, high: RuleColumn, name: string): ExtraColumn {
  const gaps = distances(low, high);
  const unit =
    UNITS.find((candidate) => gaps.every((gap) => Number.isNaN(gap) || gap % candidate === 0)) ?? 1;
  const data = toUnits(gaps, unit);
  const schema = { name, originalName: name, storageType: 'integer' as const };
  const measure: Measure = { kind: 'gap', unit };
  return { schema, encodingType: encodingOf(data), from: low.name, to: high.name, measure };
}

/**
 * The extra column of a number that is often close to another one, or to its product with a third.
 * @param name of the new column
 */
export function planRatio({ from, by, to, tolerance }: CloseNumbers, name: string): ExtraColumn {
  const schema = { name, originalName: name, storageType: 'float' as const };
  const measure: Measure = { kind: 'ratio', tolerance, ...(by !== undefined && { by }) };
  return { schema, encodingType: 'TABULAR_NUMERIC_BINNED', from, to, measure };
}

/**
 * The extra column of a number that is often another one at one of few rates.
 * @param unit that the number is a multiple of
 * @param name of the new column
 */
export function planRate({ from, to, rates }: Rates, unit: number, name: string): ExtraColumn {
  const schema = { name, originalName: name, storageType: 'float' as const };
  return {
    schema,
    encodingType: 'TABULAR_NUMERIC_DISCRETE',
    from,
    to,
    measure: { kind: 'rate', rates, unit },
  };
}

/**
 * The extra column of a number by another one.
 * @param name of the new column
 */
export function planQuotient({ from, to }: Quotient, name: string): ExtraColumn {
  const schema = { name, originalName: name, storageType: 'float' as const };
  return { schema, encodingType: 'TABULAR_NUMERIC_BINNED', from, to, measure: { kind: 'quotient' } };
}

/**
 * The extra column of what a number has beyond a sum of others.
 * @param name of the new column
 */
export function planRest({ to, terms, tolerance, unit }: CloseSum, name: string): ExtraColumn {
  const schema = { name, originalName: name, storageType: 'float' as const };
  const measure: Measure = { kind: 'rest', terms, tolerance, decimals: Math.round(-Math.log10(unit)) };
  return { schema, encodingType: 'TABULAR_NUMERIC_BINNED', from: terms[0]!.column, to, measure };
}

/**
 * The extra column of two columns that are equal in a share of rows.
 * @param name of the new column
 */
export function planEqual(from: string, to: string, name: string): ExtraColumn {
  const schema = { name, originalName: name, storageType: 'text' as const };
  return { schema, encodingType: 'TABULAR_CATEGORICAL', from, to, measure: { kind: 'equal' } };
}

/**
 * The extra column of two numbers that are coded by the cell of the plane that they lie in.
 * @param name of the new column
 */
export function planCell(from: string, to: string, cells: PlaneCells, name: string): ExtraColumn {
  const schema = { name, originalName: name, storageType: 'integer' as const };
  return { schema, encodingType: 'TABULAR_NUMERIC_DISCRETE', from, to, measure: { kind: 'cell', cells } };
}

/**
 * The extra column of the periods of a date.
 * @param first of the columns in the table, before which it is learned
 * @param name of the new column
 */
export function planPeriod(
  columns: DateColumns,
  starts: readonly number[],
  first: string,
  name: string,
): ExtraColumn {
  const schema = { name, originalName: name, storageType: 'integer' as const };
  const measure: Measure = { kind: 'period', columns, starts };
  return { schema, encodingType: 'TABULAR_NUMERIC_DISCRETE', from: first, to: first, measure };
}

function equality(from: RuleColumn, to: RuleColumn): ColumnData {
  const states = oftenEqualRows({ kind: 'often-equal', columns: [from.name, to.name] }, [from, to]);
  const codes = Int32Array.from(states, (state) => (state === 2 ? -1 : 1 - state));
  return { kind: 'text', codes, dictionary: [EQUAL, OTHER] };
}

/** Columns that the values of an extra one follow from. */
export function sourcesOf({ measure, from, to }: ExtraColumn): readonly string[] {
  if (measure.kind === 'period') return measure.columns;
  if (measure.kind === 'rest') return [to, ...measure.terms.map(({ column }) => column)];
  return measure.kind === 'ratio' && measure.by !== undefined ? [from, to, measure.by] : [from, to];
}

/**
 * Values of an extra column, [rows].
 * @param sources as `sourcesOf` names them
 */
export function extraValues({ measure }: ExtraColumn, sources: readonly RuleColumn[]): ColumnData {
  if (measure.kind === 'period') return periodsOfDays(daysOf(sources), measure.starts);
  if (measure.kind === 'rest') return restsOf(measure, sources);
  const [from, to, by] = sources as readonly [RuleColumn, RuleColumn, RuleColumn?];
  if (measure.kind === 'equal') return equality(from, to);
  if (measure.kind === 'gap') return toUnits(distances(from, to), measure.unit);
  const [a, b] = [numbersOf(from), numbersOf(to)];
  if (measure.kind === 'quotient') return quotientsOf(a, b);
  if (measure.kind === 'rate') return ratesOf(measure, a, b);
  if (measure.kind === 'cell') {
    const nulls = a.map((x, row) => Number(Number.isNaN(x + b[row]!)));
    const values = a.map((x, row) => (nulls[row] ? 0 : cellOf(measure.cells, x, b[row]!)));
    return { kind: 'number', values, nulls: nulls.includes(1) ? Uint8Array.from(nulls) : null };
  }
  const times = by && numbersOf(by);
  return ratiosOf(measure, times ? a.map((value, row) => value * times[row]!) : a, b);
}

function toUnits(gaps: Float64Array, unit: number): ColumnData {
  const nulls = Uint8Array.from(gaps, (gap) => Number(Number.isNaN(gap)));
  return {
    kind: 'number',
    values: gaps.map((gap) => (Number.isNaN(gap) ? 0 : Math.round(gap / unit))),
    nulls: nulls.includes(1) ? nulls : null,
  };
}

/** As `decideEncoding` does for a column of the table. */
function encodingOf(data: ColumnData): ResolvedEncodingType {
  if (data.kind === 'text' || columnLength(data) === 0) return 'TABULAR_CATEGORICAL';
  const present = data.values.filter((value, row) => !isNull(data.nulls, row, value));
  const runs = runsOf(sortValues({ kind: 'number', values: present, nulls: null }).finite);
  const common = runs.counts.filter((count) => count >= NEVER_RARE);
  const covered = common.reduce((sum, count) => sum + count, 0);
  const isDiscrete = common.length <= MAX_DISCRETE && covered >= MIN_DISCRETE_SHARE * present.length;
  return isDiscrete ? 'TABULAR_NUMERIC_DISCRETE' : 'TABULAR_NUMERIC_BINNED';
}

/** One of the features that a model learns: a column of the table, or an extra one. */
export type LearnedColumn = { readonly feature: number } | { readonly extra: number };

/**
 * Columns in the order they are learned in: each extra one just before the column it leads to, so that in nearly all
 * orders it is drawn first and that column follows from it.
 * @param names of the table's features
 */
export function learnedOrder(names: readonly string[], extras: readonly ExtraColumn[]): LearnedColumn[] {
  return names.flatMap((name, feature) => [
    ...extras.flatMap(({ to }, extra) => (to === name ? [{ extra }] : [])),
    { feature },
  ]);
}

/** A name for an extra column that no column has. */
export function freeName(
  wanted: string,
  known: ReadonlyMap<string, unknown>,
  extras: readonly ExtraColumn[],
): string {
  let name = wanted;
  while (known.has(name) || extras.some(({ schema }) => schema.name === name)) name += ' ';
  return name;
}
