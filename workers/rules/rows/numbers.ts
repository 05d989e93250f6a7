import { DAY, existsDate } from '../../../src/domain/calendar';
import { UserError } from '../../../src/domain/errors';
import type { RuleOf } from '../../../src/domain/rules';
import { columnNamed, isDate, numbersOf, type RuleColumn } from '../rule-column';

/**
 * The two sides of an inequality as they are compared: where one is a date without time and the other has one, both are
 * compared by day. NaN = missing.
 * @throws UserError `config/invalid` unless both are numbers, or both dates
 */
export function comparedSides(low: RuleColumn, high: RuleColumn): readonly [Float64Array, Float64Array] {
  if (isDate(low) !== isDate(high)) {
    throw new UserError(
      'config/invalid',
      `A rule compares “${low.name}” with “${high.name}”, and only one of them holds dates. Choose two columns of dates or two of numbers.`,
      { details: { low: low.name, high: high.name } },
    );
  }
  const sides = [numbersOf(low), numbersOf(high)] as const;
  if (!isDate(low) || low.storageType === high.storageType) return sides;
  const [first, second] = sides.map((side) => side.map((instant) => Math.floor(instant / DAY)));
  return [first!, second!];
}

export function inequalityRows(rule: RuleOf<'inequality'>, columns: readonly RuleColumn[]): Uint8Array {
  const [low, high] = comparedSides(columnNamed(columns, rule.low), columnNamed(columns, rule.high));
  return Uint8Array.from(low, (value, row) => {
    const other = high[row]!;
    if (Number.isNaN(value) || Number.isNaN(other)) return 2;
    return value < other || (value === other && !rule.strict) ? 1 : 0;
  });
}

export function calendarRows(rule: RuleOf<'calendar-date'>, columns: readonly RuleColumn[]): Uint8Array {
  const [years, months, days] = [rule.year, rule.month, rule.day].map((name) =>
    numbersOf(columnNamed(columns, name)),
  );
  return Uint8Array.from(years!, (year, row) => {
    const month = months![row]!;
    const day = days![row]!;
    if (Number.isNaN(year + month + day)) return 2;
    return existsDate(year, month, day) ? 1 : 0;
  });
}

/** On the grid of the numbers, after those of the rows before: rows that are left out leave gaps. */
export function runningRows(rule: RuleOf<'running-number'>, columns: readonly RuleColumn[]): Uint8Array {
  const { start, step } = rule;
  let last = -1;
  return Uint8Array.from(numbersOf(columnNamed(columns, rule.column)), (value, row) => {
    const count = Math.round((value - start) / step);
    const isOnGrid =
      Math.abs(value - start - step * count) <= 1e-9 * Math.max(Math.abs(value), Math.abs(step));
    if (!(isOnGrid && count >= row && count > last)) return 0;
    last = count;
    return 1;
  });
}

export function rangeRows(rule: RuleOf<'range'>, columns: readonly RuleColumn[]): Uint8Array {
  const { min, max, strict } = rule;
  return Uint8Array.from(numbersOf(columnNamed(columns, rule.column)), (value) => {
    if (Number.isNaN(value)) return 2;
    if (strict) return (min === null || value > min) && (max === null || value < max) ? 1 : 0;
    return (min === null || value >= min) && (max === null || value <= max) ? 1 : 0;
  });
}

/** Multiples, but for the last bits of a decimal number. */
export function incrementRows(
  { column, increment }: RuleOf<'increments'>,
  columns: readonly RuleColumn[],
): Uint8Array {
  return Uint8Array.from(numbersOf(columnNamed(columns, column)), (value) => {
    if (Number.isNaN(value)) return 2;
    const units = value / increment;
    return Math.abs(units - Math.round(units)) <= 1e-9 * Math.max(1, Math.abs(units)) ? 1 : 0;
  });
}
