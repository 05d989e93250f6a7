/** Kinds of files that tables come in, as people call them, with the ends of their names (docs/import.md). */
const KINDS = [
  { title: 'CSV', extensions: ['csv', 'tsv', 'txt', 'tab', 'psv', 'dat'] },
  { title: 'Excel', extensions: ['xlsx', 'xlsm'] },
  { title: 'Parquet', extensions: ['parquet'] },
  { title: 'JSON', extensions: ['json', 'jsonl', 'ndjson'] },
  { title: 'SQLite', extensions: ['sqlite', 'sqlite3', 'db'] },
  { title: 'DuckDB', extensions: ['duckdb', 'ddb'] },
  { title: 'Arrow', extensions: ['arrow', 'feather', 'ipc'] },
] as const;

/** Archives of such files. Those of a generator or a project end in .zip as well. */
const ARCHIVES = ['gz', 'zst', 'zip'] as const;

/** Where a system knows files by media type, not by their names. */
const MEDIA_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/json',
  'application/gzip',
  'application/zip',
] as const;

/** "CSV, Excel, Parquet, JSON, SQLite, DuckDB, Arrow" */
export const TABLE_FILE_TITLES = KINDS.map(({ title }) => title).join(', ');

/** What a file chooser shows, as the `accept` of an input. */
export const TABLE_FILES = [
  ...[...KINDS.flatMap(({ extensions }) => extensions), ...ARCHIVES].map((extension) => `.${extension}`),
  ...MEDIA_TYPES,
].join(',');

/** Whether the name of a file says that it may hold a table; hidden files do not. */
export function isTableFile(name: string): boolean {
  const [, ...ends] = name.toLowerCase().split('.');
  const end = ends.at(-1) ?? '';
  if (name.startsWith('.')) return false;
  if (end === 'zip') return true;
  const of = end === 'gz' || end === 'zst' ? (ends.at(-2) ?? '') : end;
  return KINDS.some(({ extensions }) => (extensions as readonly string[]).includes(of));
}
