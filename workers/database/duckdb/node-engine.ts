import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LOCKED_SETTINGS, type SqlEngine } from './sql';

interface BlockingDuckDb {
  instantiate(onProgress: () => void): Promise<unknown>;
  open(config: object): void;
  connect(): { useUnsafe<T>(read: (bindings: unknown, id: number) => T): T };
  runQuery(connection: number, sql: string): Uint8Array;
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
  };
}
