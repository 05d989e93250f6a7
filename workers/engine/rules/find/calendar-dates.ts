import { daysInMonth, existsDate } from '../../../../src/domain/calendar';
import type { RuleOf } from '../../../../src/domain/rules';
import type { SampledColumn } from './sampled-column';

/** Impossible dates that chance would have to bring. */
const NEEDED = 12;

/** Year, month and day in three columns that never make an impossible date. */
export function findCalendarDates(columns: readonly SampledColumn[]): RuleOf<'calendar-date'>[] {
  const whole = columns.filter(({ type, decimals }) => type === 'number' && decimals === 0);
  const within = (low: number, high: number, distinct: number) =>
    whole.filter(
      ({ cells }) =>
        cells.length >= distinct &&
        cells.every((cell) => (cell as number) >= low && (cell as number) <= high),
    );
  const years = within(1000, 2999, 1);
  const found: RuleOf<'calendar-date'>[] = [];
  for (const day of within(1, 31, 15)) {
    if (!day.cells.some((cell) => (cell as number) >= 30)) continue;
    for (const month of within(1, 12, 4)) {
      const nearest = [...years].sort((a, b) => distance(a, month, day) - distance(b, month, day));
      const year = nearest.find((candidate) => keepsCalendar(candidate, month, day));
      if (year) found.push({ kind: 'calendar-date', year: year.name, month: month.name, day: day.name });
    }
  }
  return found;
}

function distance(year: SampledColumn, month: SampledColumn, day: SampledColumn): number {
  return Math.abs(year.at - month.at) + Math.abs(year.at - day.at);
}

function keepsCalendar(year: SampledColumn, month: SampledColumn, day: SampledColumn): boolean {
  const [years, months, days] = [year.numbers!, month.numbers!, day.numbers!];
  let expected = 0;
  let present = 0;
  for (let row = 0; row < years.length; row++) {
    if (Number.isNaN(years[row]! + months[row]! + days[row]!)) continue;
    if (!existsDate(years[row]!, months[row]!, days[row]!)) return false;
    present++;
    const other = days[(row + 1) % days.length]!;
    if (other > daysInMonth(years[row]!, months[row]!)) expected++;
  }
  return present >= 100 && expected >= NEEDED;
}
