import { numberText } from '../../../src/domain/cell-text';
import type { ColumnProfile, HistogramBar, StorageType, TopValue } from '../../../src/domain/columns';
import { kindOf } from '../datasets/column-buffer';
import { queryRow, queryRows, type Scalar } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';

type Statistics = Omit<
  ColumnProfile,
  'index' | 'originalName' | 'name' | 'storageType' | 'nearMiss' | 'subject'
>;

const BARS = 20;
const TOP_VALUES = 10;
/** Occurrences from which value protection mostly shows a value (docs/encodings.md, Choosing a type). */
const NON_RARE = 6;
const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/**
 * Statistics of one column of a typed table: one grouping pass over its rows, everything else from the groups.
 * Dates are epoch milliseconds UTC; infinities are counted and left out of the moments and the histogram.
 *
 * @param hugeIntegers the column is text made of integers beyond 64 bits
 */
export async function profileColumn(
  sql: SqlEngine,
  table: string,
  index: number,
  type: StorageType,
  hugeIntegers: boolean,
): Promise<Statistics> {
  const groups = `${table}_groups`;
  await sql.query(
    `CREATE OR REPLACE TEMP TABLE ${groups} AS SELECT ${columnId(index)} AS v, count(*) AS n FROM ${table} GROUP BY v`,
  );
  try {
    const counts = await queryRow(sql, countsQuery(groups, type));
    const isNumeric = kindOf(type) === 'number';
    const numbers = isNumeric ? await queryRow(sql, momentsQuery(groups, type)) : null;
    const distinctCount = Number(counts['distinct_count']);
    const values = Number(counts['value_count']);
    const median = isNumeric
      ? (await queryRow(sql, medianQuery(table, groups, index, type, distinctCount)))['middle']
      : null;
    const share = (count: Scalar) => (values === 0 ? 0 : Number(count) / values);
    const top = await topValues(sql, groups, type, isNumeric ? TOP_VALUES : BARS);
    return {
      rowCount: Number(counts['row_count']),
      nullCount: Number(counts['row_count']) - values,
      distinctCount,
      nonRareShare: share(counts['non_rare_rows']!),
      uniqueShare: share(counts['unique_rows']!),
      nonRareDistinct: Number(counts['non_rare_distinct']),
      infiniteCount: Number(numbers?.['infinite_count'] ?? 0),
      min: optional(numbers?.['lowest']),
      median: optional(median),
      mean: optional(numbers?.['average']),
      max: optional(numbers?.['highest']),
      maxLength: Number(counts['longest'] ?? 0),
      fixedLength: values > 0 && counts['longest'] === counts['shortest'],
      looksLikeUuid: counts['uuid'] === true,
      exceedsSafeInteger: hugeIntegers || counts['unsafe'] === true,
      topValues: top.slice(0, TOP_VALUES),
      histogram: numbers
        ? await histogram(sql, groups, type, optional(numbers['lowest']), optional(numbers['highest']))
        : top.map(({ value, count }): HistogramBar => ({ label: value, upper: null, count })),
    };
  } finally {
    await sql.query(`DROP TABLE IF EXISTS ${groups}`);
  }
}

/** A value as a finite double; dates in milliseconds. */
function numberOf(type: StorageType): string {
  return type === 'date' || type === 'datetime' ? 'epoch_ms(v::TIMESTAMP)::DOUBLE' : 'v::DOUBLE';
}

function countsQuery(groups: string, type: StorageType): string {
  const unsafe =
    type === 'integer'
      ? 'coalesce(bool_or(v NOT BETWEEN -9007199254740992 AND 9007199254740992), false)'
      : 'false';
  const uuid = type === 'text' ? `coalesce(bool_and(regexp_full_match(v, '${UUID}')), false)` : 'false';
  return `SELECT
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
  FROM ${groups}`;
}

function momentsQuery(groups: string, type: StorageType): string {
  const finite = type === 'float' ? 'NOT isinf(x)' : 'true';
  return `SELECT
    coalesce(sum(n) FILTER (NOT (${finite})), 0)::DOUBLE AS infinite_count,
    min(x) FILTER (${finite}) AS lowest,
    max(x) FILTER (${finite}) AS highest,
    CASE WHEN isfinite(fsum(x * n) FILTER (${finite})) THEN fsum(x * n) FILTER (${finite}) / any_value(t)
      ELSE sum(x * (n / t)) FILTER (${finite}) END AS average
  FROM (SELECT ${numberOf(type)} AS x, n FROM ${groups} WHERE v IS NOT NULL),
    (SELECT sum(n)::DOUBLE AS t FROM ${groups} WHERE v IS NOT NULL ${type === 'float' ? 'AND NOT isinf(v)' : ''})`;
}

/** Sorting few groups beats sorting all rows; sorting many groups does not. */
const FEW_GROUPS = 50_000;

function medianQuery(
  table: string,
  groups: string,
  index: number,
  type: StorageType,
  distinct: number,
): string {
  const finite = type === 'float' ? 'AND NOT isinf(v)' : '';
  if (distinct > FEW_GROUPS) {
    return `SELECT median(x) AS middle FROM (SELECT ${numberOf(type)} AS x
      FROM (SELECT ${columnId(index)} AS v FROM ${table}) WHERE v IS NOT NULL ${finite})`;
  }
  // The two middle values are the first whose running count reaches, and exceeds, half of all; halved before they are
  // added, because their sum may overflow.
  return `SELECT min(x) FILTER (upto * 2 >= total) / 2 + min(x) FILTER (upto * 2 > total) / 2 AS middle
    FROM (SELECT x, sum(n) OVER (ORDER BY x) AS upto, sum(n) OVER () AS total
      FROM (SELECT ${numberOf(type)} AS x, n FROM ${groups} WHERE v IS NOT NULL ${finite}))`;
}

async function topValues(
  sql: SqlEngine,
  groups: string,
  type: StorageType,
  limit: number,
): Promise<TopValue[]> {
  // Exact integers and a bounded length for text; floats and dates become text as they do on export.
  const value = type === 'integer' || kindOf(type) === 'text' ? 'left(v::VARCHAR, 200)' : numberOf(type);
  const rows = await queryRows(
    sql,
    `SELECT ${value} AS value, n::DOUBLE AS n FROM ${groups} WHERE v IS NOT NULL ORDER BY ${groups}.n DESC, v LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    value: typeof row['value'] === 'number' ? numberText(row['value'], type) : String(row['value']),
    count: Number(row['n']),
  }));
}

/** At most 20 bars of equal width; whole-numbered edges for integers and whole days for dates. */
async function histogram(
  sql: SqlEngine,
  groups: string,
  type: StorageType,
  lowest: number | null,
  highest: number | null,
): Promise<HistogramBar[]> {
  if (lowest === null || highest === null) return [];
  const width = barWidth(type, lowest, highest);
  if (!(width > 0) || !Number.isFinite(width)) {
    const { total } = await queryRow(
      sql,
      `SELECT coalesce(sum(n), 0)::DOUBLE AS total FROM ${groups} WHERE v IS NOT NULL`,
    );
    return [{ label: lowest, upper: highest, count: Number(total) }];
  }
  const last = Math.min(BARS - 1, Math.floor((highest - lowest) / width));
  const finite = type === 'float' ? 'AND NOT isinf(v)' : '';
  const rows = await queryRows(
    sql,
    `SELECT least(${last}, floor((${numberOf(type)} - ${sqlNumber(lowest)}) / ${sqlNumber(width)}))::INTEGER AS bar, sum(n)::DOUBLE AS n
       FROM ${groups} WHERE v IS NOT NULL ${finite} GROUP BY bar ORDER BY bar`,
  );
  const bars = Array.from({ length: last + 1 }, (_, i) => ({
    label: lowest + i * width,
    upper: i === last && type === 'float' ? highest : lowest + (i + 1) * width,
    count: 0,
  }));
  for (const row of rows) {
    const bar = bars[Number(row['bar'])];
    if (bar) bar.count = Number(row['n']);
  }
  return bars;
}

function barWidth(type: StorageType, lowest: number, highest: number): number {
  if (type === 'integer') return Math.max(1, Math.ceil((highest - lowest + 1) / BARS));
  if (type === 'date') {
    const day = 86_400_000;
    return day * Math.max(1, Math.ceil(((highest - lowest) / day + 1) / BARS));
  }
  // Halves first: the range of ±1e308 would overflow.
  return highest / BARS - lowest / BARS;
}

function sqlNumber(value: number): string {
  return `(${value}::DOUBLE)`;
}

function optional(value: Scalar | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
