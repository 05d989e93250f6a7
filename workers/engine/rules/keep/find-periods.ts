import { DAY, splitInstant } from '../../../../src/domain/calendar';
import { logTail } from '../../../../src/domain/chi-square';
import { takeRows } from '../../../../src/domain/column-data';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { columnsOfRule } from '../../../../src/domain/rules';
import { codeColumn, numbersOf, type RuleColumn } from '../../../rules/rule-column';
import type { DateColumns } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import { periodOf } from '../../models/period-of-day';
import { daysOf, periodStarts } from './date-periods';
import type { ReadColumn } from './extra-columns';

/** Periods of a date that other columns follow. */
export interface DatePeriods {
  readonly columns: DateColumns;
  readonly starts: readonly number[];
}

/** Rows of a period, at least: of shorter ones a model also learns how many training rows each has. */
const MIN_ROWS = 150;
const MAX_PERIODS = 400;
/** Rows that the evidence is taken from. */
const MAX_ROWS = 10_000;
/** Of fewer periods, the parts of a date say as much. */
const MIN_PERIODS = 12;
/** Logarithm of the chance that a column which does not follow the periods seems to. */
const MAX_CHANCE = Math.log(1e-6);
/** Share of a column's variance, beyond the parts of the date, that is the periods'. */
const MIN_SHARE = 0.02;
const PASSES = 3;

/**
 * Dates whose stretches of days say more of another column than year, month, day and weekday added up do: weather,
 * prices or sales that drift. The evidence is an analysis of variance between periods (Fisher 1925), of the residuals.
 */
export async function findPeriods(
  features: readonly FeatureColumn[],
  rules: readonly Rule[],
  read: ReadColumn,
  pause: () => Promise<void>,
): Promise<DatePeriods[]> {
  const found: DatePeriods[] = [];
  for (const columns of datesOf(features, rules)) {
    const own: RuleColumn[] = [];
    for (const name of columns) own.push(await read(name));
    const days = daysOf(own);
    const starts = periodStarts(days, Math.max(MIN_ROWS, Math.ceil(days.length / MAX_PERIODS)));
    if (starts.length + 1 < MIN_PERIODS) continue;
    await pause();
    const rows = new RandomStream(days.length, 'periods').spreadRows(
      days.length,
      Math.min(days.length, MAX_ROWS),
    );
    const sampled = Float64Array.from(rows, (row) => days[row]!);
    const parts = partsOf(sampled);
    const periods = sampled.map((day) => (Number.isNaN(day) ? day : periodOf(day, starts)));
    const related = rules.filter((rule) => columnsOfRule(rule).some((name) => columns.includes(name)));
    const derived = new Set(
      related.flatMap((rule) => (rule.kind === 'calendar-date' ? [] : columnsOfRule(rule))),
    );
    for (const { schema } of features) {
      if (columns.includes(schema.name) || derived.has(schema.name)) continue;
      await pause();
      const column = await read(schema.name);
      const scores = scoresOf({ ...column, data: takeRows(column.data, rows) });
      if (!follows(scores, parts, periods, starts.length + 1)) continue;
      found.push({ columns, starts });
      break;
    }
  }
  return found;
}

function datesOf(features: readonly FeatureColumn[], rules: readonly Rule[]): DateColumns[] {
  const dates = features.filter(({ encodingType }) => encodingType === 'TABULAR_DATETIME');
  const isDiscrete = (name: string) =>
    features.some(
      ({ schema, encodingType }) => schema.name === name && encodingType === 'TABULAR_NUMERIC_DISCRETE',
    );
  return [
    ...dates.map(({ schema }) => [schema.name] as const),
    ...rules.flatMap((rule) =>
      rule.kind === 'calendar-date' && [rule.year, rule.month, rule.day].every(isDiscrete)
        ? [[rule.year, rule.month, rule.day] as const]
        : [],
    ),
  ];
}

/** Year, month, day of the month and weekday of days, each [rows]. */
function partsOf(days: Float64Array): Int32Array[] {
  const calendar = new Int32Array(9);
  const parts = Array.from({ length: 4 }, () => new Int32Array(days.length));
  days.forEach((day, row) => {
    if (Number.isNaN(day)) return;
    splitInstant(day * DAY, calendar);
    parts[0]![row] = calendar[0]!;
    parts[1]![row] = calendar[1]!;
    parts[2]![row] = calendar[2]!;
    parts[3]![row] = ((day % 7) + 7) % 7;
  });
  return parts;
}

/** Mid-ranks of numbers, from −½ to ½; of other columns 1 for the most frequent cell. NaN = missing. */
function scoresOf(column: RuleColumn): Float64Array {
  if (column.data.kind === 'text') {
    const { codes, cells } = codeColumn(column);
    const counts = new Uint32Array(cells.length);
    for (const code of codes) if (code >= 0) counts[code]!++;
    const top = counts.indexOf(Math.max(...counts));
    return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : Number(code === top)));
  }
  const values = numbersOf(column);
  const order = Uint32Array.from(values.keys())
    .filter((row) => !Number.isNaN(values[row]!))
    .sort((a, b) => values[a]! - values[b]!);
  const scores = new Float64Array(values.length).fill(Number.NaN);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let at = start; at < end; at++) scores[order[at]!] = (start + end) / 2 / order.length - 0.5;
  }
  return scores;
}

/** Whether scores differ between periods by more than chance and a trifle, beyond what the parts of the date add up to. */
function follows(
  scores: Float64Array,
  parts: readonly Int32Array[],
  periods: Float64Array,
  periodCount: number,
): boolean {
  const rows = Uint32Array.from(scores.keys()).filter((row) => !Number.isNaN(scores[row]! + periods[row]!));
  const residuals = scores.slice();
  const center = (group: ArrayLike<number>) => {
    const sums: number[] = [];
    const counts: number[] = [];
    for (const row of rows) {
      sums[group[row]!] = (sums[group[row]!] ?? 0) + residuals[row]!;
      counts[group[row]!] = (counts[group[row]!] ?? 0) + 1;
    }
    for (const row of rows) residuals[row]! -= sums[group[row]!]! / counts[group[row]!]!;
  };
  for (let pass = 0; pass < PASSES; pass++) for (const part of parts) center(part);
  const total = rows.reduce((sum, row) => sum + residuals[row]! ** 2, 0);
  center(periods);
  const within = rows.reduce((sum, row) => sum + residuals[row]! ** 2, 0);
  const [df1, df2] = [periodCount - 1, rows.length - periodCount];
  const between = total - within;
  if (!(within > 0) || df2 < df1) return false;
  const ratio = between / df1 / (within / df2);
  // F tends to χ² over its degrees of freedom where the second ones are many.
  const share = (between - (df1 * within) / df2) / total;
  return share > MIN_SHARE && logTail(ratio * df1, df1) < MAX_CHANCE;
}
