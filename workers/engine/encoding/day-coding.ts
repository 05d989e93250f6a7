import type { ProtectionPlan } from '../privacy/protection';
import { DAY, daysInMonth, splitInstant } from './calendar';
import { type DayRule, LAST_DAY, weekdayOf } from './date-parts';
import type { Runs } from './sorted-values';

/** Dates are listed one by one if there are no more of them … */
const MAX_DATES = 128;
/** … and they hold this share of the rows. */
const MIN_COVERED = 0.999;
/** Longer ranges have no weekdays that matter. */
const MAX_DAYS = 400_000;
/** χ² of the seven weekdays, 6 degrees of freedom: chance reaches it once in 100,000 columns. */
const WEEKDAY_CHI2 = 33;
/** χ² of the days of the month, 30 degrees of freedom, likewise. */
const MONTH_DAY_CHI2 = 80;
/** A day of the month is marked from so many standard deviations and times above what its weekdays explain, … */
const MARK_DEVIATIONS = 6;
const MARK_FACTOR = 1.5;
/** … and if it adds this share of the rows. */
const MARK_SHARE = 0.005;

/**
 * How a column's days are coded, by what its dates show (docs/encodings.md, Dates): few dates far apart one by one;
 * by the days of the month if these differ and weekdays do not; else by weekdays.
 * @param days distinct days since 1970, ascending, with their rows
 */
export function chooseDayRule(days: Runs, plan: ProtectionPlan): DayRule {
  const first = days.values[0]!;
  const last = days.values[days.values.length - 1]!;
  const span = last - first + 1;
  const inRange = span <= MAX_DAYS;
  if (!inRange) return { dayCoding: 'month days', marks: [] };
  const weekdays = countRows(days, first, last, 7, weekdayOf);
  const isByWeekday = weekdays.chi2 > WEEKDAY_CHI2;
  if (isListed(days, span, isByWeekday, plan)) return { dayCoding: 'dates', marks: [] };
  const marks = findMarks(days, first, last, isByWeekday ? weekdays : null, plan);
  if (isByWeekday) return { dayCoding: 'weekdays', marks };
  const monthDays = countRows(days, first, last, 31, (day) => dayOfMonth(day) - 1);
  if (monthDays.chi2 > MONTH_DAY_CHI2 || marks.length > 0) {
    return { dayCoding: 'month days', marks: marks.filter((mark) => mark === LAST_DAY) };
  }
  return { dayCoding: 'weekdays', marks: [] };
}

function isListed(
  { values, counts }: Runs,
  span: number,
  isByWeekday: boolean,
  plan: ProtectionPlan,
): boolean {
  let rows = 0;
  let covered = 0;
  let kept = 0;
  for (const count of counts) {
    rows += count;
    if (count < plan.threshold) continue;
    covered += count;
    kept++;
  }
  if (kept > MAX_DATES || covered < MIN_COVERED * rows) return false;
  return !isByWeekday || 2 * values.length < span;
}

interface CycleRows {
  readonly rows: Float64Array;
  /** Days of the range with each position in the cycle. */
  readonly days: Float64Array;
  readonly chi2: number;
}

/** Rows by position in a cycle and how far they are from equal, where single days with many rows count for less. */
function countRows(
  { values, counts }: Runs,
  first: number,
  last: number,
  length: number,
  position: (day: number) => number,
): CycleRows {
  const rows = new Float64Array(length);
  const days = new Float64Array(length);
  const squares = new Float64Array(length);
  for (let day = first; day <= last; day++) days[position(day)]!++;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const k = position(values[i]!);
    rows[k]! += counts[i]!;
    squares[k]! += counts[i]! ** 2;
    total += counts[i]!;
  }
  let chi2 = 0;
  let variance = 0;
  for (let k = 0; k < length; k++) {
    variance += squares[k]! - rows[k]! ** 2 / Math.max(1, days[k]!);
    const expected = (total * days[k]!) / (last - first + 1);
    if (expected > 0) chi2 += (rows[k]! - expected) ** 2 / expected;
  }
  return { rows, days, chi2: chi2 / Math.max(1, variance / total) };
}

function dayOfMonth(day: number): number {
  const parts = new Int32Array(9);
  splitInstant(day * DAY, parts);
  return parts[2]!;
}

/** Days of the month (and the last one) with clearly more rows than their weekdays explain. */
function findMarks(
  { values, counts }: Runs,
  first: number,
  last: number,
  weekdays: CycleRows | null,
  plan: ProtectionPlan,
): number[] {
  const parts = new Int32Array(9);
  const rows = new Float64Array(LAST_DAY + 1);
  const expected = new Float64Array(LAST_DAY + 1);
  const months = new Float64Array(LAST_DAY + 1);
  let total = 0;
  const add = (target: Float64Array, day: number, amount: number) => {
    splitInstant(day * DAY, parts);
    target[parts[2]!]! += amount;
    if (parts[2] === daysInMonth(parts[0]!, parts[1]!)) target[LAST_DAY]! += amount;
  };
  for (const count of counts) total += count;
  for (let i = 0; i < values.length; i++) {
    // One date with very many rows makes no day of the month.
    add(rows, values[i]!, counts[i]!);
    add(months, values[i]!, 1);
  }
  for (let day = first; day <= last; day++) {
    const k = weekdayOf(day);
    const share = weekdays ? weekdays.rows[k]! / weekdays.days[k]! : total / (last - first + 1);
    add(expected, day, share);
  }
  const isMarked = (mark: number) => {
    const excess = rows[mark]! - expected[mark]!;
    const needed = Math.max(
      MARK_DEVIATIONS * Math.sqrt(expected[mark]!),
      (MARK_FACTOR - 1) * expected[mark]!,
      MARK_SHARE * total,
      plan.threshold,
    );
    return months[mark]! >= 3 && excess > needed;
  };
  if (isMarked(LAST_DAY)) {
    for (let i = 0; i < values.length; i++) {
      splitInstant(values[i]! * DAY, parts);
      if (parts[2] === daysInMonth(parts[0]!, parts[1]!)) rows[parts[2]!]! -= counts[i]!;
    }
  }
  return Array.from({ length: LAST_DAY }, (_, i) => i + 1).filter(isMarked);
}
