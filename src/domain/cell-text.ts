import type { ColumnData } from './column-data';
import type { StorageType } from './columns';
import { timeOfDayText } from './time-of-day';

const DAY = 86_400_000;

/**
 * A number of a column as text, as it is exported: integers in full, floats in their shortest form that reads back the
 * same, dates as YYYY-MM-DD, datetimes as YYYY-MM-DD HH:MM:SS with milliseconds, or microseconds, when there are any (UTC), times of day as HH:MM:SS.
 */
export function numberText(value: number, type: StorageType): string {
  switch (type) {
    case 'date':
      return dateText(Math.floor(value / DAY) * DAY).slice(0, -9);
    case 'datetime':
      return dateText(value);
    case 'time':
      return timeOfDayText(value);
    case 'integer':
      // Beyond 1e21 String() would switch to exponents.
      return Math.abs(value) < 1e21 ? String(Math.round(value) + 0) : String(BigInt(value));
    default:
      return String(value);
  }
}

function dateText(value: number): string {
  const date = new Date(Math.floor(value));
  if (Number.isNaN(date.getTime())) return String(value);
  const micros = Math.round((value - Math.floor(value)) * 1000);
  if (micros === 1000) return dateText(Math.floor(value) + 1);
  const iso = date.toISOString();
  const milliseconds = iso.slice(-4, -1);
  if (micros > 0) return `${iso.slice(0, -1).replace('T', ' ')}${String(micros).padStart(3, '0')}`;
  return `${iso.slice(0, -5).replace('T', ' ')}${milliseconds === '000' ? '' : `.${milliseconds}`}`;
}

/** Cell `row` of a column as text, null for no value. */
export function cellText(column: ColumnData, row: number, type: StorageType): string | null {
  if (column.kind === 'text') {
    const code = column.codes[row]!;
    return code < 0 ? null : column.dictionary[code]!;
  }
  return column.nulls?.[row] ? null : numberText(column.values[row]!, type);
}
