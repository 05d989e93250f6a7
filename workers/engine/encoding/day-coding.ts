import { DAY, daysInMonth, splitInstant } from '../../../src/domain/calendar';
import type { ProtectionPlan } from '../privacy/protection';
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
const MIN_MONTHS = 3;
/** Days to both sides that a day is compared with: four weeks in all. */
const AROUND = 14;
/** Times the mean around it that a single date counts at most. */
const MAX_RATIO = 8;

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
  const level = levelDays(days, first, span);
  // Weekdays are compared without the days that stand out in their month, and those then against their weekdays.
  const standing = findMarks(level, first, null, plan);
  const weekdays = countRows(withoutMarks(level, first, standing), first, 7, weekdayOf);
  const isByWeekday = weekdays.chi2 > WEEKDAY_CHI2;
  if (isListed(days, span, isByWeekday, plan)) return { dayCoding: 'dates', marks: [] };
  const marks = findMarks(level, first, isByWeekday ? weekdays : null, plan);
  if (isByWeekday) return { dayCoding: 'weekdays', marks };
  const monthDays = countRows(level, first, 31, (day) => dayOfMonth(day) - 1);
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

/** Rows of every day of the range, [days]. */
interface LevelDays {
  /** Without what single dates have far above the days around them: one sale makes no weekday. */
  readonly rows: Float64Array;
  /** Mean of the days around, by which weekdays and days of the month are compared whatever the trend. */
  readonly around: Float64Array;
}

function levelDays({ values, counts }: Runs, first: number, span: number): LevelDays {
  const rows = new Float64Array(span);
  for (let i = 0; i < values.length; i++) rows[values[i]! - first] = counts[i]!;
  const before = localMeans(rows);
  for (let day = 0; day < span; day++) {
    // Of the days around without the day itself.
    const others = (before[day]! * (2 * AROUND + 1) - rows[day]!) / (2 * AROUND);
    rows[day] = Math.min(rows[day]!, MAX_RATIO * Math.max(others, 1));
  }
  return { rows, around: localMeans(rows) };
}

/** The same without the marked days, which count as if they were not there. */
function withoutMarks(level: LevelDays, first: number, marks: readonly number[]): LevelDays {
  if (marks.length === 0) return level;
  const parts = new Int32Array(9);
  const isKept = level.rows.map((_, day) => {
    splitInstant((first + day) * DAY, parts);
    const isLast = parts[2] === daysInMonth(parts[0]!, parts[1]!);
    return Number(!marks.includes(parts[2]!) && !(isLast && marks.includes(LAST_DAY)));
  });
  const rows = level.rows.map((count, day) => count * isKept[day]!);
  const shares = localMeans(isKept);
  const around = localMeans(rows).map((mean, day) => (isKept[day]! / Math.max(shares[day]!, 1e-9)) * mean);
  return { rows, around };
}

/** Means of the `AROUND` days to both sides, the day itself included. */
function localMeans(rows: Float64Array): Float64Array {
  const sums = new Float64Array(rows.length + 1);
  for (let day = 0; day < rows.length; day++) sums[day + 1] = sums[day]! + rows[day]!;
  return rows.map((_, day) => {
    const from = Math.max(0, day - AROUND);
    const to = Math.min(rows.length, day + AROUND + 1);
    return (sums[to]! - sums[from]!) / (to - from);
  });
}

interface CycleRows {
  /** By position in the cycle: rows against those of the days around. */
  readonly ratio: Float64Array;
  readonly chi2: number;
}

/** How far the positions of a cycle are from equal; where days of one position differ much, that counts for less. */
function countRows(
  { rows, around }: LevelDays,
  first: number,
  length: number,
  position: (day: number) => number,
): CycleRows {
  const held = new Float64Array(length);
  const expected = new Float64Array(length);
  const positions = Uint8Array.from(rows, (_, day) => position(first + day));
  for (let day = 0; day < rows.length; day++) {
    held[positions[day]!]! += rows[day]!;
    expected[positions[day]!]! += around[day]!;
  }
  const ratio = held.map((count, k) => (expected[k]! > 0 ? count / expected[k]! : 1));
  let variance = 0;
  let total = 0;
  for (let day = 0; day < rows.length; day++) {
    variance += (rows[day]! - ratio[positions[day]!]! * around[day]!) ** 2;
    total += rows[day]!;
  }
  let chi2 = 0;
  for (let k = 0; k < length; k++) {
    if (expected[k]! > 0) chi2 += (held[k]! - expected[k]!) ** 2 / expected[k]!;
  }
  return { ratio, chi2: chi2 / Math.max(1, variance / total) };
}

/** Days of the month (and the last one) with clearly more rows than the days around and their weekdays explain. */
function findMarks(
  { rows, around }: LevelDays,
  first: number,
  weekdays: CycleRows | null,
  plan: ProtectionPlan,
): number[] {
  const held = new Float64Array(LAST_DAY + 1);
  const expected = new Float64Array(LAST_DAY + 1);
  const months = new Float64Array(LAST_DAY + 1);
  const lastRows = new Float64Array(LAST_DAY + 1);
  const parts = new Int32Array(9);
  let total = 0;
  for (let day = 0; day < rows.length; day++) {
    splitInstant((first + day) * DAY, parts);
    const isLast = parts[2] === daysInMonth(parts[0]!, parts[1]!);
    const chance = around[day]! * (weekdays ? weekdays.ratio[weekdayOf(first + day)]! : 1);
    total += rows[day]!;
    for (const mark of isLast ? [parts[2]!, LAST_DAY] : [parts[2]!]) {
      held[mark]! += rows[day]!;
      expected[mark]! += chance;
      if (rows[day]! > 0) months[mark]!++;
    }
    if (isLast) lastRows[parts[2]!]! += rows[day]! - chance;
  }
  const isMarked = (mark: number) => {
    const needed = Math.max(
      MARK_DEVIATIONS * Math.sqrt(expected[mark]!),
      (MARK_FACTOR - 1) * expected[mark]!,
      MARK_SHARE * total,
      plan.threshold,
    );
    return months[mark]! >= MIN_MONTHS && held[mark]! - expected[mark]! > needed;
  };
  if (isMarked(LAST_DAY))
    lastRows.forEach((excess, mark) => {
      held[mark]! -= excess;
    });
  return Array.from({ length: LAST_DAY }, (_, i) => i + 1).filter(isMarked);
}

function dayOfMonth(day: number): number {
  const parts = new Int32Array(9);
  splitInstant(day * DAY, parts);
  return parts[2]!;
}
