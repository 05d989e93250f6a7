import { numberText } from '../../../src/domain/cell-text';
import type { ColumnProfile, HistogramBar, StorageType, TopValue } from '../../../src/domain/columns';
import { kindOf } from '../datasets/column-buffer';
import { queryRows, type Scalar } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { columnBatches } from '../typing/column-batches';
import { groupsBy, melted, SHORT_TABLE } from '../typing/melt';
import { BARS, barsOf, planBars } from './bars';
import type { ColumnCounts, TextCounts } from './column-counts';
import { fetchNumbers } from './fetch-numbers';
import { groupTexts } from './group-texts';
import { numberStatistics, runStatistics } from './number-statistics';

type Statistics = Omit<
  ColumnProfile,
  'index' | 'originalName' | 'name' | 'storageType' | 'nearMiss' | 'subject'
>;

const TOP_VALUES = 10;
/** Occurrences from which value protection mostly shows a value (docs/encodings.md, Choosing a type). */
const NON_RARE = 6;
const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** A column of a typed table. */
export interface ProfiledColumn {
  readonly index: number;
  readonly type: StorageType;
  /** It is text made of integers beyond 64 bits. */
  readonly hugeIntegers: boolean;
}

/** Groups of several columns that are held at once. */
const MAX_CELLS = 500_000;

/** Statistics of one column; see `profileColumns`. */
export async function profileColumn(
  sql: SqlEngine,
  table: string,
  index: number,
  type: StorageType,
  hugeIntegers: boolean,
): Promise<Statistics> {
  const found = await profileColumns(sql, table, [{ index, type, hugeIntegers }], Number.POSITIVE_INFINITY);
  return found.get(index)!;
}

/**
 * Statistics of the columns of a typed table by position. Columns of a short table, and texts, are grouped in SQL, those of one
 * type together where rows are few; numbers of a long table are fetched and put in order, while DuckDB groups the texts.
 * Dates are epoch milliseconds UTC; infinities are counted and left out of the moments and the histogram. What was counted
 * while the table was loaded is neither grouped nor fetched.
 *
 * @param onColumns called with the number of columns that are done
 */
export async function profileColumns(
  sql: SqlEngine,
  table: string,
  columns: readonly ProfiledColumn[],
  rowCount: number,
  onColumns: (done: number) => void = () => {},
  counts?: ColumnCounts,
): Promise<Map<number, Statistics>> {
  const found = new Map<number, Statistics>();
  const isLong = rowCount > SHORT_TABLE;
  // Times of day are for SQL: DuckDB prints and counts them in its own way.
  const isOrdered = (type: StorageType) => isLong && type !== 'time' && kindOf(type) === 'number';
  const numbers = columns.filter(({ type }) => isOrdered(type));
  const texts = new Map<number, TextCounts>();
  for (const { type, index } of columns) {
    const of = type === 'text' ? counts?.texts(index) : null;
    if (of) texts.set(index, of);
  }
  const grouped = async (some: readonly ProfiledColumn[]) => {
    for (const group of groupsBy(some, ({ type, index }) => `${type} ${texts.has(index)}`)) {
      for (const batch of columnBatches(group, rowCount, MAX_CELLS)) {
        onColumns(found.size);
        await profileBatch(sql, table, batch, texts, found);
      }
    }
  };
  const unordered: ProfiledColumn[] = [];
  const ordered = async () => {
    for (const column of numbers) {
      onColumns(found.size);
      const statistics = await orderedStatistics(sql, table, column, counts);
      if (statistics) found.set(column.index, statistics);
      else unordered.push(column);
    }
  };
  const others = grouped(columns.filter((column) => !numbers.includes(column)));
  // Both are waited for, so that nothing runs on when the caller hears of a failure.
  for (const part of await Promise.allSettled([others, ordered()])) {
    if (part.status === 'rejected') throw part.reason;
  }
  await grouped(unordered);
  return found;
}

/** Statistics of a column of numbers; null if they need SQL. */
async function orderedStatistics(
  sql: SqlEngine,
  table: string,
  column: ProfiledColumn,
  counts: ColumnCounts | undefined,
): Promise<Statistics | null> {
  const { index, type, hugeIntegers } = column;
  const options = { type, nonRare: NON_RARE, topValues: TOP_VALUES };
  const runs = counts?.numbers(index) ?? null;
  let rowCount = counts?.rowCount ?? 0;
  let of = runs && runStatistics(runs, options);
  if (of === null) {
    const fetched = await fetchNumbers(sql, table, index, type);
    ({ rowCount } = fetched);
    if (fetched.values.length > 0) of = numberStatistics(fetched.values, options);
  }
  if (of === null) return null;
  const { count } = of;
  return {
    rowCount,
    nullCount: rowCount - count,
    distinctCount: of.distinctCount,
    nonRareShare: of.nonRareRows / count,
    uniqueShare: of.uniqueRows / count,
    nonRareDistinct: of.nonRareDistinct,
    infiniteCount: 0,
    min: of.min,
    median: of.median,
    mean: of.mean,
    max: of.max,
    maxLength: of.longest,
    fixedLength: of.longest === of.shortest,
    looksLikeUuid: false,
    exceedsSafeInteger: hugeIntegers,
    topValues: of.topValues,
    histogram: of.histogram,
  };
}

async function profileBatch(
  sql: SqlEngine,
  table: string,
  columns: readonly ProfiledColumn[],
  counted: ReadonlyMap<number, TextCounts>,
  found: Map<number, Statistics>,
): Promise<void> {
  const groups = `${table}_groups`;
  const { type } = columns[0]!;
  const texts = columns.flatMap(({ index }) => {
    const counts = counted.get(index);
    return counts ? [{ index, counts }] : [];
  });
  try {
    if (texts.length === columns.length) await groupTexts(sql, groups, texts);
    else {
      const positions = columns.map(({ index }) => index);
      await sql.query(
        `CREATE OR REPLACE TEMP TABLE ${groups} AS SELECT k, v, count(*) AS n FROM (${melted(table, positions)}) GROUP BY k, v`,
      );
    }
    const byColumn = async (query: string) =>
      new Map((await queryRows(sql, query)).map((row) => [Number(row['k']), row]));
    const counts = await byColumn(countsQuery(groups, type));
    const isNumeric = kindOf(type) === 'number';
    const numbers = isNumeric ? await byColumn(momentsQuery(groups, type)) : null;
    const distinct = Math.max(0, ...Array.from(counts.values(), (row) => Number(row['distinct_count'])));
    const medians = isNumeric ? await byColumn(medianQuery(table, groups, columns, type, distinct)) : null;
    const tops = await topValues(sql, groups, type, isNumeric ? TOP_VALUES : BARS, columns.length > 1);
    const ranges = columns.map(({ index }) => ({
      index,
      lowest: optional(numbers?.get(index)?.['lowest']),
      highest: optional(numbers?.get(index)?.['highest']),
    }));
    const bars = numbers ? await histograms(sql, groups, type, ranges) : null;
    for (const { index, hugeIntegers } of columns) {
      const count = counts.get(index) ?? {};
      const number = numbers?.get(index);
      const top = tops.get(index) ?? [];
      const values = Number(count['value_count'] ?? 0);
      const share = (part: Scalar | undefined) => (values === 0 ? 0 : Number(part) / values);
      found.set(index, {
        rowCount: Number(count['row_count'] ?? 0),
        nullCount: Number(count['row_count'] ?? 0) - values,
        distinctCount: Number(count['distinct_count'] ?? 0),
        nonRareShare: share(count['non_rare_rows']),
        uniqueShare: share(count['unique_rows']),
        nonRareDistinct: Number(count['non_rare_distinct'] ?? 0),
        infiniteCount: Number(number?.['infinite_count'] ?? 0),
        min: optional(number?.['lowest']),
        median: optional(medians?.get(index)?.['middle']),
        mean: optional(number?.['average']),
        max: optional(number?.['highest']),
        maxLength: Number(count['longest'] ?? 0),
        fixedLength: values > 0 && count['longest'] === count['shortest'],
        looksLikeUuid: count['uuid'] === true,
        exceedsSafeInteger: hugeIntegers || count['unsafe'] === true,
        topValues: top.slice(0, TOP_VALUES),
        histogram: bars
          ? (bars.get(index) ?? [])
          : top.map(({ value, count: n }): HistogramBar => ({ label: value, upper: null, count: n })),
      });
    }
  } finally {
    await sql.query(`DROP TABLE IF EXISTS ${groups}`);
  }
}

/** A value as a finite double; dates in milliseconds. */
function numberOf(type: StorageType): string {
  if (type === 'time') return '(epoch_us(v) / 1000.0)::DOUBLE';
  return type === 'date' || type === 'datetime' ? 'epoch_ms(v::TIMESTAMP)::DOUBLE' : 'v::DOUBLE';
}

function countsQuery(groups: string, type: StorageType): string {
  const unsafe =
    type === 'integer'
      ? 'coalesce(bool_or(v NOT BETWEEN -9007199254740992 AND 9007199254740992), false)'
      : 'false';
  const uuid = type === 'text' ? `coalesce(bool_and(regexp_full_match(v, '${UUID}')), false)` : 'false';
  return `SELECT k,
    coalesce(sum(n), 0)::DOUBLE AS row_count,
    coalesce(sum(n) FILTER (v IS NOT NULL), 0)::DOUBLE AS value_count,
    count(v)::DOUBLE AS distinct_count,
    coalesce(sum(n) FILTER (v IS NOT NULL AND n >= ${NON_RARE}), 0)::DOUBLE AS non_rare_rows,
    coalesce(sum(n) FILTER (v IS NOT NULL AND n = 1), 0)::DOUBLE AS unique_rows,
    count(v) FILTER (n >= ${NON_RARE})::DOUBLE AS non_rare_distinct,
    max(length(v::VARCHAR))::DOUBLE AS longest,
    min(length(v::VARCHAR))::DOUBLE AS shortest,
    ${uuid} AS uuid,
    ${unsafe} AS unsafe
  FROM ${groups} GROUP BY k`;
}

function momentsQuery(groups: string, type: StorageType): string {
  const finite = type === 'float' ? 'NOT isinf(x)' : 'true';
  return `SELECT k,
    coalesce(sum(n) FILTER (NOT (${finite})), 0)::DOUBLE AS infinite_count,
    min(x) FILTER (${finite}) AS lowest,
    max(x) FILTER (${finite}) AS highest,
    CASE WHEN isfinite(fsum(x * n) FILTER (${finite})) THEN fsum(x * n) FILTER (${finite}) / any_value(t)
      ELSE sum(x * (n / t)) FILTER (${finite}) END AS average
  FROM (SELECT k, ${numberOf(type)} AS x, n FROM ${groups} WHERE v IS NOT NULL)
    LEFT JOIN (SELECT k, sum(n)::DOUBLE AS t FROM ${groups} WHERE v IS NOT NULL ${type === 'float' ? 'AND NOT isinf(v)' : ''} GROUP BY k) USING (k)
  GROUP BY k`;
}

/** Sorting few groups beats sorting all rows; sorting many groups does not. */
const FEW_GROUPS = 50_000;

function medianQuery(
  table: string,
  groups: string,
  columns: readonly ProfiledColumn[],
  type: StorageType,
  distinct: number,
): string {
  const finite = type === 'float' ? 'AND NOT isinf(v)' : '';
  if (distinct > FEW_GROUPS && columns.length === 1) {
    const [{ index }] = columns as [ProfiledColumn];
    return `SELECT ${index} AS k, median(x) AS middle FROM (SELECT ${numberOf(type)} AS x
      FROM (SELECT ${columnId(index)} AS v FROM ${table}) WHERE v IS NOT NULL ${finite})`;
  }
  // The two middle values are the first whose running count reaches, and exceeds, half of all; halved before they are
  // added, because their sum may overflow.
  return `SELECT k, min(x) FILTER (upto * 2 >= total) / 2 + min(x) FILTER (upto * 2 > total) / 2 AS middle
    FROM (SELECT k, x, sum(n) OVER (PARTITION BY k ORDER BY x) AS upto, sum(n) OVER (PARTITION BY k) AS total
      FROM (SELECT k, ${numberOf(type)} AS x, n FROM ${groups} WHERE v IS NOT NULL ${finite})) GROUP BY k`;
}

async function topValues(
  sql: SqlEngine,
  groups: string,
  type: StorageType,
  limit: number,
  isSeveral: boolean,
): Promise<Map<number, TopValue[]>> {
  // Exact integers and a bounded length for text; floats and dates become text as they do on export.
  const value = type === 'integer' || kindOf(type) === 'text' ? 'left(v::VARCHAR, 200)' : numberOf(type);
  const select = `SELECT k, ${value} AS value, n::DOUBLE AS n FROM ${groups} WHERE v IS NOT NULL`;
  const rows = await queryRows(
    sql,
    isSeveral
      ? `${select} QUALIFY row_number() OVER (PARTITION BY k ORDER BY ${groups}.n DESC, v) <= ${limit} ORDER BY k, ${groups}.n DESC, v`
      : `${select} ORDER BY ${groups}.n DESC, v LIMIT ${limit}`,
  );
  const tops = new Map<number, TopValue[]>();
  for (const row of rows) {
    const k = Number(row['k']);
    const top = tops.get(k) ?? [];
    if (top.length === 0) tops.set(k, top);
    const text = typeof row['value'] === 'number' ? numberText(row['value'], type) : String(row['value']);
    top.push({ value: text, count: Number(row['n']) });
  }
  return tops;
}

interface Range {
  readonly index: number;
  readonly lowest: number | null;
  readonly highest: number | null;
}

/** The bars of several columns (`bars.ts`). */
async function histograms(
  sql: SqlEngine,
  groups: string,
  type: StorageType,
  ranges: readonly Range[],
): Promise<Map<number, HistogramBar[]>> {
  const plans = ranges.flatMap(({ index, lowest, highest }) => {
    if (lowest === null || highest === null) return [];
    return [{ index, ...planBars(type, lowest, highest) }];
  });
  if (plans.length === 0) return new Map();
  const finite = type === 'float' ? 'AND NOT isinf(v)' : '';
  const list = plans.map(
    ({ index, lowest, width, last }) =>
      `(${index}, ${sqlNumber(lowest)}, ${width === 0 ? 'NULL::DOUBLE' : sqlNumber(width)}, ${last})`,
  );
  const [only] = plans.length === 1 ? plans : [];
  // A join with a list of one costs as much as everything else.
  const cells = only
    ? `(SELECT k, v, n, ${sqlNumber(only.lowest)} AS low, ${only.width === 0 ? 'NULL::DOUBLE' : sqlNumber(only.width)} AS width, ${only.last} AS last FROM ${groups} WHERE k = ${only.index})`
    : `${groups} JOIN (VALUES ${list.join(', ')}) AS plan(k, low, width, last) USING (k)`;
  const rows = await queryRows(
    sql,
    `SELECT k, coalesce(least(last, floor((${numberOf(type)} - low) / width)), 0)::INTEGER AS bar, sum(n)::DOUBLE AS n
       FROM ${cells} WHERE v IS NOT NULL ${finite} GROUP BY k, bar ORDER BY k, bar`,
  );
  const counts = new Map(plans.map(({ index, last }) => [index, new Float64Array(last + 1)]));
  for (const row of rows) {
    const own = counts.get(Number(row['k']));
    if (own) own[Number(row['bar'])] = Number(row['n']);
  }
  return new Map(plans.map((plan) => [plan.index, barsOf(plan, type, counts.get(plan.index)!)]));
}

function sqlNumber(value: number): string {
  return `(${value}::DOUBLE)`;
}

function optional(value: Scalar | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
