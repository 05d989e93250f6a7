/** Numbers as a person reads them, in the marks that they chose, never more digits than they carry. */

import { inMarks, type NumberMarks } from '../domain/number-marks';

const GROUPED = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', hour12: false });

/** "Nov 30, 2026, 14:05", in the time of the person's clock. */
export function formatMoment(epochMs: number): string {
  return MOMENT.format(epochMs);
}

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** "Nov 30, 2026", of the person's calendar. */
export function formatDay(epochMs: number): string {
  return DAY.format(epochMs);
}

/** The marks of a language, as "de-CH". */
export function marksOf(language: string): NumberMarks {
  const parts = new Intl.NumberFormat(language, { useGrouping: true }).formatToParts(1_234_567.5);
  const mark = (type: 'group' | 'decimal') =>
    parts.find((part) => part.type === type)?.value ?? (type === 'group' ? ',' : '.');
  return { group: mark('group'), decimal: mark('decimal') };
}

/** Placeholder of every value that is not known. */
export const UNKNOWN = '–';

/** A number with a fixed count of decimals, not grouped. */
export function formatFixed(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? UNKNOWN : inMarks(value.toFixed(digits));
}

/** 12345 → "12,345". */
export function formatCount(value: number | null): string {
  return value === null || !Number.isFinite(value) ? UNKNOWN : inMarks(GROUPED.format(Math.round(value)));
}

/** "1 row", "12 rows". */
export function formatPlural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** Decimal units (1 kB = 1,000 bytes), three significant digits. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null || !Number.isFinite(bytes)) return UNKNOWN;
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${formatFixed(value, digits)} ${BYTE_UNITS[unit]}`;
}

/** Seconds → "40 ms", "0.4 s", "12 s", "3 min 05 s", "2 h 10 min". */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds) || seconds < 0) return UNKNOWN;
  if (seconds > 0 && seconds < 0.0995) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 9.95) return `${formatFixed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Share 0…1 → "93.3 %". A share that is not quite 0 or 1 is never shown as 0 % or 100 %. */
export function formatPercent(share: number | null, digits = 1): string {
  if (share === null || !Number.isFinite(share)) return UNKNOWN;
  const step = 10 ** -digits;
  const value = share * 100;
  if (value > 0 && value < step / 2) return `< ${formatFixed(step, digits)} %`;
  if (value < 100 && value > 100 - step / 2) return `> ${formatFixed(100 - step, digits)} %`;
  return `${formatFixed(value, digits)} %`;
}

/** A measured number: grouped, four significant digits below 10,000, scientific beyond 1e9 or below 1e-4. */
export function formatNumber(value: number | null): string {
  if (value === null || Number.isNaN(value)) return UNKNOWN;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return inMarks(value.toExponential(2));
  if (Number.isInteger(value) || size >= 10_000) return inMarks(GROUPED.format(value));
  return inMarks(SHORT.format(value));
}

/** Epoch milliseconds → "14:03:27" of the person's own clock, with the day unless it is today. */
export function formatTime(epochMs: number, now = Date.now()): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const at = new Date(epochMs);
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  return dayOf(at) === dayOf(new Date(now)) ? time : `${dayOf(at)} ${time}`;
}

/** Epoch milliseconds UTC → "2014-03-08", with the time unless it is midnight. */
export function formatDate(epochMs: number | null): string {
  if (epochMs === null || !Number.isFinite(epochMs) || Math.abs(epochMs) > 8.64e15) return UNKNOWN;
  const iso = new Date(epochMs).toISOString();
  const [day = '', time = ''] = iso.split('T');
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`;
}
