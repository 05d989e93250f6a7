import { DAY } from '../../../../src/domain/calendar';
import type { RuleOf } from '../../../../src/domain/rules';
import { datesOf } from '../../../rules/compute-target';
import type { Pacer } from './pacer';
import { roundInstant } from './round-instant';
import type { SampledColumn } from './sampled-column';

/** Units that are counted, in milliseconds. */
const UNITS = [1, 1000, 60_000, 3_600_000, DAY, 7 * DAY] as const;
/** A count of few values may be one by chance. */
const MIN_VALUES = 50;

/**
 * Columns that count milliseconds to weeks up to a date: of a date column, or of columns of year, month and day, with or
 * without an hour. Each row bounds the origin; all have to agree, which no chance brings for `MIN_VALUES` different values.
 * @param calendar years, months and days that make dates
 */
export async function findDateCounts(
  calendar: readonly RuleOf<'calendar-date'>[],
  columns: readonly SampledColumn[],
  pacer: Pacer,
): Promise<RuleOf<'date-count'>[]> {
  const whole = columns.filter(({ type, decimals }) => type === 'number' && decimals === 0);
  const hours = whole.filter(
    ({ cells }) =>
      cells.length > 12 && cells.every((cell) => (cell as number) >= 0 && (cell as number) <= 23),
  );
  const counts = whole.filter(({ cells }) => cells.length >= MIN_VALUES);
  const dates = columns.filter(({ type }) => type === 'date').map((column) => [column]);
  for (const { year, month, day } of calendar) {
    const parts = [year, month, day].map((name) => whole.find((column) => column.name === name)!);
    dates.push(parts, ...hours.map((hour) => [...parts, hour]));
  }
  const found = new Map<string, RuleOf<'date-count'>>();
  for (const date of dates) {
    const names = date.map(({ name }) => name);
    const instants = datesOf(date.map(({ source, numbers }) => sampled(source, numbers!)));
    for (const target of counts) {
      if (found.has(target.name) || names.includes(target.name)) continue;
      const count = countOf(target.numbers!, instants);
      if (count) found.set(target.name, { kind: 'date-count', target: target.name, date: names, ...count });
    }
    await pacer.tick();
  }
  return [...found.values()];
}

/** A column of the sample's rows alone. */
function sampled(source: SampledColumn['source'], values: Float64Array): SampledColumn['source'] {
  return { ...source, data: { kind: 'number', values, nulls: null } };
}

function countOf(
  counts: Float64Array,
  instants: Float64Array,
): Pick<RuleOf<'date-count'>, 'unit' | 'origin'> | null {
  for (const unit of UNITS) {
    // floor((instant − origin) / unit) = count, so instant − (count + 1) · unit < origin ≤ instant − count · unit.
    let [after, upTo] = [-Infinity, Infinity];
    for (let row = 0; row < counts.length && after < upTo; row++) {
      const latest = instants[row]! - counts[row]! * unit;
      if (Number.isNaN(latest)) continue;
      after = Math.max(after, latest - unit);
      upTo = Math.min(upTo, latest);
    }
    if (after < upTo && Number.isFinite(upTo)) return { unit, origin: roundInstant(after + 1, upTo) };
  }
  return null;
}
