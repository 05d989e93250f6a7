import { DAY } from '../../../../src/domain/calendar';

const UNITS = [DAY, 3_600_000, 60_000, 1000, 1] as const;

/** The first instant of a year, month, day, hour, … from `low` to `high`, both in epoch milliseconds; else the middle. */
export function roundInstant(low: number, high: number): number {
  const date = new Date(high);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const units = UNITS.map((unit) => Math.floor(high / unit) * unit);
  const found = [Date.UTC(year, 0, 1), Date.UTC(year, month, 1), ...units].find((at) => at >= low);
  return found ?? (low + high) / 2;
}
