import type { ValueParser } from './value-parser';
import { guarded } from './value-parsers';

/** Instants that files of people are about: 1980 to 2100, in seconds from 1970. */
const FIRST = 315_532_800;
const LAST = 4_102_444_800;

/** Words in names of columns that hold times, and what they end with. */
const TIME_WORDS =
  /^(?:time|times|timestamp|timestamps|date|dates|datetime|day|ts|epoch|unix|unixtime|created|updated|modified|changed|deleted|posted|published|expires|expiry|since|until|birthdate|dob|at|zeit|zeitpunkt|zeitstempel|datum|tag|fecha|hora|heure|jour|data|giorno|dia|tid|dato|aika|czas)$/;
/** Words of durations, whose seconds count from nothing. */
const DURATION_WORDS =
  /^(?:elapsed|duration|run|runtime|uptime|left|total|response|wait|zone|timezone|offset)$/;

/** Whether a name says that its column holds instants: `created_at`, `timeStamp`, `Datum`. */
export function namesTime(name: string): boolean {
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return words.some((word) => TIME_WORDS.test(word)) && !words.some((word) => DURATION_WORDS.test(word));
}

function written(pattern: string): NonNullable<ValueParser['format']> {
  return (sample, needed) => (sample.length < needed ? {} : { date: { pattern } });
}

/** A day without marks: 20240131. */
const COMPACT_DATE: ValueParser = {
  id: 'date %Y%m%d',
  storageType: 'date',
  kind: 'date',
  shape: '(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])',
  format: written('yyyyMMdd'),
  sql: (text) =>
    guarded(
      text,
      '(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])',
      `TRY_CAST(try_strptime(${text}, '%Y%m%d') AS DATE)`,
    ),
};

const ENOUGH_DAYS = 20;
/** Fewer than one number of eight digits in a thousand looks like a day of these years: so many do not by chance. */
const DISTINCT_DAYS = 7;

/**
 * The days that a column holds, whatever its name: at least twenty cells, seven of them different, and not one of another form.
 * @param sample texts of the column
 */
export function compactDates(sample: readonly string[]): readonly ValueParser[] {
  const isDay = new RegExp(`^${COMPACT_DATE.shape}$`);
  return sample.length >= ENOUGH_DAYS &&
    new Set(sample).size >= DISTINCT_DAYS &&
    sample.every((text) => isDay.test(text))
    ? [COMPACT_DATE]
    : [];
}

/** Counts of seconds or milliseconds from 1970 and days without marks, for columns whose name says that they are times. */
export const COUNTED_TIMES: readonly ValueParser[] = [
  {
    id: 'epoch-seconds',
    storageType: 'datetime',
    kind: 'epoch',
    shape: '[0-9]{9,10}',
    format: written('epoch-seconds'),
    sql: (text) => counted(text, 1),
  },
  {
    id: 'epoch-milliseconds',
    storageType: 'datetime',
    kind: 'epoch',
    shape: '[0-9]{12,13}',
    format: written('epoch-milliseconds'),
    sql: (text) => counted(text, 1000),
  },
  COMPACT_DATE,
];
/** @param perSecond 1 for seconds, 1000 for milliseconds */
function counted(text: string, perSecond: 1 | 1000): string {
  const number = `TRY_CAST(${text} AS BIGINT)`;
  return `CASE WHEN regexp_full_match(${text}, '[0-9]+') AND ${number} BETWEEN ${FIRST * perSecond} AND ${LAST * perSecond} THEN make_timestamp(${number} * ${1_000_000 / perSecond}) END`;
}
