import type { CellFormat, DateFormat, NumberFormat } from './cell-format';
import type { ConversionKind } from './conversions';
import { MONTH_NAMES, type MonthLocale } from './month-names';

/** 31 December 2024, 14:05:09.123456 UTC: no day that could be a month. */
const INSTANT = Date.UTC(2024, 11, 31, 14, 5, 9, 123);
const FRACTION = '123456000';

/**
 * A made-up cell in a column's notation, and how it reads: a cell of the file would be a person's value wherever conversions are
 * listed.
 */
export function conversionExample(
  kind: ConversionKind,
  format: CellFormat,
  type: string,
): readonly [before: string, after: string] {
  if (kind === 'code') return ['NA', 'NA'];
  if (format.boolean) return [format.boolean.yes, 'true'];
  if (type === 'time') {
    const date = format.date ?? { pattern: 'HH:mm:ss' };
    return [dateExample(date), date.pattern.includes('s') ? '14:05:09' : '14:05:00'];
  }
  if (format.date)
    return [dateExample(format.date), type === 'date' ? '2024-12-31' : instantExample(format.date)];
  return numberExample(kind, format.number ?? {}, type);
}

function numberExample(
  kind: ConversionKind,
  {
    decimal = '.',
    thousands = '',
    prefix = '',
    suffix = '',
    minDecimals = 0,
    maxDecimals = 0,
    bracketed,
  }: NumberFormat,
  type: string,
): readonly [string, string] {
  const digits = Math.max(minDecimals, Math.min(maxDecimals, 2));
  const fraction = type === 'integer' ? '' : '567891'.slice(0, digits);
  const whole = kind === 'percent' ? '12' : '1234';
  const grouped = whole.length > 3 ? `1${thousands}234` : whole;
  const number = `${prefix}${grouped}${fraction && decimal + fraction}${suffix}`;
  const plain = `${whole}${fraction && `.${fraction}`}`;
  return kind === 'brackets' && bracketed ? [`(${number})`, `-${plain}`] : [number, plain];
}

function instantExample({ pattern }: DateFormat): string {
  const time = pattern.includes('H') || pattern.includes('h') ? '14:05' : '00:00';
  const seconds = pattern.includes('s') || pattern.startsWith('epoch') ? ':09' : ':00';
  return `2024-12-31 ${pattern.startsWith('epoch') ? '14:05' : time}${seconds}`;
}

function dateExample({
  pattern,
  locale,
  monthCase,
  dayPeriod = 'AM',
  offsetMinutes = 0,
}: DateFormat): string {
  if (pattern === 'epoch-seconds') return String(Math.floor(INSTANT / 1000));
  if (pattern === 'epoch-milliseconds') return String(Math.floor(INSTANT / 1000) * 1000);
  const local = new Date(INSTANT + offsetMinutes * 60_000);
  const names = MONTH_NAMES[(locale ?? 'en') as MonthLocale] ?? MONTH_NAMES.en;
  const cased = (name: string) =>
    monthCase === 'upper' ? name.toUpperCase() : monthCase === 'lower' ? name.toLowerCase() : name;
  const two = (value: number, { length }: string) => String(value).padStart(length, '0');
  const hour = local.getUTCHours();
  return pattern.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (part, text?: string) => {
    if (text !== undefined) return text.replaceAll("''", "'");
    switch (part[0]) {
      case 'y':
        return part.length === 2 ? String(local.getUTCFullYear()).slice(2) : String(local.getUTCFullYear());
      case 'M':
        if (part.length > 2) return cased((part.length > 3 ? names.full : names.short)[local.getUTCMonth()]!);
        return two(local.getUTCMonth() + 1, part);
      case 'd':
        return two(local.getUTCDate(), part);
      case 'H':
        return two(hour, part);
      case 'h':
        return two(hour % 12 || 12, part);
      case 'm':
        return two(local.getUTCMinutes(), part);
      case 's':
        return two(local.getUTCSeconds(), part);
      case 'S':
        return FRACTION.slice(0, part.length);
      case 'a':
        return dayPeriod.replace(/^a/, 'p').replace(/^A/, 'P');
      default:
        return offsetText(offsetMinutes, part);
    }
  });
}

function offsetText(minutes: number, symbol: string): string {
  if (minutes === 0 && symbol.startsWith('X')) return 'Z';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const pad = (value: number) => String(value).padStart(2, '0');
  const sign = minutes < 0 ? '-' : '+';
  if (symbol.length === 1 && rest === 0) return sign + pad(hours);
  return `${sign}${pad(hours)}${symbol.length === 3 ? ':' : ''}${pad(rest)}`;
}
