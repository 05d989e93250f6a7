import type { CsvDialect } from '../../../src/domain/sources';
import type { SqlEngine } from '../duckdb/sql';
import { type ImportedTable, importTable } from '../import/import-table';
import { openHead } from '../import/open-head';
import { SqlTable } from '../tables';

/** A file as a person gets to see it. */
export interface ReadTable extends ImportedTable {
  readonly names: readonly string[];
  /** As they would be exported; null is no value. */
  readonly cells: readonly (readonly (string | null)[])[];
}

/** Imports a file as the product does, with its first 10,000 rows. */
export async function readFile(
  sql: SqlEngine,
  content: string | Uint8Array,
  overrides: Partial<CsvDialect> = {},
  name = 'test.csv',
): Promise<ReadTable> {
  const file = new File([content as BlobPart], name);
  const options = { overrides, sqlTable: 'read_file', onProgress: () => {}, checkpoint: () => {} };
  const table = await importTable(sql, file, await openHead(file), options);
  const { rows } = await new SqlTable(table.columns, table.rowCount, sql, 'read_file').preview(0, 10_000);
  return { ...table, names: table.columns.map(({ name }) => name), cells: rows };
}
