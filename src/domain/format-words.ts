import type { FormatId, Source, SourceFormat } from './sources';

/** What people call the formats. */
export const FORMAT_NAMES: Readonly<Record<FormatId | 'csv', string>> = {
  csv: 'Delimited text',
  parquet: 'Parquet',
  arrow: 'Arrow',
  json: 'JSON',
  jsonl: 'JSON Lines',
  xlsx: 'Excel workbook',
  sqlite: 'SQLite database',
};

const CONTAINERS = { zip: 'a ZIP archive', gzip: 'gzip', zstd: 'Zstandard' } as const;

/** What one of several tables is called in a format. */
export function tableWord({ id }: SourceFormat): 'Sheet' | 'Table' {
  return id === 'xlsx' ? 'Sheet' : 'Table';
}

/** How a file that is no plain delimited text was read, in sentences; none of a plain one. */
export function formatSentences({ dialect, format }: Pick<Source, 'dialect' | 'format'>): string[] {
  if (!format) return [];
  const { id, container, tables, entries, notes = [] } = format;
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
  return format === undefined || format.id === 'csv' || format.id === 'xlsx';
}
