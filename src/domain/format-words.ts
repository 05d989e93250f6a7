import type { FormatId, Source, SourceFormat } from './sources';
import { rowsOfParts, unionDifferences } from './union-parts';

/** What people call the formats. */
export const FORMAT_NAMES: Readonly<Record<FormatId | 'csv', string>> = {
  csv: 'Delimited text',
  parquet: 'Parquet',
  arrow: 'Arrow',
  json: 'JSON',
  jsonl: 'JSON Lines',
  xlsx: 'Excel workbook',
  sqlite: 'SQLite database',
  duckdb: 'DuckDB database',
  fixed: 'Text with columns at fixed positions',
  latex: 'LaTeX',
};

/** Formats whose cells are read as those of delimited text. */
const SET_IN_TEXT: readonly (FormatId | 'csv')[] = ['csv', 'xlsx', 'fixed', 'latex'];

const CONTAINERS = { zip: 'a ZIP archive', gzip: 'gzip', zstd: 'Zstandard' } as const;

/** What one of several tables is called in a format. */
export function tableWord({ id }: SourceFormat): 'Sheet' | 'Table' {
  return id === 'xlsx' ? 'Sheet' : 'Table';
}

/** How a file that is no plain delimited text was read, in sentences; none of a plain one. */
export function formatSentences({
  dialect,
  format,
  tables: [table],
}: Pick<Source, 'dialect' | 'format' | 'tables'>): string[] {
  if (!format) return [];
  const { id, container, tables, entries, notes = [], parts: files } = format;
  if (files) {
    const filled = files.filter(({ rowCount }) => rowCount > 0).length;
    const columns = table?.columns.map(({ name }) => name) ?? [];
    return [
      `${filled} of ${files.length} files, all ${FORMAT_NAMES[id]}, are one table, in the order of their names: ${rowsOfParts(files)}.`,
      ...unionDifferences(files, columns),
      ...notes,
    ];
  }
  const within = container ? ` in ${CONTAINERS[container]}` : '';
  const parts = [`Read as ${FORMAT_NAMES[id]}${within}`];
  if (entries && dialect.entry !== undefined)
    parts.push(`the file “${dialect.entry}”, one of ${entries.length}`);
  if (tables && dialect.table !== undefined) {
    parts.push(`the ${tableWord(format).toLowerCase()} “${dialect.table}”, one of ${tables.length}`);
  }
  return [`${parts.join(': ')}.`, ...notes];
}

/** Whether the text in the file can be read with other settings: separators, names, what is missing. */
export function hasDialect(format: SourceFormat | undefined): boolean {
  return format === undefined || SET_IN_TEXT.includes(format.id);
}
