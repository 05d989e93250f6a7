import { queryRow, queryRows } from '../../duckdb/arrow';
import { ATTACHED, type DatabaseFile, identifier, literal } from '../../duckdb/sql';

/** A table or view of a database. */
export interface DatabaseTable {
  /** In the list to choose from; that of a schema other than `main` comes first. */
  readonly name: string;
  /** In SQL. */
  readonly id: string;
  readonly schema: string;
  readonly table: string;
  readonly isView: boolean;
  /** Absent = not known before it is read. */
  readonly rowCount?: number;
}

/** Tables and then views by their names, as DuckDB keeps no order of them. @throws Error if the database is damaged */
export async function listTables(database: DatabaseFile): Promise<DatabaseTable[]> {
  const rows = await queryRows(
    database,
    `FROM (SELECT schema_name AS schema, table_name AS name, false AS is_view FROM duckdb_tables()
        WHERE database_name = '${ATTACHED}' AND NOT internal
      UNION ALL SELECT schema_name, view_name, true FROM duckdb_views()
        WHERE database_name = '${ATTACHED}' AND NOT internal
      ) ORDER BY is_view, schema <> 'main', schema, name`,
  );
  const tables: DatabaseTable[] = [];
  for (const row of rows) {
    const [schema, table] = [String(row['schema']), String(row['name'])];
    const isView = row['is_view'] === true;
    const id = [ATTACHED, identifier(schema), identifier(table)].join('.');
    const name = schema === 'main' ? table : `${schema}.${table}`;
    // To count the rows of a view, it would have to be computed.
    const counted = isView ? {} : await countOf(database, id);
    tables.push({ name, id, schema, table, isView, ...counted });
  }
  return tables;
}

async function countOf(database: DatabaseFile, id: string): Promise<{ rowCount?: number }> {
  const row = await queryRow(database, `SELECT count(*)::DOUBLE AS n FROM ${id}`);
  return { rowCount: Number(row['n']) };
}

/** What the schema says of columns of a table. */
export interface Constraints {
  /** Columns of the primary key. */
  readonly key: ReadonlySet<string>;
  /** What other tables it refers to, in sentences. */
  readonly notes: readonly string[];
}

/** The primary key and the foreign keys of a table. */
export async function constraintsOf(
  database: DatabaseFile,
  { schema, table }: DatabaseTable,
): Promise<Constraints> {
  const rows = await queryRows(
    database,
    `SELECT constraint_type AS kind, unnest(constraint_column_names) AS name, referenced_table AS other,
        unnest(referenced_column_names) AS target
      FROM duckdb_constraints()
      WHERE database_name = '${ATTACHED}' AND schema_name = ${literal(schema)} AND table_name = ${literal(table)}
        AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
      ORDER BY constraint_index`,
  );
  return {
    key: new Set(rows.flatMap(({ kind, name }) => (kind === 'PRIMARY KEY' ? [String(name)] : []))),
    notes: rows.flatMap(({ kind, name, other, target }) =>
      kind === 'FOREIGN KEY' ? [`“${name}” refers to “${target}” of the table “${other}”.`] : [],
    ),
  };
}
