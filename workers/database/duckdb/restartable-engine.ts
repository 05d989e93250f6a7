import { lostError } from '../../../src/domain/errors';
import type { DatabaseFile, SqlEngine, SqlSession } from './sql';

/** A DuckDB that can be ended whatever it is doing; its calls never settle then. */
export interface RunningEngine {
  query: SqlEngine['query'];
  insertArrow: SqlEngine['insertArrow'];
  /** @param onStuck called where a cancelled statement does not end */
  openSession(onStuck: () => void): Promise<SqlSession>;
  end(): void;
}

/** Thrown by calls of an engine that was ended. */
const ENDED = Symbol('ended');

interface Running {
  readonly engine: RunningEngine;
  /** Rejects when it is ended. */
  readonly ended: Promise<never>;
  readonly end: () => void;
}

/**
 * DuckDB that is thrown away where a cancelled query does not end, and started anew. What it held is gone: it is filled again
 * (`onRestart`), and calls wait for that. Statements that were waiting behind the query had not begun, so they run then.
 */
export class RestartableEngine implements SqlEngine {
  readonly #launch: () => Promise<RunningEngine>;
  readonly #openFile: (file: File, checkpoint: () => void) => Promise<DatabaseFile>;
  #running: Running;
  #ready: Promise<void> = Promise.resolve();
  #fill: (sql: SqlEngine) => Promise<void> = async () => undefined;
  #count = 0;

  private constructor(
    launch: () => Promise<RunningEngine>,
    openFile: (file: File, checkpoint: () => void) => Promise<DatabaseFile>,
    first: RunningEngine,
  ) {
    this.#launch = launch;
    this.#openFile = openFile;
    this.#running = runningOf(first);
  }

  /** @throws UserError `engine/unavailable` */
  static async start(
    launch: () => Promise<RunningEngine>,
    openFile: (file: File, checkpoint: () => void) => Promise<DatabaseFile>,
  ): Promise<RestartableEngine> {
    return new RestartableEngine(launch, openFile, await launch());
  }

  readonly restarts = {
    count: () => this.#count,
    onRestart: (fill: (sql: SqlEngine) => Promise<void>) => {
      this.#fill = fill;
    },
  };

  async query(sql: string): Promise<Uint8Array> {
    for (;;) {
      const running = await this.#current();
      try {
        return await Promise.race([running.engine.query(sql), running.ended]);
      } catch (error) {
        if (error !== ENDED) throw error;
      }
    }
  }

  async insertArrow(ipc: Uint8Array, table: string, create: boolean): Promise<void> {
    const running = await this.#current();
    await orLost(running, running.engine.insertArrow(ipc, table, create));
  }

  async openSession(): Promise<SqlSession> {
    return this.#sessionOf(await this.#current());
  }

  openFile(file: File, checkpoint: () => void): Promise<DatabaseFile> {
    return this.#openFile(file, checkpoint);
  }

  /** Ends it for good. */
  close(): void {
    this.#running.engine.end();
  }

  async #current(): Promise<Running> {
    // Another restart may come while one is waited for.
    for (let ready: Promise<void> | null = null; ready !== this.#ready; ) {
      ready = this.#ready;
      await ready;
    }
    return this.#running;
  }

  async #sessionOf(running: Running): Promise<SqlSession> {
    const session = await orLost(
      running,
      running.engine.openSession(() => this.#restart(running)),
    );
    return {
      query: (sql) => orLost(running, session.query(sql)),
      run: (sql, checkpoint) => orLost(running, session.run(sql, checkpoint)),
      prepare: (sql) => orLost(running, session.prepare(sql)),
      tableNames: (sql) => orLost(running, session.tableNames(sql)),
      tokenize: (sql) => orLost(running, session.tokenize(sql)),
    };
  }

  #restart(stuck: Running): void {
    if (this.#running !== stuck) return;
    this.#count++;
    this.#ready = this.#begin();
    this.#ready.catch(() => undefined);
    stuck.end();
  }

  async #begin(): Promise<void> {
    const next = runningOf(await this.#launch());
    this.#running = next;
    // What fills it does not wait for it to be filled.
    await this.#fill({
      query: (sql) => orLost(next, next.engine.query(sql)),
      insertArrow: (ipc, table, create) => orLost(next, next.engine.insertArrow(ipc, table, create)),
      openSession: () => this.#sessionOf(next),
      openFile: this.#openFile,
    });
  }
}

function runningOf(engine: RunningEngine): Running {
  let reject: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, fail) => {
    reject = fail;
  });
  ended.catch(() => undefined);
  return {
    engine,
    ended,
    end: () => {
      engine.end();
      reject(ENDED);
    },
  };
}

async function orLost<T>({ ended }: Running, task: Promise<T>): Promise<T> {
  try {
    return await Promise.race([task, ended]);
  } catch (error) {
    throw error === ENDED ? lostError('database') : error;
  }
}
