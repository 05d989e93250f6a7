import type { Cell, DatePart, RuleOf } from '../../../../src/domain/rules';
import { fullYears, partOf } from '../../../rules/compute-target';
import { codeColumn, numbersOf } from '../../../rules/rule-column';
import { neededViolations } from './evidence';
import type { Pacer } from './pacer';
import { collision, type SampledColumn, variesBeside } from './sampled-column';

/** Of several parts that decide a column, the one of fewest values is listed. */
const PARTS: readonly DatePart[] = [
  'quarter',
  'weekday',
  'month',
  'hour',
  'day',
  'year',
  'week',
  'minute',
  'second',
  'year-month',
  'day-of-year',
];
const MAX_NAMES = 60;

/** Columns that are a part of a date column, by number or by name. */
export async function findDateParts(
  columns: readonly SampledColumn[],
  pacer: Pacer,
): Promise<RuleOf<'date-part'>[]> {
  const found: RuleOf<'date-part'>[] = [];
  const done = new Set<SampledColumn>();
  for (const date of columns.filter(({ type }) => type === 'date')) {
    const parts = PARTS.map((part) => ({
      part,
      values: date.numbers!.map((instant) => partOf(instant, part)),
    }));
    await pacer.tick();
    for (const target of columns) {
      if (target === date || done.has(target) || target.cells.length < 2) continue;
      const rule = target.type === 'date' ? dayOf(date, target) : partIn(date, target, parts, columns.length);
      if (!rule) continue;
      done.add(target);
      found.push(rule);
    }
    await pacer.tick();
  }
  return found;
}

function dayOf(date: SampledColumn, target: SampledColumn): RuleOf<'date-part'> | null {
  const timed =
    date.source.storageType === 'datetime' && date.numbers!.some((at) => partOf(at, 'date') !== at);
  if (
    !timed ||
    !agree(
      date.numbers!.map((at) => partOf(at, 'date')),
      target.numbers!,
    )
  )
    return null;
  return { kind: 'date-part', target: target.name, column: date.name, part: 'date', cells: null };
}

function partIn(
  date: SampledColumn,
  target: SampledColumn,
  parts: readonly { readonly part: DatePart; readonly values: Float64Array }[],
  columns: number,
): RuleOf<'date-part'> | null {
  const needed = neededViolations(columns * columns * PARTS.length);
  const names = { kind: 'date-part' as const, target: target.name, column: date.name };
  if (date.present * (1 - collision(target)) < needed || !variesBeside(target, date)) return null;
  for (const { part, values } of parts) {
    if (target.numbers && agree(values, target.numbers)) return { ...names, part, cells: null };
  }
  if (target.cells.length > MAX_NAMES) return null;
  for (const { part, values } of parts) {
    if (!decides(values, target)) continue;
    const cells = namesOf(date, target, part);
    if (cells.length >= target.cells.length && cells.length <= MAX_NAMES) return { ...names, part, cells };
  }
  return null;
}

function agree(values: Float64Array, cells: Float64Array): boolean {
  let rows = 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row]! + cells[row]!)) continue;
    if (values[row] !== cells[row]) return false;
    rows++;
  }
  return rows >= 20;
}

function decides(values: Float64Array, { codes }: SampledColumn): boolean {
  const known = new Map<number, number>();
  let repeats = 0;
  for (let row = 0; row < values.length; row++) {
    const code = codes[row]!;
    if (code < 0 || Number.isNaN(values[row]!)) continue;
    const before = known.get(values[row]!);
    if (before === undefined) known.set(values[row]!, code);
    else if (before === code) repeats++;
    else return false;
  }
  return repeats >= 20;
}

/** What the target holds for each value of the part, over all rows. */
function namesOf(date: SampledColumn, target: SampledColumn, part: DatePart): [number, Cell][] {
  const { codes, cells } = codeColumn(target.source);
  const names = new Map<number, Cell>();
  numbersOf(date.source).forEach((instant, row) => {
    const value = partOf(instant, part);
    if (codes[row]! >= 0 && !Number.isNaN(value)) names.set(value, cells[codes[row]!]!);
  });
  return [...names].sort((a, b) => a[0] - b[0]);
}

/** Whole numbers that are the full years between two dates, or up to one day. */
export async function findAges(columns: readonly SampledColumn[], pacer: Pacer): Promise<RuleOf<'age'>[]> {
  const dates = columns.filter(({ type }) => type === 'date');
  const ages = columns.filter(
    ({ type, decimals, cells }) => type === 'number' && decimals === 0 && cells.length >= 4,
  );
  const found: RuleOf<'age'>[] = [];
  for (const target of ages) {
    const rule = ageOf(target, dates);
    if (rule) found.push(rule);
    await pacer.tick();
  }
  return found;
}

function ageOf(target: SampledColumn, dates: readonly SampledColumn[]): RuleOf<'age'> | null {
  for (const from of dates) {
    const day = commonDay(from.numbers!, target.numbers!);
    if (day !== null) return { kind: 'age', target: target.name, from: from.name, to: day };
    for (const to of dates) {
      if (to !== from && isAge(from.numbers!, to.numbers!, target.numbers!)) {
        return { kind: 'age', target: target.name, from: from.name, to: to.name };
      }
    }
  }
  return null;
}

function isAge(from: Float64Array, to: Float64Array, target: Float64Array): boolean {
  let rows = 0;
  for (let row = 0; row < target.length; row++) {
    if (Number.isNaN(from[row]! + to[row]! + target[row]!)) continue;
    if (fullYears(from[row]!, to[row]!) !== target[row]) return false;
    rows++;
  }
  return rows >= 30;
}

/** A day on which everybody has the stated age, a round one if there are several; null if there is none. */
function commonDay(from: Float64Array, target: Float64Array): number | null {
  let earliest = -Infinity;
  let latest = Infinity;
  let rows = 0;
  for (let row = 0; row < target.length; row++) {
    if (Number.isNaN(from[row]! + target[row]!)) continue;
    const birthday = yearsLater(from[row]!, target[row]!);
    const next = yearsLater(from[row]!, target[row]! + 1);
    earliest = Math.max(earliest, birthday);
    latest = Math.min(latest, next - 1);
    if (earliest > latest) return null;
    rows++;
  }
  if (rows < 30) return null;
  const first = new Date(earliest);
  const year = Date.UTC(first.getUTCFullYear() + 1, 0, 1);
  const month = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1);
  return [year, month].find((day) => day <= latest) ?? earliest;
}

/** The birthday; 29 February comes on 1 March of other years. */
function yearsLater(instant: number, years: number): number {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear() + years, date.getUTCMonth(), date.getUTCDate());
}
