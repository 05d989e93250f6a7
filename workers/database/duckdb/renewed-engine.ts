import { tableFromIPC, tableToIPC } from '@uwdata/flechette';
import { queryRow, queryRows } from './arrow';
import { usedBytes } from './memory';
import { identifier, literal, type SqlEngine } from './sql';

/** An engine that can be ended. */
export interface EndableEngine extends SqlEngine {
  /** Ends it and gives its memory back. */
  close(): void;
}

/** An engine that can give memory back. */
export interface RenewableEngine extends SqlEngine {
  /** To be called where tables were dropped. Queries that come meanwhile wait. @throws Error as a start of DuckDB does */
  giveBack(): Promise<void>;
}

/** What tables and imports may have taken before an engine is replaced. */
const MAX_TAKEN = 256 * 2 ** 20;
/** What tables may hold that are moved. */
const MAX_MOVED = 32 * 2 ** 20;
/** Of each column an insert takes five vectors of 2,048 texts of 16 bytes, however few rows there are (measured). */
const BYTES_PER_COLUMN = 5 * 2_048 * 16;

/**
 * DuckDB that is started anew when it has taken much memory and holds little: the memory of a WASM module never shrinks.
 * What tables there are move along. An engine with a session of the SQL console or temporary tables stays.
 * @param launch starts DuckDB
 */
export async function renewable(launch: () => Promise<EndableEngine>): Promise<RenewableEngine> {
  let engine = await launch();
  let taken = 0;
  let hasSession = false;
  let running = 0;
  let renewing: Promise<void> | null = null;
  let refill: (sql: SqlEngine) => Promise<void> = async () => undefined;
  let restarts = 0;
  const use = async <T>(work: () => Promise<T>): Promise<T> => {
    while (renewing) await renewing.catch(() => undefined);
    running++;
    try {
      return await work();
    } finally {
      running--;
    }
  };
  const note = async (table: string) => {
    const columns = `SELECT max(column_count)::DOUBLE AS columns FROM duckdb_tables() WHERE table_name = ${literal(table)}`;
    const width = Number((await queryRow(engine, columns))['columns']);
    taken = Math.max(taken, (await usedBytes(engine)) + width * BYTES_PER_COLUMN);
  };
  const renew = async () => {
    if (taken < MAX_TAKEN || hasSession || running > 0 || (await usedBytes(engine)) > MAX_MOVED) return;
    const tables = await tablesOf(engine);
    if (tables.some(({ isTemporary }) => isTemporary)) return;
    const next = await launch();
    try {
      for (const table of tables) await move(engine, next, table);
    } catch (cause) {
      next.close();
      throw cause;
    }
    engine.close();
    restarts += engine.restarts?.count() ?? 0;
    next.restarts?.onRestart((sql) => refill(sql));
    engine = next;
    taken = 0;
  };
  engine.restarts?.onRestart((sql) => refill(sql));
  return {
    restarts: {
      count: () => restarts + (engine.restarts?.count() ?? 0),
      onRestart: (fill) => {
        refill = fill;
      },
    },
    query: (sql) => use(() => engine.query(sql)),
    insertArrow: (ipc, table, create) =>
      use(async () => {
        await engine.insertArrow(ipc, table, create);
        await note(table);
      }),
    openSession: () =>
      use(() => {
        hasSession = true;
        return engine.openSession();
      }),
    openFile: (file, checkpoint) => engine.openFile(file, checkpoint),
    async giveBack() {
      renewing ??= renew().finally(() => {
        renewing = null;
      });
      await renewing;
    },
  };
}

/** @throws Error where not all rows have come over */
async function move(from: SqlEngine, to: SqlEngine, { name, columns }: MovedTable): Promise<void> {
  await to.query(`CREATE TABLE ${name} (${columns})`);
  const count = async (sql: SqlEngine) =>
    Number((await queryRow(sql, `SELECT count(*)::DOUBLE AS rows FROM ${name}`))['rows']);
  // A result is an IPC file; what is inserted must be a stream.
  const rows = tableToIPC(tableFromIPC(await from.query(`SELECT * FROM ${name}`)), { format: 'stream' });
  await to.insertArrow(rows!, name, false);
  if ((await count(from)) !== (await count(to))) throw new Error(`${name} could not be moved`);
}

interface MovedTable {
  /** One of ours, which needs no quotes. */
  readonly name: string;
  /** What declares them. */
  readonly columns: string;
  readonly isTemporary: boolean;
}

/** The tables of an engine. */
async function tablesOf(sql: SqlEngine): Promise<MovedTable[]> {
  const columns = await queryRows(
    sql,
    `SELECT t.table_name AS name, t.temporary AS is_temporary, c.column_name AS column_name, c.data_type AS type
      FROM duckdb_tables() t JOIN duckdb_columns() c USING (table_oid) WHERE c.table_name = t.table_name
      ORDER BY t.table_oid, c.column_index`,
  );
  const tables = new Map<string, { columns: string[]; isTemporary: boolean }>();
  for (const row of columns) {
    const name = String(row['name']);
    const table = tables.get(name) ?? { columns: [], isTemporary: row['is_temporary'] === true };
    table.columns.push(`${identifier(String(row['column_name']))} ${row['type']}`);
    tables.set(name, table);
  }
  return Array.from(tables, ([name, table]) => ({ ...table, name, columns: table.columns.join(', ') }));
}
