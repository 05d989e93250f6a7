import type { DateFormat } from '../../../src/domain/cell-format';
import { commonest } from './spellings';
import type { ValueParser } from './value-parser';
import { guarded } from './value-parsers';

const HOURS = '(?:[01]?[0-9]|2[0-3])';
const SIXTY = '[0-5][0-9]';
const CLOCK = `${HOURS}:${SIXTY}(?::${SIXTY}(?:\\.[0-9]{1,9})?)?`;
const HALF_DAY = `(?:0?[1-9]|1[0-2])(?::${SIXTY}){1,2} ?(?:[AaPp]\\.?[Mm]\\.?)`;

/** Times of day, as milliseconds since midnight wherever they are numbers (docs/encodings.md, Times of day). */
export const TIMES_OF_DAY: readonly ValueParser[] = [
  {
    id: 'time HH:mm',
    storageType: 'time',
    kind: 'time',
    shape: CLOCK,
    format: clockFormat,
    // DuckDB wants seconds.
    sql: (text) =>
      guarded(
        text,
        CLOCK,
        `TRY_CAST(CASE WHEN strlen(${text}) < 6 THEN ${text} || ':00' ELSE ${text} END AS TIME)`,
      ),
  },
  {
    id: 'time h:mm a',
    storageType: 'time',
    kind: 'time',
    shape: HALF_DAY,
    format: halfDayFormat,
    sql: (text) => {
      const plain = `upper(replace(replace(${text}, '.', ''), ' ', ''))`;
      return guarded(text, HALF_DAY, `TRY_CAST(try_strptime(${plain}, ['%I:%M%p', '%I:%M:%S%p']) AS TIME)`);
    },
  },
];

function clockFormat(sample: readonly string[], needed: number): { date?: DateFormat } {
  const parts = sample.flatMap((text) => /^(\d+):\d\d(:\d\d)?(?:\.(\d+))?$/.exec(text) ?? []).length;
  if (parts === 0) return {};
  const isPlain = sample.filter((text) => /^\d:/.test(text)).length >= needed;
  const pattern = commonest(
    sample.flatMap((text) => {
      const match = /^\d+:\d\d(:\d\d)?(?:\.(\d+))?$/.exec(text);
      if (!match) return [];
      const [, seconds, fraction] = match;
      return [`mm${seconds ? ':ss' : ''}${fraction ? `.${'S'.repeat(fraction.length)}` : ''}`];
    }),
    needed,
  );
  return pattern === null ? {} : { date: { pattern: `${isPlain ? 'H' : 'HH'}:${pattern}` } };
}

function halfDayFormat(sample: readonly string[], needed: number): { date?: DateFormat } {
  const isPlain = sample.filter((text) => /^[1-9]:/.test(text)).length >= needed;
  const matches = sample.flatMap((text) => {
    const match = /^\d+:\d\d(:\d\d)?( ?)([AaPp])(\.?)([Mm])(\.?)$/.exec(text);
    return match ? [match] : [];
  });
  const pattern = commonest(
    matches.map(([, seconds, blank]) => `mm${seconds ? ':ss' : ''}${blank}a`),
    needed,
  );
  if (pattern === null) return {};
  const period = commonest(
    matches.map(([, , , letter, first, m, last]) => {
      const case_ = letter === letter!.toLowerCase() ? 'a' : 'A';
      return `${case_}${first}${m}${last}`;
    }),
    needed,
  );
  return {
    date: {
      pattern: `${isPlain ? 'h' : 'hh'}:${pattern}`,
      ...(period !== null && period !== 'AM' && { dayPeriod: period }),
    },
  };
}
