import { readFileSync } from 'node:fs';
import { gunzipSync } from 'fflate';
import type { CsvDialect } from '../../../../src/domain/sources';
import { importFile, loadFileHead } from '../../import/import-file';
import { SqlTable } from '../../tables';
import { sharedEngine } from '../../testing/shared-engine';

/**
 * A file of `files/`. They were made by pyarrow 26 (.parquet, .arrow, .arrows, .feather), openpyxl 3.1 (.xlsx), Python's
 * sqlite3 (.sqlite), DuckDB 0.9.2, 1.4.0, 1.4.3 and 1.5.0 (.duckdb) and the zstd command (.zst): by none of the libraries that read them here.
 */
export function fixture(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`files/${name}`, import.meta.url)));
}

/** A DuckDB database of `files/`, which lies there packed: most of it is zeros. */
export function databaseFixture(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gunzipSync(fixture(`${name}.duckdb.gz`)));
}

/** Imports a file and gives its first rows, which those of its preview must be, too. */
export async function readFile(
  content: Uint8Array | string,
  name: string,
  overrides: Partial<CsvDialect> = {},
) {
  const sql = await sharedEngine();
  const file = new File([content as BlobPart], name);
  const options = { overrides, onProgress: () => undefined, checkpoint: () => undefined };
  const table = await importFile(sql, file, { ...options, sqlTable: 'read' });
  const { rows } = await new SqlTable(table.columns, table.rowCount, sql, 'read').preview(0, 100);
  const head = await loadFileHead(sql, file, { ...options, sqlTable: 'head' });
  const preview = await new SqlTable(head.columns, head.rows.rowCount, sql, 'head').preview(0, 100);
  await sql.query('DROP TABLE head');
  return {
    ...table,
    rows,
    previewed: preview.rows,
    names: table.columns.map((column) => column.name),
    types: Object.fromEntries(table.columns.map((column) => [column.name, column.storageType])),
    /** Values by the name of their column. */
    columns: Object.fromEntries(table.columns.map((column, i) => [column.name, rows.map((row) => row[i])])),
    profiles: Object.fromEntries(table.columns.map((column) => [column.name, column])),
    notes: table.format?.notes ?? [],
  };
}

export function readFixture(name: string, overrides: Partial<CsvDialect> = {}, as = name) {
  return readFile(fixture(name), as, overrides);
}
