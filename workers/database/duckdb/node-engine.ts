import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type EndableEngine, type RenewableEngine, renewable } from './renewed-engine';
import {
  ATTACH_FILE,
  ATTACHED,
  ATTACHED_PATH,
  type DatabaseFile,
  FILE_SETTINGS,
  LOCKED_SETTINGS,
  type SqlSession,
} from './sql';

interface BlockingDuckDb {
  instantiate(onProgress: () => void): Promise<unknown>;
  open(config: object): void;
  registerFileBuffer(path: string, bytes: Uint8Array): void;
  dropFile(path: string): void;
  disconnect(connection: number): void;
  fetchQueryResults(connection: number): Uint8Array | null;
  connect(): { useUnsafe<T>(read: (bindings: unknown, id: number) => T): T };
  runQuery(connection: number, sql: string): Uint8Array;
  startPendingQuery(connection: number, sql: string, allowStreamResult: boolean): Uint8Array | null;
  pollPendingQuery(connection: number): Uint8Array | null;
  cancelPendingQuery(connection: number): boolean;
  createPrepared(connection: number, sql: string): number;
  closePrepared(connection: number, statement: number): void;
  getTableNames(connection: number, sql: string): string[];
  tokenize(sql: string): { offsets: number[]; types: number[] };
  insertArrowFromIPCStream(
    connection: number,
    ipc: Uint8Array,
    options: { name: string; schema: string; create: boolean },
  ): void;
}

/**
 * The same DuckDB (`eh` build, same settings) in Node: for tests and benchmarks only.
 * @param memoryLimit as DuckDB spells it, e.g. `20MB`; its own limit by default
 */
export function openNodeEngine(memoryLimit?: string): Promise<RenewableEngine> {
  const limit = memoryLimit ? [`SET memory_limit = '${memoryLimit}'`] : [];
  return renewable(async () => engineOf(await launch([...limit, ...LOCKED_SETTINGS])));
}

function engineOf({ db, connection }: Launched): EndableEngine {
  return {
    query: async (sql) => db.runQuery(connection, sql),
    insertArrow: async (ipc, name, create) =>
      db.insertArrowFromIPCStream(connection, ipc, { name, schema: 'main', create }),
    openSession: async () => openSession(db),
    openFile,
    // Nothing ends it here; nobody holds it any longer, so that its memory is collected.
    close: () => undefined,
  };
}

interface Launched {
  readonly db: BlockingDuckDb;
  readonly connection: number;
}

async function launch(settings: readonly string[]): Promise<Launched> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
  const duckdb = require(entry);
  const mainModule = join(dirname(entry), 'duckdb-eh.wasm');
  const bundle = { mainModule, mainWorker: '' };
  const db: BlockingDuckDb = await duckdb.createDuckDB(
    { mvp: bundle, eh: bundle },
    new duckdb.VoidLogger(),
    duckdb.NODE_RUNTIME,
  );
  await db.instantiate(() => {});
  db.open({});
  const connection = connectionTo(db);
  for (const setting of settings) db.runQuery(connection, setting);
  return { db, connection };
}

function connectionTo(db: BlockingDuckDb): number {
  return db.connect().useUnsafe((_, id) => id);
}

/** Engines of closed files, for the next ones: a start takes seconds, and nothing here can end an engine. */
const idle: Launched[] = [];

async function openFile(file: File, checkpoint: () => void): Promise<DatabaseFile> {
  checkpoint();
  const engine = idle.pop() ?? (await launch(FILE_SETTINGS));
  const { db, connection: main } = engine;
  db.registerFileBuffer(ATTACHED_PATH, new Uint8Array(await file.arrayBuffer()));
  const connection = connectionTo(db);
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    try {
      db.cancelPendingQuery(connection);
      db.disconnect(connection);
      db.runQuery(main, `DETACH DATABASE IF EXISTS ${ATTACHED}`);
      db.dropFile(ATTACHED_PATH);
      idle.push(engine);
    } catch {
      // An engine that does not let go of its file is not used again.
    }
  };
  const query = async (sql: string) => {
    checkpoint();
    return db.runQuery(connection, sql);
  };
  try {
    await query(ATTACH_FILE);
  } catch (cause) {
    close();
    throw cause;
  }
  return {
    query,
    async *stream(sql) {
      let schema = db.startPendingQuery(connection, sql, true);
      while (schema === null) {
        checkpoint();
        schema = db.pollPendingQuery(connection);
      }
      yield schema;
      for (;;) {
        checkpoint();
        const batch = db.fetchQueryResults(connection);
        if (batch?.length === 0) return;
        if (batch) yield batch;
      }
    },
    close,
  };
}

function openSession(db: BlockingDuckDb): SqlSession {
  const connection = connectionTo(db);
  return {
    query: async (sql) => db.runQuery(connection, sql),
    async run(sql, checkpoint) {
      let result = db.startPendingQuery(connection, sql, false);
      while (result === null) {
        try {
          checkpoint();
        } catch (reason) {
          db.cancelPendingQuery(connection);
          throw reason;
        }
        result = db.pollPendingQuery(connection);
      }
      return result;
    },
    prepare: async (sql) => db.closePrepared(connection, db.createPrepared(connection, sql)),
    tableNames: async (sql) => db.getTableNames(connection, sql),
    tokenize: async (sql) => db.tokenize(sql),
  };
}
