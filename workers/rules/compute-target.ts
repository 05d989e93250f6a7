import { DAY, existsDate, joinInstant, splitInstant } from '../../src/domain/calendar';
import type { ColumnData } from '../../src/domain/column-data';
import { raised } from '../../src/domain/product-factor';
import type { Cell, DatePart, RuleOf } from '../../src/domain/rules';
import { roundTo } from './decimals';
import { cellsByExtremes, extremesOf } from './extremes';
import { columnNamed, instantsOf, numbersOf, type RuleColumn } from './rule-column';
import { cellsByThresholds } from './thresholds';

/** The rules that compute one column from others. */
export type ComputedRule = RuleOf<
  'linear' | 'product' | 'date-part' | 'age' | 'date-count' | 'thresholds' | 'extreme'
>;

/**
 * The target of a rule, computed from the other columns row by row: missing where an input is, or where the result is not
 * finite. Rounded numbers are the doubles that the data hold (decimals.ts). The target's own values are not read.
 * @throws UserError `config/invalid` if the rule names an unknown column or one of the wrong type
 */
export function computeTarget(rule: ComputedRule, columns: readonly RuleColumn[]): ColumnData {
  if (rule.kind === 'date-part') return datePart(rule, columns);
  if (rule.kind === 'thresholds') return cellsByThresholds(rule, columns);
  if (rule.kind === 'extreme' && rule.cells) return cellsByExtremes(rule, columns);
  const values = exactTarget(rule, columns);
  if (rule.kind === 'linear' || rule.kind === 'product') {
    for (let row = 0; row < values.length; row++) {
      values[row] = roundTo(values[row]!, rule.decimals, rule.rounding);
    }
  }
  return withNulls(values);
}

/** The computed numbers before rounding; NaN = missing. */
export function exactTarget(
  rule: RuleOf<'linear' | 'product' | 'age' | 'date-count' | 'extreme'>,
  columns: readonly RuleColumn[],
): Float64Array {
  if (rule.kind === 'age') return ages(rule, columns);
  if (rule.kind === 'date-count') return dateCounts(rule, columns);
  if (rule.kind === 'extreme') return extremesOf(rule, columns);
  if (rule.kind === 'linear') return linear(rule, columns);
  return product(rule, columns);
}

/** Date differences are formed before they are scaled: milliseconds are integers and their differences exact. */
function linear(
  { terms, constant, missingAsZero }: RuleOf<'linear'>,
  columns: readonly RuleColumn[],
): Float64Array {
  const present = terms.map(({ column }) => numbersOf(columnNamed(columns, column)));
  const inputs = missingAsZero ? withZeros(present) : present;
  const divisors = terms.map(({ factor }) => wholeReciprocal(factor));
  const shared = divisors[0]! !== 0 && divisors.every((d) => Math.abs(d) === Math.abs(divisors[0]!));
  const divisor = shared ? Math.abs(divisors[0]!) : 1;
  const factors = terms.map(({ factor }, i) => (shared ? Math.sign(divisors[i]!) : factor));
  const result = new Float64Array(inputs[0]!.length);
  for (let row = 0; row < result.length; row++) {
    let sum = 0;
    for (let i = 0; i < inputs.length; i++) sum += factors[i]! * inputs[i]![row]!;
    result[row] = sum / divisor + constant;
  }
  return result;
}

/** Missing numbers as 0 in the rows in which another column has one. */
function withZeros(columns: readonly Float64Array[]): Float64Array[] {
  return columns.map((values) =>
    values.map((value, row) =>
      Number.isNaN(value) && columns.some((other) => !Number.isNaN(other[row]!)) ? 0 : value,
    ),
  );
}

/** The integer d of a factor 1/d, d of either sign and at least 2; 0 if there is none. */
function wholeReciprocal(factor: number): number {
  const divisor = Math.round(1 / factor);
  return Math.abs(divisor) > 1 && Math.abs(1 / divisor / factor - 1) < 1e-12 ? divisor : 0;
}

function product({ factors, factor }: RuleOf<'product'>, columns: readonly RuleColumn[]): Float64Array {
  const inputs = factors.map(({ column }) => numbersOf(columnNamed(columns, column)));
  const result = new Float64Array(inputs[0]!.length);
  for (let row = 0; row < result.length; row++) {
    let over = factor;
    let under = 1;
    for (let i = 0; i < inputs.length; i++) {
      const { power, per } = factors[i]!;
      const base = per === undefined ? inputs[i]![row]! : 1 + per * inputs[i]![row]!;
      if (power > 0) over *= raised(base, power);
      else under *= raised(base, -power);
    }
    const value = over / under;
    result[row] = Number.isFinite(value) ? value : Number.NaN;
  }
  return result;
}

function dateCounts(rule: RuleOf<'date-count'>, columns: readonly RuleColumn[]): Float64Array {
  return datesOf(rule.date.map((name) => columnNamed(columns, name))).map((instant) =>
    Math.floor((instant - rule.origin) / rule.unit),
  );
}

/** Epoch milliseconds of a date column, or of columns of year, month, day and perhaps hour. */
export function datesOf(columns: readonly RuleColumn[]): Float64Array {
  if (columns.length === 1) return instantsOf(columns[0]!);
  const parts = columns.map(numbersOf);
  return parts[0]!.map((_, row) => instantOf(parts.map((values) => values[row]!)));
}

/** Epoch milliseconds of a year, month, day and perhaps hour; NaN where they make no date. */
function instantOf([year, month, day, hour = 0]: readonly number[]): number {
  if (year === undefined || month === undefined || day === undefined || Number.isNaN(hour)) return Number.NaN;
  if (!existsDate(year, month, day)) return Number.NaN;
  return joinInstant(Int32Array.of(year, month, day, 0, 0, 0, 0, 0, 0)) + hour * 3_600_000;
}

function ages({ from, to }: RuleOf<'age'>, columns: readonly RuleColumn[]): Float64Array {
  const starts = instantsOf(columnNamed(columns, from));
  const ends = typeof to === 'string' ? instantsOf(columnNamed(columns, to)) : null;
  return starts.map((start, row) => fullYears(start, ends ? ends[row]! : (to as number)));
}

const earlier = new Int32Array(9);
const later = new Int32Array(9);

/** Birthdays passed between two instants: negative if the second comes first; NaN if either is. */
export function fullYears(from: number, to: number): number {
  if (Number.isNaN(from) || Number.isNaN(to)) return Number.NaN;
  splitInstant(from, earlier);
  splitInstant(to, later);
  const years = later[0]! - earlier[0]!;
  const passed = later[1]! > earlier[1]! || (later[1] === earlier[1] && later[2]! >= earlier[2]!);
  return passed ? years : years - 1;
}

const parts = new Int32Array(9);

/** Days from 1970 to the first of a year. */
function firstDay(year: number): number {
  return joinInstant(Int32Array.of(year, 1, 1, 0, 0, 0, 0, 0, 0)) / DAY;
}

/** A part of an instant; weekdays count from Monday = 0, `date` is its first millisecond. */
export function partOf(instant: number, part: DatePart): number {
  if (Number.isNaN(instant)) return Number.NaN;
  const days = Math.floor(instant / DAY);
  if (part === 'date') return days * DAY;
  const weekday = (((days + 3) % 7) + 7) % 7;
  if (part === 'weekday') return weekday;
  // A week belongs to the year of its Thursday (ISO 8601).
  if (part === 'week') return Math.ceil(partOf((days - weekday + 3) * DAY, 'day-of-year') / 7);
  splitInstant(instant, parts);
  if (part === 'day-of-year') return days - firstDay(parts[0]!) + 1;
  if (part === 'year-month') return 12 * parts[0]! + parts[1]! - 1;
  if (part === 'quarter') return Math.ceil(parts[1]! / 3);
  return parts[{ year: 0, month: 1, day: 2, hour: 3, minute: 4, second: 5 }[part]]!;
}

function datePart(rule: RuleOf<'date-part'>, columns: readonly RuleColumn[]): ColumnData {
  const values = instantsOf(columnNamed(columns, rule.column)).map((instant) => partOf(instant, rule.part));
  if (!rule.cells) return withNulls(values);
  const cellOf = new Map<number, Cell>(rule.cells);
  if (rule.cells.some(([, cell]) => typeof cell === 'string')) {
    const dictionary = [...new Set(rule.cells.map(([, cell]) => cell))].filter(
      (cell): cell is string => typeof cell === 'string',
    );
    const codeOf = new Map<Cell, number>(dictionary.map((text, code) => [text, code]));
    const codes = Int32Array.from(values, (value) => codeOf.get(cellOf.get(value) ?? null) ?? -1);
    return { kind: 'text', codes, dictionary };
  }
  return withNulls(values.map((value) => (cellOf.get(value) as number | undefined) ?? Number.NaN));
}

function withNulls(values: Float64Array): ColumnData {
  let nulls: Uint8Array | null = null;
  for (let row = 0; row < values.length; row++) {
    if (Number.isFinite(values[row]!)) continue;
    nulls ??= new Uint8Array(values.length);
    nulls[row] = 1;
    values[row] = 0;
  }
  return { kind: 'number', values, nulls };
}
