import type { ColumnProfile } from '../../../src/domain/columns';
import { queryRow, queryRows, type Scalar } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { columnBatches } from '../typing/column-batches';
import { groupsBy, melted } from '../typing/melt';

type Profile = Omit<ColumnProfile, 'subject'>;
/** How the rows are sorted by a column. */
export type RowOrder = NonNullable<ColumnProfile['order']>;

/** Rows that tell of most columns that they are in no order, … */
const HEAD_ROWS = 2_000;
/** … of so many cells at most. */
const HEAD_CELLS = 500_000;
/** Of fewer rows an order is chance. */
const MIN_ROWS = 20;
/** Fewer values must each occur so often. */
const FEW_VALUES = 5;
const MIN_COUNT = 5;

/**
 * The columns that the rows are sorted by (docs/import.md, Order of rows), by their position. The first rows tell of most
 * columns that they are not; the others are looked at in all rows.
 */
export async function findRowOrder(
  sql: SqlEngine,
  table: string,
  profiles: readonly Profile[],
  rowCount: number,
  checkpoint: () => void = () => {},
): Promise<Map<number, RowOrder>> {
  const found = new Map<number, RowOrder>();
  const candidates = profiles.filter(isTelling);
  for (const group of groupsBy(
    candidates.map((_, at) => at),
    (at) => candidates[at]!.storageType,
  )) {
    for (const batch of columnBatches(group, Math.min(rowCount, HEAD_ROWS), HEAD_CELLS)) {
      checkpoint();
      const columns = batch.map((at) => candidates[at]!);
      for (const [profile, inHead] of await orderedInHead(sql, table, columns)) {
        const order = rowCount <= HEAD_ROWS ? inHead : await orderOf(sql, table, profile);
        if (order !== null) found.set(profile.index, order);
      }
    }
  }
  return found;
}

/** Whether an order is no chance. */
function isTelling({ storageType, rowCount, nullCount, distinctCount, topValues }: Profile): boolean {
  if (storageType === 'boolean' || distinctCount < 2 || rowCount - nullCount < MIN_ROWS) return false;
  return distinctCount >= FEW_VALUES || (topValues[1]?.count ?? 0) >= MIN_COUNT;
}

/** Columns whose first rows are in an order, with it; null: fewer than two of them are filled. */
async function orderedInHead(
  sql: SqlEngine,
  table: string,
  columns: readonly Profile[],
): Promise<(readonly [Profile, RowOrder | null])[]> {
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
  const orders = new Map(
    rows
      .filter(({ up, down }) => up !== false || down !== false)
      .map(({ k, up, down }) => [Number(k), orderBy(up, down)]),
  );
  return columns.flatMap((column) => {
    const order = orders.get(column.index);
    return order === undefined ? [] : [[column, order] as const];
  });
}

function orderBy(up: Scalar | undefined, down: Scalar | undefined): RowOrder | null {
  return up === true ? 'ascending' : down === true ? 'descending' : null;
}

async function orderOf(sql: SqlEngine, table: string, { index }: Profile): Promise<RowOrder | null> {
  const id = columnId(index);
  // DuckDB streams a lag without an order.
  const steps = `SELECT v, lag(v) OVER () AS p FROM (SELECT ${id} AS v FROM ${table} WHERE ${id} IS NOT NULL)`;
  const { up, down } = await queryRow(
    sql,
    `SELECT bool_and(v >= p) AS up, bool_and(v <= p) AS down FROM (${steps})`,
  );
  return orderBy(up, down);
}
