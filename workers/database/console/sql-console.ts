import { takeRows } from '../../../src/domain/column-data';
import { isLost, UserError } from '../../../src/domain/errors';
import {
  distinctNames,
  quotedName,
  SHOWN_ROWS,
  type SqlResult,
  type SqlTableRef,
} from '../../../src/domain/sql-tables';
import type { JobContext } from '../../../src/threads/run-job';
import type { DatasetShelf } from '../datasets/dataset-shelf';
import { columnId, type SqlEngine, type SqlSession } from '../duckdb/sql';
import { isMemoryFull } from '../import/too-large';
import { SqlTable, type Table } from '../tables';
import {
  checkStatement,
  nameOf,
  type RefusedNames,
  refusedNames,
  type Statement,
  tokensOf,
} from './check-statement';
import { queryError } from './query-error';
import { makeResult, type Result } from './result-table';
import { insertRows } from './sample-table';

/** Under which the rows of a result are written. */
export const RESULT_ID = 'sql-result';
const BLOCK_ROWS = 50_000;

type Job = Pick<JobContext, 'yield' | 'checkpoint'>;

/**
 * Queries of a person over tables by their names, on a connection of its own (docs/sql.md). Each runs in a transaction that
 * may only read; its result stays as a temporary table until the next one.
 */
export class SqlConsole {
  readonly #sql: SqlEngine;
  readonly #tableOf: (tableId: string) => Table;
  #session: Promise<SqlSession> | null = null;
  #refused: Promise<RefusedNames> | null = null;
  /** Queries run one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #result: (Result & { isWritten: boolean }) | null = null;
  /** Of the engine, when the session was opened. */
  #restarts = 0;
  #resultCount = 0;
  #sampleCount = 0;
  /** In DuckDB, rows of tables that are kept in memory. */
  readonly #samples = new Map<Table, string>();

  /** @param tableOf by id; throws `not-found` */
  constructor(sql: SqlEngine, tableOf: (tableId: string) => Table) {
    this.#sql = sql;
    this.#tableOf = tableOf;
  }

  /** Which of the names a query may mean: these tables have to be in memory before it runs. */
  async mentioned(query: string, names: readonly string[]): Promise<string[]> {
    const text = query.replaceAll('\0', ' ');
    const tokens = await unlessLost(async () => tokensOf(await this.#open(), text));
    const words = new Set(tokens.filter(({ isName }) => isName).map(nameOf));
    return names.filter((name) => words.has(nameInSql(name)));
  }

  /** @param tables those that the query mentions */
  run(query: string, tables: readonly SqlTableRef[], job: Job): Promise<SqlResult> {
    const ran = this.#queue.then(() => unlessLost(() => this.#run(query, tables, job)));
    this.#queue = ran.catch(() => undefined);
    return ran;
  }

  async #run(query: string, refs: readonly SqlTableRef[], job: Job): Promise<SqlResult> {
    job.checkpoint();
    const started = performance.now();
    const session = await this.#open();
    this.#refused ??= refusedNames(session);
    const refusedOnes = await this.#refused;
    const views: { name: string; sqlTable: string; columns: string[] }[] = [];
    try {
      for (const { name, tableId } of refs) {
        const table = this.#tableOf(tableId);
        const sqlTable = table instanceof SqlTable ? table.name : await this.#sample(table, job);
        views.push({ name, sqlTable, columns: distinctNames(table.columns.map((column) => column.name)) });
      }
    } catch (error) {
      throw isMemoryFull(error) ? queryError(error, 1) : error;
    }
    const taken = new Set(refs.map(({ name }) => nameInSql(name)));
    let name = '';
    do name = `result_${++this.#resultCount}`;
    while (taken.has(name));
    await session.query('BEGIN TRANSACTION READ ONLY');
    let result: Result;
    try {
      for (const view of views) {
        const columns = view.columns.map((column, i) => `${columnId(i)} AS ${quotedName(column)}`);
        await session.query(
          `CREATE TEMP VIEW ${quotedName(view.name)} AS SELECT ${columns.join(', ')} FROM memory.main.${view.sqlTable}`,
        );
      }
      const known = new Set([...taken, ...views.flatMap(({ columns }) => columns.map(nameInSql))]);
      const statement = await checkStatement(session, query, known, refusedOnes);
      await this.#checkTables(session, statement, new Set(views.map(({ sqlTable }) => sqlTable)));
      result = await makeResult(session, statement, name, job.checkpoint);
      for (const view of views) await session.query(`DROP VIEW ${quotedName(view.name)}`);
      await session.query('COMMIT');
    } catch (error) {
      await session.query('ROLLBACK').catch((cause: unknown) => {
        // What was cancelled may have taken its engine with it.
        if (!isLost(cause)) throw cause;
      });
      throw queryError(error, 1);
    }
    await this.#result?.table.drop();
    this.#result = { ...result, isWritten: false };
    const { table, notes } = result;
    const { rows } = await table.preview(0, SHOWN_ROWS);
    return {
      columns: table.columns.map(({ name: column, storageType: type }) => ({ name: column, type })),
      rows,
      rowCount: table.rowCount,
      seconds: (performance.now() - started) / 1000,
      notes,
    };
  }

  /** Writes the last result as a dataset under `RESULT_ID`, once. @throws UserError `not-found` */
  async writeResult(datasets: DatasetShelf, job: Job): Promise<void> {
    this.#forgetLost();
    const result = this.#result;
    if (!result) throw new UserError('not-found', 'There is no result. Run a query first.');
    if (result.isWritten) return;
    const { columns, rowCount } = result.table;
    await datasets.begin(RESULT_ID, 'query result.parquet', columns, rowCount);
    try {
      const data = [];
      for (const index of columns.keys()) {
        job.checkpoint();
        data.push((await result.table.readParts(index, [null]))[0]!);
      }
      for (let from = 0; from < rowCount; from += BLOCK_ROWS) {
        await job.yield();
        const size = Math.min(rowCount, from + BLOCK_ROWS) - from;
        const rows = Uint32Array.from({ length: size }, (_, i) => from + i);
        await datasets.append(
          RESULT_ID,
          data.map((column) => takeRows(column, rows)),
        );
      }
      await datasets.finish(RESULT_ID);
      result.isWritten = true;
    } catch (error) {
      await datasets.remove(RESULT_ID);
      throw error;
    }
  }

  /** Where the engine is another one, nothing is there of what was in the one before. */
  #forgetLost(): void {
    const count = this.#sql.restarts?.count() ?? 0;
    if (count === this.#restarts) return;
    this.#restarts = count;
    this.#session = null;
    this.#refused = null;
    this.#result = null;
    this.#samples.clear();
  }

  /** Forgets the rows of a table in memory. */
  async forget(table: Table): Promise<void> {
    const name = this.#samples.get(table);
    this.#samples.delete(table);
    if (name) await this.#sql.query(`DROP TABLE IF EXISTS ${name}`);
  }

  /** A query names only tables of the project, whatever else is in memory. */
  async #checkTables(session: SqlSession, { query }: Statement, allowed: ReadonlySet<string>): Promise<void> {
    const other = (await session.tableNames(query)).find((name) => !allowed.has(name));
    if (other === undefined) return;
    throw new UserError(
      'sql/refused',
      `“${other}” is no table of this project. The list shows those it has.`,
    );
  }

  async #sample(table: Table, job: Job): Promise<string> {
    const known = this.#samples.get(table);
    if (known) return known;
    const name = `sample_${++this.#sampleCount}`;
    await insertRows(this.#sql, table, name, job);
    this.#samples.set(table, name);
    return name;
  }

  #open(): Promise<SqlSession> {
    this.#forgetLost();
    this.#session ??= this.#sql.openSession();
    return this.#session;
  }
}

/** Does again what its engine went away under, as the query before it did not end. */
async function unlessLost<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }
}

/** As DuckDB compares names. */
function nameInSql(name: string): string {
  return name.replaceAll('\0', '\uFFFD').toLowerCase();
}
