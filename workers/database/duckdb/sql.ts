/** What the worker needs of DuckDB: that of the browser, or the blocking build in tests. */
export interface SqlEngine {
  /** Runs one statement; the result as an Arrow IPC stream. */
  query(sql: string): Promise<Uint8Array>;
  /** Appends an Arrow IPC stream to a table, which is created when `create` is set. The bytes are consumed. */
  insertArrow(ipc: Uint8Array, table: string, create: boolean): Promise<void>;
  /** A connection of its own, with transactions and temporary tables of its own. */
  openSession(): Promise<SqlSession>;
  /**
   * Opens a DuckDB database in an engine of its own, read only: what a damaged file does to it, the tables here survive.
   * No file is read but this one, piece by piece.
   * @param checkpoint called while DuckDB works, also at later queries; what it throws ends the work
   * @throws Error with DuckDB's reason, or what `checkpoint` threw
   */
  openFile(file: File, checkpoint: () => void): Promise<DatabaseFile>;
  /** Of an engine that is thrown away where a cancelled query does not end; absent = it never is. */
  readonly restarts?: {
    /** How often it was. */
    count(): number;
    /** Fills the next one, which is empty; other calls wait for that. */
    onRestart(fill: (sql: SqlEngine) => Promise<void>): void;
  };
}

/** A database that is attached under the name `ATTACHED`. */
export interface DatabaseFile {
  /** Runs one statement; the result as an Arrow IPC stream. */
  query(sql: string): Promise<Uint8Array>;
  /** Rows of a statement as parts of one Arrow IPC stream: the schema, then batches. One at a time. */
  stream(sql: string): AsyncGenerator<Uint8Array>;
  /** Ends the engine, whatever it does, or detaches the database. */
  close(): void;
}

/** What the SQL console needs of a connection. */
export interface SqlSession {
  query(sql: string): Promise<Uint8Array>;
  /** Runs one statement piece by piece. @param checkpoint called between pieces; what it throws ends the statement */
  run(sql: string, checkpoint: () => void): Promise<Uint8Array>;
  /** Lets DuckDB parse and bind exactly one statement, without running it. */
  prepare(sql: string): Promise<void>;
  /** Names of the tables that a statement reads; those behind a view, not the view. */
  tableNames(sql: string): Promise<readonly string[]>;
  /** What DuckDB's parser takes for a word: byte offsets in UTF-8, without comments, and kinds. */
  tokenize(sql: string): Promise<{ readonly offsets: readonly number[]; readonly types: readonly number[] }>;
}

/** Settings no statement may change later (docs/import.md, DuckDB): no file is read, and nothing fetched from elsewhere. */
export const LOCKED_SETTINGS = [
  'SET autoload_known_extensions = false',
  'SET autoinstall_known_extensions = false',
  'SET allow_community_extensions = false',
  'SET preserve_insertion_order = true',
  'SET enable_external_access = false',
  'SET lock_configuration = true',
] as const;

/** What a database file is called in `DatabaseFile`. */
export const ATTACHED = 'attached';
/** As which a file is registered: it has no other name in DuckDB. */
export const ATTACHED_PATH = 'attached.duckdb';

/**
 * Settings of the engine of a database file. Paths are allowed for `ATTACH` alone; views of the database that name others
 * fail. Blocks of the file that are in memory give way to others, so that a limit bounds what views compute.
 */
export const FILE_SETTINGS = [
  "SET memory_limit = '1GB'",
  `SET allowed_paths = ['${ATTACHED_PATH}', '${ATTACHED_PATH}.wal']`,
  ...LOCKED_SETTINGS,
] as const;

/** Opens a registered file. */
export const ATTACH_FILE = `ATTACH '${ATTACHED_PATH}' AS ${ATTACHED} (READ_ONLY, TYPE duckdb)`;

/** A text as an SQL literal. */
export function literal(text: string): string {
  // DuckDB takes a statement as a C string, which a NUL would end.
  return text
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(0) || ');
}

/** A name of an attached database as an identifier. @throws Error if it cannot be one */
export function identifier(name: string): string {
  if (name.includes('\0')) throw new Error('a name in it holds a NUL');
  return `"${name.replaceAll('"', '""')}"`;
}

/** Column `index` of every table of ours: names from files never become identifiers. */
export function columnId(index: number): string {
  return `c${index}`;
}

/** Beside a typed column, the few texts of it that did not parse. */
export function unreadId(index: number): string {
  return `u${index}`;
}
