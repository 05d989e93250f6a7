import type { DateFormat } from './cell-format';
import { MONTH_NAMES, type MonthLocale, type MonthNames } from './month-names';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const MINUTE = 60_000;

/** An instant at its offset: the millisecond, and the microseconds after it. */
interface Instant {
  readonly date: Date;
  readonly micros: number;
  readonly offset: number;
}
type Part = (instant: Instant) => string;

/**
 * A writer of instants by a pattern of Unicode date fields (UTS 35, Date Field Symbol Table), names of days in English.
 * It takes epoch milliseconds, microseconds as their fraction.
 */
export function dateWriter(format: DateFormat): (value: number) => string {
  const { pattern, offsetMinutes = 0 } = format;
  if (pattern === 'epoch-milliseconds') return (value) => String(Math.round(value));
  if (pattern === 'epoch-seconds') return (value) => String(value / 1000);
  const { dayPeriod } = format;
  const parts = partsOf(pattern, monthNames(format), dayPeriod);
  return (value) => {
    const written = Math.round(value * 1000) / 1000;
    const date = new Date(Math.floor(written) + offsetMinutes * MINUTE);
    if (Number.isNaN(date.getTime())) return String(value);
    const instant = {
      date,
      micros: Math.round((written - Math.floor(written)) * 1000),
      offset: offsetMinutes,
    };
    return parts.map((part) => part(instant)).join('');
  };
}

function monthNames({ locale = 'en', monthCase }: DateFormat): MonthNames {
  const { full, short } = MONTH_NAMES[locale as MonthLocale] ?? MONTH_NAMES.en;
  if (monthCase === undefined) return { full, short };
  const cased = (name: string) => (monthCase === 'upper' ? name.toUpperCase() : name.toLowerCase());
  return { full: full.map(cased), short: short.map(cased) };
}

function partsOf(pattern: string, months: MonthNames, dayPeriod?: string): Part[] {
  const tokens = pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  return tokens.map((token): Part => {
    if (token === "''") return () => "'";
    if (token.startsWith("'")) {
      const text = token.slice(1, -1).replaceAll("''", "'");
      return () => text;
    }
    return /^[A-Za-z]/.test(token) ? fieldOf(token, months, dayPeriod) : () => token;
  });
}

function fieldOf(token: string, months: MonthNames, dayPeriod = 'AM'): Part {
  const { length } = token;
  const number = (value: number) => String(value).padStart(length, '0');
  switch (token[0]) {
    case 'y':
    case 'u':
      return ({ date }) => yearText(date.getUTCFullYear(), length);
    case 'M':
    case 'L':
      if (length === 3) return ({ date }) => months.short[date.getUTCMonth()]!;
      if (length > 3) return ({ date }) => months.full[date.getUTCMonth()]!;
      return ({ date }) => number(date.getUTCMonth() + 1);
    case 'd':
      return ({ date }) => number(date.getUTCDate());
    case 'E':
      return ({ date }) => DAYS[date.getUTCDay()]!.slice(0, length > 3 ? undefined : 3);
    case 'H':
      return ({ date }) => number(date.getUTCHours());
    case 'h':
      return ({ date }) => number(date.getUTCHours() % 12 || 12);
    case 'm':
      return ({ date }) => number(date.getUTCMinutes());
    case 's':
      return ({ date }) => number(date.getUTCSeconds());
    case 'S':
      return (instant) => fraction(instant, length);
    case 'a':
      return ({ date }) =>
        date.getUTCHours() < 12 ? dayPeriod : dayPeriod.replace(/^a/, 'p').replace(/^A/, 'P');
    case 'X':
    case 'x':
      return ({ offset }) => offsetText(offset, token);
    default:
      return () => token;
  }
}

function fraction({ date, micros }: Instant, length: number): string {
  const digits = String(date.getUTCMilliseconds()).padStart(3, '0') + String(micros).padStart(3, '0');
  return digits.padEnd(length, '0').slice(0, length);
}

function yearText(year: number, length: number): string {
  if (length === 2) return String(((year % 100) + 100) % 100).padStart(2, '0');
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(length, '0')}`;
}

/** X writes Z for UTC, x does not; one letter +01 or +0130, two +0100, three +01:00. */
function offsetText(offset: number, token: string): string {
  if (offset === 0 && token.startsWith('X')) return 'Z';
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  if (token.length === 1) return `${sign}${hours}${minutes === '00' ? '' : minutes}`;
  return `${sign}${hours}${token.length === 2 ? '' : ':'}${minutes}`;
}
