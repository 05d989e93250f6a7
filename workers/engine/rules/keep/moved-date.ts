import { DAY } from '../../../../src/domain/calendar';
import type { RuleOf } from '../../../../src/domain/rules';
import { computeTarget, partOf } from '../../../rules/compute-target';
import { codeColumn, columnNamed, numbersOf, type RuleColumn } from '../../../rules/rule-column';

/** Milliseconds by which a date is moved to another value of a part. */
const STEP_OF: Readonly<Record<string, number>> = { hour: 3_600_000, minute: 60_000, second: 1000 };
/** Steps in either direction: a year of days, a day of hours. */
const MAX_STEPS: Readonly<Record<string, number>> = {
  year: 36_600,
  'year-month': 36_600,
  hour: 24,
  minute: 60,
  second: 60,
};
const ONE_YEAR = 366;

/**
 * Dates moved to the nearest day, or hour, that has the given part.
 * @param rows [rows] 1 = the part is given
 * @returns instants, NaN where the date is missing or no such day is near
 */
export function datesWithPart(
  rule: RuleOf<'date-part'>,
  columns: readonly RuleColumn[],
  rows: Uint8Array,
): Float64Array {
  const dates = numbersOf(columnNamed(columns, rule.column));
  const { codes, cells } = codeColumn(columnNamed(columns, rule.target));
  const own = codeColumn({ ...columnNamed(columns, rule.target), data: computeTarget(rule, columns) });
  const cellOf = rule.cells && new Map(rule.cells);
  const hasCell = (instant: number, cell: unknown) => {
    const part = partOf(instant, rule.part);
    return (cellOf ? cellOf.get(part) : part) === cell;
  };
  return dates.map((date, row) => {
    const code = codes[row]!;
    if (!rows[row] || code < 0 || Number.isNaN(date)) return Number.NaN;
    if (own.codes[row]! >= 0 && own.cells[own.codes[row]!] === cells[code]) return date;
    const cell = cells[code]!;
    if (rule.part === 'date') return Number(cell) + date - Math.floor(date / DAY) * DAY;
    const step = STEP_OF[rule.part] ?? DAY;
    for (let k = 1; k <= (MAX_STEPS[rule.part] ?? ONE_YEAR); k++) {
      if (hasCell(date + k * step, cell)) return date + k * step;
      if (hasCell(date - k * step, cell)) return date - k * step;
    }
    return Number.NaN;
  });
}
