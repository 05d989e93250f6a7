import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LOCKED_SETTINGS, type SqlEngine, type SqlSession } from './sql';

interface BlockingDuckDb {
  instantiate(onProgress: () => void): Promise<unknown>;
  open(config: object): void;
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
export async function openNodeEngine(memoryLimit?: string): Promise<SqlEngine> {
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
  const connection = db.connect().useUnsafe((_, id) => id);
  if (memoryLimit) db.runQuery(connection, `SET memory_limit = '${memoryLimit}'`);
  for (const setting of LOCKED_SETTINGS) db.runQuery(connection, setting);
  return {
    query: async (sql) => db.runQuery(connection, sql),
    insertArrow: async (ipc, name, create) =>
      db.insertArrowFromIPCStream(connection, ipc, { name, schema: 'main', create }),
    openSession: async () => openSession(db),
  };
}

function openSession(db: BlockingDuckDb): SqlSession {
  const connection = db.connect().useUnsafe((_, id) => id);
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
