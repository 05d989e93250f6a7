import { type Table, tableFromIPC } from '@uwdata/flechette';
import { queryRows } from '../../duckdb/arrow';
import { type DatabaseFile, identifier } from '../../duckdb/sql';
import { type ArrowLeaf, arrowLeaves } from '../arrow/arrow-columns';
import { noteOf } from '../listed';
import { readingNotes } from '../value-reading';
import { castType } from './cast-type';
import type { Constraints, DatabaseTable } from './list-tables';

/** How a table is read. */
export interface DatabaseColumns {
  /** Gives its columns in their order, as types that Arrow has. */
  readonly select: string;
  readonly leaves: readonly ArrowLeaf[];
  /** What is decided of columns that are not taken as they stand. */
  readonly notes: readonly string[];
}

/** What DuckDB gives, with all digits of whole numbers, decimals and times. */
export function readIpc(ipc: Uint8Array): Table {
  return tableFromIPC(ipc, { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true });
}

/** The columns of a table or view. @throws Error with DuckDB's reason, if a view cannot be computed */
export async function columnsOf(
  database: DatabaseFile,
  { id }: DatabaseTable,
  { key }: Constraints,
): Promise<DatabaseColumns> {
  const described = await queryRows(
    database,
    `SELECT column_name AS name, column_type AS type FROM (DESCRIBE SELECT * FROM ${id})`,
  );
  const columns = described.map((row) => {
    const [name, type] = [String(row['name']), String(row['type'])];
    return { name, type, cast: castType(type) };
  });
  const values = columns.map(({ name, type, cast }, i) => {
    const column = identifier(name);
    return `${cast === type ? column : `CAST(${column} AS ${cast})`} AS c${i}`;
  });
  const select = `SELECT ${values.join(', ')} FROM ${id}`;
  const { fields } = readIpc(await database.query(`${select} LIMIT 0`)).schema;
  const leaves = arrowLeaves(fields.map(({ type }, i) => ({ name: columns[i]!.name, type }))).map((leaf) => {
    const { name } = columns[leaf.top]!;
    const isKey = leaf.fields.length === 0 && key.has(name);
    const marks = key.size === 1 ? { isKey } : { isKeyPart: isKey };
    return isKey ? { ...leaf, column: { ...leaf.column, ...marks } } : leaf;
  });
  const named = (holds: (type: string) => boolean) =>
    columns.filter(({ type }) => holds(type)).map(({ name }) => name);
  const notes = [
    ...readingNotes(leaves.map(({ reading, column }) => ({ reading, name: column.name }))),
    ...noteOf(
      named((type) => type === 'TIMESTAMP WITH TIME ZONE'),
      'has times with a zone, read as UTC.',
      'have times with a zone, read as UTC.',
    ),
    ...columns.flatMap(({ name, type, cast }) =>
      cast !== type && cast === 'VARCHAR' && !/^(ENUM|JSON)\b/.test(type)
        ? [`“${name}” is ${type.replace(/\(.*$/s, '')}, read as text.`]
        : [],
    ),
  ];
  return { select, leaves, notes };
}
