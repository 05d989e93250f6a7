import { canceledError } from '../domain/errors';
import { newId } from '../domain/ids';
import type { SqlResult, SqlTableRef } from '../domain/sql-tables';
import { unlessAborted } from '../threads/run-job';
import type { ClientContext } from './context';

type Workers = ClientContext['workers'];

/** A table that a query may name, and what brings it into memory. */
export interface QueryTable {
  readonly name: string;
  /** @returns id of the table */
  load(): Promise<string>;
}

/** Asks the database, which ends its work when the signal aborts. @param what a noun phrase, the subject of the error */
export async function askDatabase<T>(
  workers: Workers,
  what: string,
  signal: AbortSignal | undefined,
  work: (database: Awaited<ReturnType<Workers['database']>>, jobId: string) => Promise<T>,
): Promise<T> {
  const database = await workers.database();
  const jobId = newId();
  const onAbort = () => void database.cancel(jobId);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await unlessAborted(what, signal, () => work(database, jobId));
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Runs a query that only reads. Of the tables, those that it names are loaded first. */
export function runQuery(
  workers: Workers,
  query: string,
  tables: readonly QueryTable[],
  signal: AbortSignal | undefined,
): Promise<SqlResult> {
  return askDatabase(workers, 'The query', signal, async (database, jobId) => {
    const mentioned = new Set(
      await database.sqlMentions(
        query,
        tables.map(({ name }) => name),
      ),
    );
    const refs: SqlTableRef[] = [];
    for (const { name, load } of tables) if (mentioned.has(name)) refs.push({ name, tableId: await load() });
    // While tables were read there was no query to cancel.
    if (signal?.aborted) throw canceledError('The query');
    return database.runSql(jobId, query, refs);
  });
}
