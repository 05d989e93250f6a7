import { MONTH_NAMES, type MonthLocale } from '../../../src/domain/month-names';
import { literal } from '../duckdb/sql';
import { caseOf } from './date-format';
import { anyCase, commonest } from './spellings';
import type { ValueParser } from './value-parser';
import { guarded } from './value-parsers';

const DAY = '(?:0?[1-9]|[12][0-9]|3[01])';
const TIME = '(?:,? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?';
const LETTER = /[^\p{ASCII}]|[A-Za-z]{3}/u;
/** Between the day and the month: “5. Januar”, “5 de enero”, “1er janvier”, “5-mai”. */
const BETWEEN = '(?:er|º|°)?(?:\\. ?| de | di | |-|/)';
const AFTER = '(?:\\.? de |\\.? del |\\.? |\\.?-|/|, )';

/** Dates with names of months in languages other than English; none where the cells hold no words. */
export function localDates(sample: readonly string[]): ValueParser[] {
  if (!sample.some((text) => LETTER.test(text) && /\d/.test(text))) return [];
  const words = sample.join(' ').toLowerCase();
  return (Object.keys(MONTH_NAMES) as MonthLocale[]).flatMap((locale) => {
    if (locale === 'en') return [];
    const { full, short } = MONTH_NAMES[locale];
    return [full, short].flatMap((names, isShort) =>
      names.some((name) => words.includes(name.toLowerCase()))
        ? (['date', 'datetime'] as const).map((type) => namedMonths(locale, names, isShort === 1, type))
        : [],
    );
  });
}

function namedMonths(
  locale: MonthLocale,
  names: readonly string[],
  isShort: boolean,
  storageType: 'date' | 'datetime',
): ValueParser {
  const month = anyCase(names);
  const time = storageType === 'datetime' ? TIME : '';
  const shape = `${DAY}${BETWEEN}${month}${AFTER}[0-9]{4}${time}`;
  const lowered = `[${names.map((name) => literal(name.toLowerCase())).join(', ')}]`;
  return {
    id: `${storageType} ${locale} ${isShort ? 'MMM' : 'MMMM'}`,
    storageType,
    kind: 'date',
    shape,
    format: (sample, needed) => {
      const written = localPattern(sample, isShort, needed);
      return written ? { date: { ...written, locale } } : {};
    },
    sql: (text) => {
      const word = `lower(regexp_extract(${text}, '(${month})', 1))`;
      const day = `regexp_extract(${text}, '^[0-9]+')`;
      const year = `regexp_extract(${text}, '([0-9]{4})(?:$|,? [0-9])', 1)`;
      const clock = `coalesce(nullif(regexp_extract(${text}, '[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$'), ''), '0:00')`;
      const date = `${year} || '-' || list_position(${lowered}, ${word}) || '-' || ${day}`;
      return guarded(
        text,
        shape,
        storageType === 'date'
          ? `TRY_CAST(${date} AS DATE)`
          : `TRY_CAST(${date} || ' ' || ${clock} AS TIMESTAMP)`,
      );
    },
    ...(storageType === 'datetime' && {
      coarser: namedMonths(locale, names, isShort, 'date') as ValueParser & { storageType: 'date' },
    }),
  };
}

const PARTS =
  /^(\d+)(\P{L}*?(?:er|º|°)?(?:\. ?| de | di | |-|\/))(\p{L}+)(\.? del? |\.? |\.?-|\/|, )(\d{4})(?:(,? )(\d{1,2}):\d{2}(:\d{2})?)?$/u;

function localPattern(
  sample: readonly string[],
  isShort: boolean,
  needed: number,
): { pattern: string; monthCase?: 'upper' | 'lower' } | null {
  const matches = sample.flatMap((text) => {
    const match = PARTS.exec(text);
    return match ? [match] : [];
  });
  const isPlain = matches.filter(([, day]) => day!.length === 1).length >= needed;
  const text = (part: string) => part.replace(/\p{L}+/gu, "'$&'");
  const patterns = matches.map(([, , between, , after, , gap, hour, second]) => {
    const clock = gap ? `${gap}${'H'.repeat(hour!.length)}:mm${second ? ':ss' : ''}` : '';
    return `${isPlain ? 'd' : 'dd'}${text(between!)}${isShort ? 'MMM' : 'MMMM'}${text(after!)}yyyy${clock}`;
  });
  const months = matches.map(([, , , month]) => month!);
  const written = caseOf(months, needed);
  const pattern = commonest(patterns, needed);
  if (pattern === null) return null;
  return {
    pattern,
    ...(written.monthCase === 'upper' && written),
  };
}
