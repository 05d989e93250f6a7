import type { Database, SqlJsStatic } from 'sql.js';
import { UserError } from '../../../../src/domain/errors';

let started: Promise<SqlJsStatic> | null = null;

/**
 * SQLite, loaded when it is first needed, with a database in its memory.
 * @param bytes of a file; absent = an empty database
 * @throws Error if the file is none
 */
export async function openSqlite(bytes?: Uint8Array): Promise<Database> {
  started ??= load();
  started.catch(() => {
    started = null;
  });
  const { Database } = await started.catch((cause: unknown) => {
    throw new UserError('engine/unavailable', 'SQLite could not be loaded. Reload the page and try again.', {
      cause,
    });
  });
  return new Database(bytes);
}

/** Its WASM comes from our origin in a browser, from the package in Node. */
async function load(): Promise<SqlJsStatic> {
  const { default: initialise } = await import('sql.js');
  if (typeof process === 'object' && process.versions?.node) return initialise();
  const { default: url } = await import('sql.js/dist/sql-wasm-browser.wasm?url');
  return initialise({ locateFile: () => new URL(url, self.location.href).href });
}
