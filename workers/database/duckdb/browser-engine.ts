import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from '@duckdb/duckdb-wasm';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import { UserError } from '../../../src/domain/errors';
import { type RenewableEngine, renewable } from './renewed-engine';
import { RestartableEngine, type RunningEngine } from './restartable-engine';
import {
  ATTACH_FILE,
  ATTACHED_PATH,
  type DatabaseFile,
  FILE_SETTINGS,
  LOCKED_SETTINGS,
  type SqlSession,
} from './sql';
import { CHECKED_MS, watchCancel } from './watch-cancel';

/**
 * Longest silence while starting. Loading reports progress; compiling takes about a second, but more than 45 s in
 * WebKitGTK on a busy machine of two cores.
 */
const SILENCE_MS = 180_000;

/**
 * Starts DuckDB in its own worker, from our own origin. Only the `eh` build: `coi` needs extensions from elsewhere or
 * hangs, `mvp` is for browsers without WASM exceptions (docs/import.md, DuckDB).
 *
 * @throws UserError `engine/unavailable`. Without 'wasm-unsafe-eval' in the content security policy the
 *   instantiation never settles, hence the time limit.
 */
export async function openBrowserEngine(): Promise<RenewableEngine> {
  return renewable(() => RestartableEngine.start(run, openFile));
}

async function run(): Promise<RunningEngine> {
  const { db, connection } = await launch(LOCKED_SETTINGS);
  return {
    query: (sql) => db.runQuery(connection, sql),
    insertArrow: (ipc, name, create) =>
      db.insertArrowFromIPCStream(connection, ipc, { name, schema: 'main', create }),
    openSession: (onStuck) => openSession(db, onStuck),
    end: () => void db.terminate(),
  };
}

async function openFile(file: File, checkpoint: () => void): Promise<DatabaseFile> {
  const { db, connection } = await launch(FILE_SETTINGS, checkpoint);
  const close = () => void db.terminate();
  const wait = <T>(task: Promise<T>) => unlessStopped(task, checkpoint);
  const query = (sql: string) => wait(db.runQuery(connection, sql));
  try {
    // It is read where it lies, block by block.
    const { BROWSER_FILEREADER } = DuckDBDataProtocol;
    await wait(db.registerFileHandle(ATTACHED_PATH, file, BROWSER_FILEREADER, true));
    await query(ATTACH_FILE);
  } catch (cause) {
    close();
    throw cause;
  }
  return {
    query,
    async *stream(sql) {
      let schema = await wait(db.startPendingQuery(connection, sql, true));
      while (schema === null) schema = await wait(db.pollPendingQuery(connection));
      yield schema;
      for (;;) {
        // Null = not yet; empty = no more.
        const batch = await wait(db.fetchQueryResults(connection));
        if (batch?.length === 0) return;
        if (batch) yield batch;
      }
    },
    close,
  };
}

/** A task of a worker, unless `checkpoint` throws first: the worker is then to be ended. */
async function unlessStopped<T>(task: Promise<T>, checkpoint: () => void): Promise<T> {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stopped = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      try {
        checkpoint();
      } catch (reason) {
        reject(reason);
      }
    }, CHECKED_MS);
  });
  try {
    return await Promise.race([task, stopped]);
  } finally {
    clearInterval(timer);
  }
}

/** DuckDB in a new worker, with a connection. */
async function launch(
  settings: readonly string[],
  checkpoint = () => {},
): Promise<{ db: AsyncDuckDB; connection: number }> {
  assertWebAssembly();
  const worker = new Worker(workerUrl);
  const db = new AsyncDuckDB(new VoidLogger(), worker);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restart = () => {};
  const failed = new Promise<never>((_, reject) => {
    restart = () => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(new Error(`no answer for ${SILENCE_MS / 1000} s`)), SILENCE_MS);
    };
    worker.addEventListener('error', (event) =>
      reject(new Error(event.message || 'its script did not load')),
    );
  });
  restart();
  try {
    const started = Promise.race([start(db, settings, restart), failed]);
    return { db, connection: await unlessStopped(started, checkpoint) };
  } catch (cause) {
    worker.terminate();
    throw cause instanceof UserError ? cause : unavailable(cause);
  } finally {
    clearTimeout(timer);
  }
}

async function openSession(db: AsyncDuckDB, onStuck: () => void): Promise<SqlSession> {
  const connection = await db.connectInternal();
  return {
    query: (sql) => db.runQuery(connection, sql),
    run: (sql, checkpoint) => watchCancel(runPieces(db, connection, sql, checkpoint), checkpoint, onStuck),
    prepare: async (sql) => db.closePrepared(connection, await db.createPrepared(connection, sql)),
    tableNames: (sql) => db.getTableNames(connection, sql),
    tokenize: (sql) => db.tokenize(sql),
  };
}

async function runPieces(
  db: AsyncDuckDB,
  connection: number,
  sql: string,
  checkpoint: () => void,
): Promise<Uint8Array> {
  let result = await db.startPendingQuery(connection, sql, false);
  while (result === null) {
    try {
      checkpoint();
    } catch (reason) {
      await db.cancelPendingQuery(connection);
      throw reason;
    }
    result = await db.pollPendingQuery(connection);
  }
  return result;
}

async function start(db: AsyncDuckDB, settings: readonly string[], onProgress: () => void): Promise<number> {
  await db.instantiate(new URL(wasmUrl, self.location.href).href, null, onProgress);
  await db.open({});
  const connection = await db.connectInternal();
  for (const setting of settings) await db.runQuery(connection, setting);
  return connection;
}

/** Tells a refusal at once; DuckDB would stay silent. */
function assertWebAssembly(): void {
  try {
    // The smallest module: magic number and version.
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  } catch (cause) {
    throw unavailable(cause);
  }
}

function unavailable(cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError(
    'engine/unavailable',
    `The database could not be started (${reason}). Reload the page; if that does not help, use a current Chrome, Edge, Firefox or Safari, and check that the page may load WebAssembly.`,
    { cause },
  );
}
