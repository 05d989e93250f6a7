import { MONTH_NAMES } from '../../../src/domain/month-names';
import { literal } from '../duckdb/sql';
import { isoFormat, patternOf } from './date-format';
import { anyCase } from './spellings';
import type { ValueParser } from './value-parser';
import { guarded } from './value-parsers';

const DAY = '(?:0?[1-9]|[12][0-9]|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '[0-9]{4}';
const YEAR2 = '[0-9]{2}';
const FULL = anyCase(MONTH_NAMES.en.full);
const SHORT = anyCase(MONTH_NAMES.en.short);
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const WEEKDAY = anyCase(WEEKDAYS);
const WEEKDAY_SHORT = anyCase(WEEKDAYS.map((name) => name.slice(0, 3)));

interface Pattern {
  readonly shape: string;
  readonly format: string;
  /** Format with day and month the other way round. */
  readonly rival?: string;
  /** A first field above 12, or zeros before each, must show that these are no versions such as 2.7.90. */
  readonly isDoubtful?: boolean;
}

/** Times of day that may follow a date that is not in ISO form. */
const TIMES: readonly Pattern[] = [
  { shape: '[0-9]{1,2}:[0-9]{2}', format: '%H:%M' },
  { shape: '[0-9]{1,2}:[0-9]{2}:[0-9]{2}', format: '%H:%M:%S' },
  { shape: '[0-9]{1,2}:[0-9]{2}:[0-9]{2}\\.[0-9]{1,6}', format: '%H:%M:%S.%f' },
  { shape: '[0-9]{1,2}:[0-9]{2} [AaPp][Mm]', format: '%I:%M %p' },
  { shape: '[0-9]{1,2}:[0-9]{2}:[0-9]{2} [AaPp][Mm]', format: '%I:%M:%S %p' },
];

/** ISO 8601 with blank or T, optional seconds and fraction. */
const ISO_TIME = '[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?';
const UTC = ' ?(?:Z|UTC)';
const GMT = ' ?GMT';
const OFFSET = ' ?[+-][0-9]{2}(?::?[0-9]{2})?';
const ISO_DATE = `[0-9]{4}-${MONTH}-${DAY}`;

const isoDate = {
  id: 'iso-date',
  storageType: 'date' as const,
  bytes: 'iso-date' as const,
  shape: ISO_DATE,
  format: isoFormat,
  sql: (text: string) => {
    const date = `TRY_CAST(${text} AS DATE)`;
    return `CASE WHEN ${date}::VARCHAR = ${text} THEN ${date} ELSE ${guarded(text, ISO_DATE, date)} END`;
  },
};

const ISO_DATETIME = `${ISO_DATE}(?:${ISO_TIME}(?:${UTC})?)?`;

const isoDatetime: ValueParser = {
  id: 'iso-datetime',
  storageType: 'datetime',
  bytes: 'iso-datetime',
  coarser: isoDate,
  shape: ISO_DATETIME,
  format: isoFormat,
  sql: (text) => guarded(text, ISO_DATETIME, `TRY_CAST(${text} AS TIMESTAMP)`),
};

const ISO_OFFSET = `${ISO_DATE}${ISO_TIME}(?:${UTC}|${GMT}|${OFFSET})`;

/**
 * Datetimes with offsets, made UTC. DuckDB drops the offset when it casts to TIMESTAMP, and TIMESTAMPTZ, which would
 * not, needs an extension that is not there and traps (docs/import.md, DuckDB): hence the subtraction.
 */
const isoOffset: ValueParser = {
  id: 'iso-offset',
  storageType: 'datetime',
  kind: 'zone',
  shape: ISO_OFFSET,
  format: isoFormat,
  sql: (text) => {
    const offset = `replace(regexp_extract(${text}, '[+-][0-9]{2}:?[0-9]{0,2}$'), ':', '')`;
    const hours = `coalesce(TRY_CAST(substr(${offset}, 2, 2) AS INTEGER), 0)`;
    const minutes = `coalesce(TRY_CAST(substr(${offset}, 4, 2) AS INTEGER), 0)`;
    const sign = `CASE WHEN starts_with(${offset}, '-') THEN -1 ELSE 1 END`;
    return guarded(
      text,
      ISO_OFFSET,
      `TRY_CAST(regexp_extract(${text}, '^${ISO_DATE}${ISO_TIME}') AS TIMESTAMP) - to_minutes((${sign}) * (${hours} * 60 + ${minutes}))`,
    );
  },
};

/**
 * Date notations in the order they are tried; where day and month could be either way round in every value of a
 * column, the order decides.
 * @param dayFirst what is usual where the file comes from
 */
export function dateParsers(dayFirst: boolean): ValueParser[] {
  const dates = datePatterns(dayFirst);
  return [
    isoDate,
    isoDatetime,
    isoOffset,
    ...dates.map((date) => strptimeParser('date', date)),
    ...weekdayPatterns().map((date) => strptimeParser('date', date)),
    ...TIMES.flatMap((time) =>
      dates.map((date) =>
        strptimeParser('datetime', {
          shape: `${date.shape} ${time.shape}`,
          format: `${date.format} ${time.format}`,
          ...(date.rival && { rival: `${date.rival} ${time.format}` }),
        }),
      ),
    ),
  ];
}

function datePatterns(dayFirst: boolean): Pattern[] {
  const patterns: Pattern[] = [];
  for (const [mark, escaped] of [
    ['/', '/'],
    ['-', '-'],
    ['.', '\\.'],
  ] as const) {
    if (mark !== '-') {
      patterns.push({
        shape: `${YEAR}${escaped}${MONTH}${escaped}${DAY}`,
        format: `%Y${mark}%m${mark}%d`,
      });
    }
    for (const [year, code] of [
      [YEAR, '%Y'],
      [YEAR2, '%y'],
    ] as const) {
      const format = (first: string, second: string) => [first, second, code].join(mark);
      const isDoubtful = code === '%y' && mark !== '/';
      const dmy = {
        shape: [DAY, MONTH, year].join(escaped),
        format: format('%d', '%m'),
        rival: format('%m', '%d'),
        isDoubtful,
      };
      const mdy = {
        shape: [MONTH, DAY, year].join(escaped),
        format: format('%m', '%d'),
        rival: format('%d', '%m'),
        isDoubtful,
      };
      // Points and dashes are day-first nearly everywhere; slashes depend.
      patterns.push(...(dayFirst || mark !== '/' ? [dmy, mdy] : [mdy, dmy]));
    }
  }
  for (const [month, code] of [
    [SHORT, '%b'],
    [FULL, '%B'],
  ] as const) {
    patterns.push(
      { shape: `${DAY} ${month} ${YEAR}`, format: `%d ${code} %Y` },
      { shape: `${DAY}-${month}-${YEAR}`, format: `%d-${code}-%Y` },
      { shape: `${DAY}-${month}-${YEAR2}`, format: `%d-${code}-%y` },
      { shape: `${month} ${DAY}, ${YEAR}`, format: `${code} %d, %Y` },
      { shape: `${month} ${DAY} ${YEAR}`, format: `${code} %d %Y` },
      { shape: `${month}-${DAY}-${YEAR}`, format: `${code}-%d-%Y` },
      { shape: `${month}-${DAY}-${YEAR2}`, format: `${code}-%d-%y` },
      { shape: `${DAY}/${month}/${YEAR}`, format: `%d/${code}/%Y` },
      { shape: `${DAY} ${month} ${YEAR2}`, format: `%d ${code} %y` },
      { shape: `${YEAR}-${month}-${DAY}`, format: `%Y-${code}-%d` },
      // As SAS writes them.
      { shape: `[0-3][0-9]${month}${YEAR}`, format: `%d${code}%Y` },
    );
  }
  return patterns;
}

/** “Monday, 2 January 2006”, “Mon Jan 2 2006”. The weekday is not compared with the date. */
function weekdayPatterns(): Pattern[] {
  return [
    { weekday: WEEKDAY, code: '%A' },
    { weekday: WEEKDAY_SHORT, code: '%a' },
  ].flatMap(({ weekday, code }) =>
    [
      { month: SHORT, name: '%b' },
      { month: FULL, name: '%B' },
    ].flatMap(({ month, name }) =>
      [', ', ' '].flatMap((between) => [
        { shape: `${weekday}${between}${DAY} ${month} ${YEAR}`, format: `${code}${between}%d ${name} %Y` },
        { shape: `${weekday}${between}${month} ${DAY}, ${YEAR}`, format: `${code}${between}${name} %d, %Y` },
        { shape: `${weekday}${between}${month} ${DAY} ${YEAR}`, format: `${code}${between}${name} %d %Y` },
      ]),
    ),
  );
}

function strptimeParser(
  storageType: 'date' | 'datetime',
  { shape, format, rival, isDoubtful }: Pattern,
): ValueParser {
  const sqlType = storageType === 'date' ? 'DATE' : 'TIMESTAMP';
  const read = (text: string, by: string) => `TRY_CAST(try_strptime(${text}, ${literal(by)}) AS ${sqlType})`;
  return {
    id: `${storageType} ${format}`,
    storageType,
    kind: 'date',
    shape,
    ...(rival && {
      rival: { sql: (text: string) => read(text, rival) },
      order: format.startsWith('%d') ? ('day-first' as const) : ('month-first' as const),
    }),
    ...(isDoubtful && {
      evidence: (text: string) => {
        const isPadded = `regexp_matches(${text}, '^[0-9]{2}.[0-9]{2}.')`;
        const isDay = `TRY_CAST(regexp_extract(${text}, '^[0-9]+') AS INTEGER) > 12`;
        const isDayFirst = format.startsWith('%d');
        return `coalesce(bool_and(${isPadded})${isDayFirst ? ` OR bool_or(${isDay})` : ''}, false)`;
      },
    }),
    format: (sample, needed) => (sample.length < needed ? {} : { date: patternOf(format, sample, needed) }),
    sql: (text) => guarded(text, shape, read(text, format)),
  };
}
