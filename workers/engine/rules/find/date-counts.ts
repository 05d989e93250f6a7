import { DAY } from '../../../../src/domain/calendar';
import type { RuleOf } from '../../../../src/domain/rules';
import { instantOf } from '../../../rules/compute-target';
import type { SampledColumn } from './sampled-column';

/** Units that are counted, in milliseconds. */
const UNITS = [3_600_000, DAY, 7 * DAY] as const;
/** A count of few values may be one by chance. */
const MIN_VALUES = 50;

/**
 * Columns that count hours, days or weeks up to the date that year, month and day columns make, with or without an hour.
 * One row gives the origin; all others have to agree, which no chance brings for `MIN_VALUES` different values.
 */
export function findDateCounts(
  dates: readonly RuleOf<'calendar-date'>[],
  columns: readonly SampledColumn[],
): RuleOf<'date-count'>[] {
  const whole = columns.filter(({ type, decimals }) => type === 'number' && decimals === 0);
  const hours = whole.filter(
    ({ cells }) =>
      cells.length > 12 && cells.every((cell) => (cell as number) >= 0 && (cell as number) <= 23),
  );
  const counts = whole.filter(({ cells }) => cells.length >= MIN_VALUES);
  const found: RuleOf<'date-count'>[] = [];
  for (const { year, month, day } of dates) {
    const parts = [year, month, day].map((name) => whole.find((column) => column.name === name)!);
    for (const target of counts) {
      const rule = [...hours, null].map((hour) => countOf(target, parts, hour)).find((one) => one !== null);
      if (rule) found.push({ kind: 'date-count', target: target.name, year, month, day, ...rule });
    }
  }
  return found;
}

function countOf(
  target: SampledColumn,
  parts: readonly SampledColumn[],
  hour: SampledColumn | null,
): Pick<RuleOf<'date-count'>, 'hour' | 'unit' | 'origin'> | null {
  const inputs = [...parts, ...(hour ? [hour] : [])].map(({ numbers }) => numbers!);
  const instants = target.numbers!.map((_, row) => instantOf(inputs.map((values) => values[row]!)));
  for (const unit of UNITS) {
    const origins = instants.map((instant, row) => instant - target.numbers![row]! * unit);
    const origin = origins.find((value) => !Number.isNaN(value));
    if (origin !== undefined && origins.every((value) => Number.isNaN(value) || value === origin))
      return { hour: hour?.name ?? null, unit, origin };
  }
  return null;
}
