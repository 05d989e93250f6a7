import type { ColumnProfile } from '../../../src/domain/columns';
import { queryRow, queryRows } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { columnBatches } from '../typing/column-batches';
import { groupsBy, melted } from '../typing/melt';

type Profile = Omit<ColumnProfile, 'subject'>;
/** What the order of the rows says of a column. */
export type RowOrder = Pick<ColumnProfile, 'order' | 'running'>;

/** Rows that tell of most columns that they are in no order, … */
const HEAD_ROWS = 2_000;
/** … of so many cells at most. */
const HEAD_CELLS = 500_000;
/** Of fewer rows an order is chance. */
const MIN_ROWS = 20;
/** Fewer values must each occur so often. */
const FEW_VALUES = 5;
const MIN_COUNT = 5;
/** Steps that must be the common one. */
const MIN_STEPS = 0.9;

/**
 * The columns that the rows are sorted by, and those that number the rows (docs/import.md, Order of rows), by their position.
 * The first rows tell of most columns that they are neither; the others are looked at in all rows.
 */
export async function findRowOrder(
  sql: SqlEngine,
  table: string,
  profiles: readonly Profile[],
  rowCount: number,
  checkpoint: () => void = () => {},
): Promise<Map<number, RowOrder>> {
  const found = new Map<number, RowOrder>();
  const candidates = profiles.filter(mayTell);
  for (const profile of candidates)
    if (isShuffledNumbering(profile)) found.set(profile.index, { running: numbering(profile, 1, 0) });
  for (const group of groupsBy(
    candidates.map((_, at) => at),
    (at) => candidates[at]!.storageType,
  )) {
    for (const batch of columnBatches(group, Math.min(rowCount, HEAD_ROWS), HEAD_CELLS)) {
      checkpoint();
      const columns = batch.map((at) => candidates[at]!);
      for (const profile of await orderedInHead(sql, table, columns)) {
        const order = await orderOf(sql, table, profile);
        if (order === null) continue;
        const running = order === 'ascending' ? await runningOf(sql, table, profile) : null;
        found.set(profile.index, { ...(isTelling(profile) && { order }), ...(running && { running }) });
      }
    }
  }
  return found;
}

function mayTell({ distinctCount, storageType }: Profile): boolean {
  return storageType !== 'boolean' && distinctCount > 1;
}

/** Whether an order is no chance. */
function isTelling({ rowCount, nullCount, distinctCount, topValues }: Profile): boolean {
  if (rowCount - nullCount < MIN_ROWS) return false;
  return distinctCount >= FEW_VALUES || (topValues[1]?.count ?? 0) >= MIN_COUNT;
}

function isUnique({ storageType, rowCount, distinctCount, nullCount }: Profile): boolean {
  return storageType === 'integer' && nullCount === 0 && distinctCount === rowCount && rowCount > 2;
}

/** 0 … n − 1 or 1 … n, in whatever order. */
function isShuffledNumbering(profile: Profile): boolean {
  const { min, max, rowCount } = profile;
  return isUnique(profile) && (min === 0 || min === 1) && max === min + rowCount - 1;
}

async function orderedInHead(sql: SqlEngine, table: string, columns: readonly Profile[]): Promise<Profile[]> {
  const cells = melted(
    table,
    columns.map(({ index }) => index),
  ).replace('SELECT', 'SELECT rowid AS r,');
  const rows = await queryRows(
    sql,
    `SELECT k, bool_and(v >= p) AS up, bool_and(v <= p) AS down FROM (
      SELECT k, v, lag(v) OVER (PARTITION BY k ORDER BY r) AS p FROM (${cells} WHERE rowid < ${HEAD_ROWS}) WHERE v IS NOT NULL
    ) GROUP BY k`,
  );
  const ordered = new Set(
    rows.filter(({ up, down }) => up !== false || down !== false).map(({ k }) => Number(k)),
  );
  return columns.filter(({ index }) => ordered.has(index));
}

/** SQL of the values that are not null beside the one before; DuckDB streams a lag without an order. */
function steps(table: string, { index }: Profile): string {
  return `SELECT v, lag(v) OVER () AS p FROM (SELECT ${columnId(index)} AS v FROM ${table} WHERE ${columnId(index)} IS NOT NULL)`;
}

async function orderOf(
  sql: SqlEngine,
  table: string,
  profile: Profile,
): Promise<'ascending' | 'descending' | null> {
  const { up, down } = await queryRow(
    sql,
    `SELECT bool_and(v >= p) AS up, bool_and(v <= p) AS down FROM (${steps(table, profile)})`,
  );
  return up === true ? 'ascending' : down === true ? 'descending' : null;
}

async function runningOf(
  sql: SqlEngine,
  table: string,
  profile: Profile,
): Promise<ColumnProfile['running'] | null> {
  if (!isUnique(profile) || profile.exceedsSafeInteger) return null;
  const [row] = await queryRows(
    sql,
    `SELECT (v - p)::DOUBLE AS step, count(*)::DOUBLE AS n FROM (${steps(table, profile)}) WHERE p IS NOT NULL GROUP BY step ORDER BY n DESC, step LIMIT 1`,
  );
  const all = profile.rowCount - 1;
  if (!row || Number(row['n']) < MIN_STEPS * all) return null;
  return numbering(profile, Number(row['step']), all - Number(row['n']));
}

/** A first number other than 0 and 1 would be a row's: its first digit is kept. */
function numbering({ min }: Profile, step: number, gaps: number): NonNullable<ColumnProfile['running']> {
  const first = min ?? 0;
  const size = 10 ** Math.floor(Math.log10(Math.max(1, Math.abs(first))));
  return { start: first === 0 || first === 1 ? first : Math.floor(first / size) * size, step, gaps };
}
