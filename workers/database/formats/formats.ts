import type { FormatId } from '../../../src/domain/sources';
import type { TableFormat } from './table-format';

/** Each format is loaded when its first file comes. */
export const FORMATS: Readonly<Record<FormatId, () => Promise<TableFormat>>> = {
  parquet: async () => (await import('./parquet/parquet-format')).PARQUET,
  arrow: async () => (await import('./arrow/arrow-format')).ARROW,
  json: async () => (await import('./json/json-format')).JSON_DOCUMENT,
  jsonl: async () => (await import('./json/json-format')).JSON_LINES,
  xlsx: async () => (await import('./xlsx/xlsx-format')).XLSX,
  duckdb: async () => (await import('./duckdb/duckdb-format')).DUCKDB,
  fixed: async () => (await import('./set-text/set-text-format')).FIXED_WIDTH,
  latex: async () => (await import('./set-text/set-text-format')).LATEX,
  sqlite: async () => (await import('./sqlite/sqlite-format')).SQLITE,
};
