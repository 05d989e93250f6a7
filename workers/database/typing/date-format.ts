import type { CellFormat, DateFormat } from '../../../src/domain/cell-format';
import { commonest } from './spellings';

/** Date field symbols of strptime's, by whether the text has one digit where two are possible. */
const SYMBOLS: Readonly<Record<string, readonly [padded: string, plain: string]>> = {
  Y: ['yyyy', 'yyyy'],
  y: ['yy', 'yy'],
  m: ['MM', 'M'],
  d: ['dd', 'd'],
  H: ['HH', 'H'],
  I: ['hh', 'h'],
  M: ['mm', 'm'],
  S: ['ss', 's'],
  f: ['SSSSSS', 'S'],
  p: ['a', 'a'],
  b: ['MMM', 'MMM'],
  B: ['MMMM', 'MMMM'],
  a: ['EEE', 'EEE'],
  A: ['EEEE', 'EEEE'],
};

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([T ])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?( ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?$/;

/** How ISO dates and datetimes of a column are mostly written; see `ValueParser.format`. */
export function isoFormat(sample: readonly string[], needed: number): CellFormat {
  const parts = sample.flatMap((text) => {
    const match = ISO.exec(text);
    return match ? [match] : [];
  });
  const pattern = commonest(parts.map(isoPattern), needed);
  if (pattern === null) return {};
  const offsets = parts.flatMap(([, , , , , , , , , zone]) => (zone ? [String(offsetOf(zone.trim()))] : []));
  const offsetMinutes = Number(commonest(offsets, needed) ?? 0);
  return { date: { pattern, ...(offsetMinutes !== 0 && { offsetMinutes }) } };
}

function isoPattern([, , month, day, between, hour, , second, fraction, zone]: RegExpExecArray): string {
  const date = `yyyy-${'M'.repeat(month!.length)}-${'d'.repeat(day!.length)}`;
  if (!between) return date;
  const seconds = second ? `:ss${fraction ? `.${'S'.repeat(fraction.length)}` : ''}` : '';
  const time = `${'H'.repeat(hour!.length)}:mm${seconds}`;
  return `${date}${between === 'T' ? "'T'" : ' '}${time}${zone ? zonePattern(zone) : ''}`;
}

/** The symbol of an offset as it is written, a blank before it included. */
export function zonePattern(zone: string): string {
  const blank = zone.startsWith(' ') ? ' ' : '';
  const text = zone.trim();
  if (text === 'UTC' || text === 'GMT') return `${blank}'${text}'`;
  if (text === 'Z') return `${blank}XXX`;
  const symbol = /^[+-]0+:?0*$/.test(text) ? 'x' : 'X';
  return blank + symbol.repeat(text.includes(':') ? 3 : text.length > 3 ? 2 : 1);
}

/** Minutes from UTC of "Z", "UTC", "+02", "-0330", "+05:30". */
export function offsetOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

/**
 * The pattern of a strptime format, as a column's texts are mostly written: fields of one digit tell that none is padded.
 * @param format strptime format of all the texts
 * @param needed texts that must show it
 */
export function patternOf(format: string, sample: readonly string[], needed: number): DateFormat {
  const fields = [...format.matchAll(/%(\w)/g)].map(([, code]) => code!);
  const shape = format
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%(\w)/g, (_, code: string) => (/[bBpaA]/.test(code) ? '(\\p{L}+)' : '(\\d+)'));
  const matches = sample.flatMap((text) => {
    const match = new RegExp(`^${shape}$`, 'u').exec(text);
    return match ? [match.slice(1)] : [];
  });
  const written = fields.map((code, i) => {
    const texts = matches.map((match) => match[i]!);
    if (code === 'f')
      return 'S'.repeat(
        Number(
          commonest(
            texts.map(({ length }) => String(length)),
            needed,
          ) ?? 6,
        ),
      );
    const isPlain = texts.filter((text) => /^\d$/.test(text)).length >= needed;
    return SYMBOLS[code]![isPlain ? 1 : 0];
  });
  const months = matches.flatMap((match) => match.filter((_, i) => /[bB]/.test(fields[i]!)));
  let next = 0;
  const pattern = format.replace(/%\w|[A-Za-z]+/g, (part) =>
    part.startsWith('%') ? written[next++]! : `'${part}'`,
  );
  return { pattern, ...caseOf(months, needed) };
}

/** Whether most of the names, and `needed` of them, are in capitals or in small letters. */
export function caseOf(names: readonly string[], needed: number): Pick<DateFormat, 'monthCase'> {
  const of = (name: string) =>
    name === name.toUpperCase() ? 'upper' : name === name.toLowerCase() ? 'lower' : 'mixed';
  const usual = commonest(names.map(of), needed);
  return usual === 'upper' || usual === 'lower' ? { monthCase: usual } : {};
}
