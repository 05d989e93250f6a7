import type { ColumnSchema } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { queryRow, queryRows } from '../duckdb/arrow';
import { columnId, literal, type SqlSession } from '../duckdb/sql';
import { SqlTable } from '../tables';
import type { Statement } from './check-statement';
import { queryError } from './query-error';

const INTEGERS = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

/** A result with what its values became, where they could not stay as they are. */
export interface Result {
  readonly table: SqlTable;
  readonly notes: readonly string[];
}

/**
 * Runs a checked statement into a temporary table with the columns and types of every other table.
 * @param name of the table, an identifier of ours
 */
export async function makeResult(
  session: SqlSession,
  { query, explain }: Statement,
  name: string,
  checkpoint: () => void,
): Promise<Result> {
  const rows = explain ? await planOf(session, query) : `(\n${query}\n)`;
  const described = await queryRows(session, `DESCRIBE SELECT * FROM ${rows}`);
  const columns = described.map(({ column_name, column_type }) => ({
    name: String(column_name),
    type: String(column_type),
  }));
  const select = columns.map(({ type }, i) => `${stored(columnId(i), type)} AS ${columnId(i)}`);
  const aliases = columns.map((_, i) => columnId(i));
  try {
    await session.run(
      `CREATE TEMP TABLE ${name} AS SELECT ${select.join(', ')} FROM ${rows} AS result(${aliases.join(', ')})`,
      checkpoint,
    );
  } catch (error) {
    throw queryError(error, 2);
  }
  const notes: string[] = [];
  const schema: ColumnSchema[] = [];
  for (const [i, { name: column, type }] of columns.entries()) {
    checkpoint();
    const storageType = await settleType(session, name, columnId(i), type);
    if (storageType === 'text' && isNumber(type))
      notes.push(`“${column}” has numbers too large or too long to be exact, so they are kept as text.`);
    schema.push({ name: column, originalName: column, storageType });
  }
  const counted = await queryRow(session, `SELECT count(*)::DOUBLE AS n FROM ${name}`);
  return { table: new SqlTable(schema, Number(counted['n']), session, name), notes };
}

/** The lines of a plan as the rows of a subquery. */
async function planOf(session: SqlSession, query: string): Promise<string> {
  const rows = await queryRows(session, `EXPLAIN SELECT * FROM (\n${query}\n)`);
  const lines = rows.flatMap((row) => String(row['explain_value']).trimEnd().split('\n'));
  return `(SELECT * FROM (VALUES ${lines.map((line) => `(${literal(line)})`).join(', ')}) AS lines(plan))`;
}

function isNumber(type: string): boolean {
  return INTEGERS.test(type) || type.startsWith('DECIMAL');
}

/** An expression for a column in a type that tables have; numbers that may not be exact stay for now. */
function stored(id: string, type: string): string {
  if (type === 'BOOLEAN' || isNumber(type)) return id;
  // No column has NaN, nor a date that is infinite.
  if (type === 'FLOAT' || type === 'DOUBLE') return `CASE WHEN NOT isnan(${id}) THEN ${id}::DOUBLE END`;
  if (type === 'DATE') return `CASE WHEN isfinite(${id}) THEN ${id} END`;
  if (type.startsWith('TIMESTAMP')) return `CASE WHEN isfinite(${id}::TIMESTAMP) THEN ${id}::TIMESTAMP END`;
  return `${id}::VARCHAR`;
}

/** How a column of a result is stored; numbers are converted now, to text where a double would change one. */
async function settleType(
  session: SqlSession,
  table: string,
  id: string,
  type: string,
): Promise<StorageType> {
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'FLOAT' || type === 'DOUBLE') return 'float';
  if (type === 'DATE') return 'date';
  if (type === 'TIME') return 'time';
  if (type.startsWith('TIMESTAMP')) return 'datetime';
  if (!isNumber(type)) return 'text';
  const isInteger = INTEGERS.test(type);
  const check = `coalesce(bool_and(coalesce(TRY_CAST(${id}::DOUBLE AS ${type}) = ${id}, false)) FILTER (${id} IS NOT NULL), true)`;
  const range = isInteger ? ` AND coalesce(max(abs(${id}::DOUBLE)) <= 9007199254740991, true)` : '';
  const row = await queryRow(session, `SELECT (${check}${range})::VARCHAR AS exact FROM ${table}`);
  const isExact = row['exact'] === 'true';
  const to = !isExact ? 'VARCHAR' : isInteger ? 'BIGINT' : 'DOUBLE';
  await session.query(`ALTER TABLE ${table} ALTER ${id} TYPE ${to}`);
  return !isExact ? 'text' : isInteger ? 'integer' : 'float';
}
