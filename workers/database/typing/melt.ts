import { columnId } from '../duckdb/sql';

/** Rows up to which many columns are read as one. */
export const SHORT_TABLE = 20_000;

/**
 * SQL of the cells of several columns one under the other, as `k`, the column's position, and `v`: one expression then reads
 * all of them. DuckDB plans an expression for each column in milliseconds, which is what reading a wide table would cost.
 */
export function melted(table: string, columns: readonly number[]): string {
  if (columns.length === 1) return `SELECT ${columns[0]} AS k, ${columnId(columns[0]!)} AS v FROM ${table}`;
  return `SELECT unnest([${columns.join(', ')}]) AS k, unnest([${columns.map(columnId).join(', ')}]) AS v FROM ${table}`;
}

/** Columns that are read by the same expressions. */
export function groupsBy<Column, Key>(
  columns: readonly Column[],
  keyOf: (column: Column) => Key,
): Column[][] {
  const groups = new Map<Key, Column[]>();
  for (const column of columns) {
    const key = keyOf(column);
    const group = groups.get(key);
    if (group) group.push(column);
    else groups.set(key, [column]);
  }
  return [...groups.values()];
}
