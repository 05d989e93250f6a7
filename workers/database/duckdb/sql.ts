/** What the worker needs of DuckDB: that of the browser, or the blocking build in tests. */
export interface SqlEngine {
  /** Runs one statement; the result as an Arrow IPC stream. */
  query(sql: string): Promise<Uint8Array>;
  /** Appends an Arrow IPC stream to a table, which is created when `create` is set. The bytes are consumed. */
  insertArrow(ipc: Uint8Array, table: string, create: boolean): Promise<void>;
}

/** Settings no statement may change later (docs/import.md, DuckDB): nothing is ever fetched from elsewhere. */
export const LOCKED_SETTINGS = [
  'SET autoload_known_extensions = false',
  'SET autoinstall_known_extensions = false',
  'SET allow_community_extensions = false',
  'SET preserve_insertion_order = true',
  'SET lock_configuration = true',
] as const;

/** A text as an SQL literal. */
export function literal(text: string): string {
  // DuckDB takes a statement as a C string, which a NUL would end.
  return text
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(0) || ');
}

/** Column `index` of every table of ours: names from files never become identifiers. */
export function columnId(index: number): string {
  return `c${index}`;
}

/** Beside a typed column, the few texts of it that did not parse. */
export function unreadId(index: number): string {
  return `u${index}`;
}
