import { DAY, daysInMonth, joinInstant } from '../../../../../src/domain/calendar';
import { type DatetimeEncoding, decodeDatetime, encodeDatetime } from '../../../encoding/datetime';
import type { EncodedFeature } from '../../coded-columns';
import type { PeriodTie, Tie } from '../../kept-rules';
import { periodOf } from '../../period-of-day';
import type { CodeRelation } from '../network/restrictions';
import { type CodeMeaning, meaningsOf } from './code-values';

/** Combinations that a relation lists at most: some 270 years of days. */
const MAX_TUPLES = 100_000;

interface Column {
  readonly part: number;
  readonly encoding: EncodedFeature['encoding'];
}

/** Relations of the period of a date with the parts of that date: each decides the other, whichever is drawn first. */
export function periodRelations(ties: readonly Tie[], features: readonly EncodedFeature[]): CodeRelation[] {
  const columns = new Map<string, Column>();
  let part = 0;
  for (const { schema, encoding } of features) {
    columns.set(schema.name, { part, encoding });
    part += encoding.subColumns.length;
  }
  return ties.flatMap((tie) => {
    if (!('period' in tie)) return [];
    const period = columns.get(tie.period)!;
    const own = tie.columns.map((name) => columns.get(name)!);
    const meanings = meaningsOf(period.encoding);
    if (!meanings) return [];
    const codeOf = codesByNumber(meanings);
    const [first] = own;
    const relation =
      own.length === 1 && first!.encoding.type === 'TABULAR_DATETIME'
        ? relationOfDate(first!.encoding, first!.part, tie, codeOf)
        : relationOfParts(own, tie, codeOf);
    if (!relation) return [];
    const members = [period.part, ...relation.parts].map((own) => ({ part: own, groups: null }));
    const tuples = relation.tuples;
    return tuples.length > 0 && tuples.length <= MAX_TUPLES * members.length ? [{ members, tuples }] : [];
  });
}

interface Listed {
  readonly parts: readonly number[];
  readonly tuples: number[];
}

/** Code of a period's number; null gives that of a missing one. −1 = none. */
type CodeOf = (period: number | null) => number;

function codesByNumber(meanings: readonly CodeMeaning[]): CodeOf {
  const cells = meanings.map((meaning) => (meaning.kind === 'cell' ? meaning.cell : undefined));
  const known = new Map(cells.map((cell, code) => [cell, code]));
  return (period) => known.get(period) ?? -1;
}

function relationOfParts(columns: readonly Column[], { starts }: PeriodTie, codeOf: CodeOf): Listed | null {
  const numbers = columns.map(({ encoding }) => {
    const meanings = meaningsOf(encoding);
    if (!meanings || meanings.some(({ kind }) => kind === 'range')) return null;
    return meanings.map((meaning) =>
      meaning.kind === 'cell' && meaning.cell !== null ? Number(meaning.cell) : null,
    );
  });
  if (numbers.length !== 3 || numbers.includes(null)) return null;
  const calendar = new Int32Array(9);
  const tuples: number[] = [];
  const [years, months, days] = numbers as (number | null)[][];
  years!.forEach((year, i) => {
    months!.forEach((month, k) => {
      days!.forEach((day, l) => {
        let period: number | null = null;
        if (year !== null && month !== null && day !== null) {
          if (day > daysInMonth(year, month)) return;
          calendar.set([year, month, day]);
          period = periodOf(joinInstant(calendar) / DAY, starts);
        }
        const code = codeOf(period);
        if (code >= 0) tuples.push(code, i, k, l);
      });
    });
  });
  return { parts: columns.map(({ part }) => part), tuples };
}

function relationOfDate(
  encoding: DatetimeEncoding,
  part: number,
  { starts }: PeriodTie,
  codeOf: CodeOf,
): Listed | null {
  const { bounds, specials, hasNull, subColumns } = encoding;
  if (!bounds) return null;
  const first = Math.floor(bounds.min / DAY);
  const count = Math.floor(bounds.max / DAY) - first + 1;
  if (count > MAX_TUPLES) return null;
  const days = Float64Array.from({ length: count }, (_, k) =>
    Math.min(Math.max((first + k) * DAY, bounds.min), bounds.max),
  );
  const codes = encodeDatetime(encoding, { kind: 'number', values: days, nulls: null });
  const dayParts = subColumns.flatMap(({ name }, k) => (DAY_PARTS.includes(name) ? [k] : []));
  const isStated = subColumns[0]!.name === 'nan';
  const tuples: number[] = [];
  const seen = new Set<string>();
  // The day that the codes stand for: one of few rows may be coded as another.
  const coded = decodeDatetime(encoding, codes).values;
  coded.forEach((instant, k) => {
    const own = dayParts.map((at) => codes[at]![k]!);
    const key = own.join();
    const numbers = [
      periodOf(Math.floor(instant / DAY), starts),
      ...(hasNull ? [null] : []),
      ...specials.map((special) => periodOf(Math.floor(special / DAY), starts)),
    ];
    numbers.forEach((number, state) => {
      const code = codeOf(number);
      const name = `${code},${state},${key}`;
      if (code < 0 || seen.has(name)) return;
      seen.add(name);
      tuples.push(code, ...(isStated ? [state] : []), ...own);
    });
  });
  return { parts: [...(isStated ? [0] : []), ...dayParts].map((at) => part + at), tuples };
}

/** Sub-columns that say the day. */
const DAY_PARTS: readonly string[] = ['date', 'year', 'month', 'week', 'mark', 'weekday', 'day'];
