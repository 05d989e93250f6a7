import { queryRow } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { FEW_ROWS } from '../typing/decide-types';

/**
 * Makes a column of whole numbers beyond ±2^53 one of texts: codes that a double would round (docs/import.md, Conversions). Those
 * of a few rows decide no type.
 * @returns whether it is text now
 */
export async function asTextIfWide(sql: SqlEngine, table: string, index: number): Promise<boolean> {
  const id = columnId(index);
  const { wide } = await queryRow(
    sql,
    `SELECT count(*)::DOUBLE AS wide FROM ${table} WHERE ${id} NOT BETWEEN -9007199254740992 AND 9007199254740992`,
  );
  if (Number(wide) < FEW_ROWS) return false;
  await sql.query(`ALTER TABLE ${table} ALTER COLUMN ${id} TYPE VARCHAR`);
  return true;
}
