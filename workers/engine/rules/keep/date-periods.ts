import { DAY, existsDate, joinInstant } from '../../../../src/domain/calendar';
import type { ColumnData } from '../../../../src/domain/column-data';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { periodOf } from '../../models/period-of-day';

/**
 * Days since 1970, [rows]; NaN where a cell is missing or no such day exists.
 * @param columns one of dates, or those of year, month and day
 */
export function daysOf(columns: readonly RuleColumn[]): Float64Array {
  const [first, second, third] = columns.map(numbersOf);
  if (!second || !third) return first!.map((instant) => Math.floor(instant / DAY));
  const parts = new Int32Array(9);
  return first!.map((year, row) => {
    const [month, day] = [second[row]!, third[row]!];
    if (!existsDate(year, month, day)) return Number.NaN;
    parts[0] = year;
    parts[1] = month;
    parts[2] = day;
    return joinInstant(parts) / DAY;
  });
}

/** Numbers of the periods of days, missing where a day is NaN. */
export function periodsOfDays(days: Float64Array, starts: readonly number[]): ColumnData {
  const nulls = Uint8Array.from(days, (day) => Number(Number.isNaN(day)));
  return {
    kind: 'number',
    values: days.map((day) => (Number.isNaN(day) ? 0 : periodOf(day, starts))),
    nulls: nulls.includes(1) ? nulls : null,
  };
}

/** First days of periods of at least so many rows each, without the first. */
export function periodStarts(days: Float64Array, minRows: number): number[] {
  const sorted = days.filter((day) => !Number.isNaN(day)).sort();
  const starts: number[] = [];
  let from = 0;
  for (let at = 1; at + minRows <= sorted.length; at++) {
    if (at - from < minRows || sorted[at] === sorted[at - 1]) continue;
    starts.push(sorted[at]!);
    from = at;
  }
  return starts;
}
