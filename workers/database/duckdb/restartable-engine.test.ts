import { describe, expect, it } from 'vitest';
import { canceledError } from '../../../src/domain/errors';
import { RestartableEngine, type RunningEngine } from './restartable-engine';
import type { SqlEngine } from './sql';
import { watchCancel } from './watch-cancel';

const never = new Promise<never>(() => undefined);

/** Engines that answer with their number, until a query does not end: then nothing does. */
class FakeEngine implements RunningEngine {
  readonly said: string[] = [];
  isEnded = false;
  #isStuck = false;
  readonly #number: number;

  constructor(number: number) {
    this.#number = number;
  }

  async query(sql: string): Promise<Uint8Array> {
    if (this.#isStuck || this.isEnded) return never;
    this.said.push(sql);
    return Uint8Array.of(this.#number);
  }

  async insertArrow(): Promise<void> {
    if (this.#isStuck) await never;
  }

  async openSession(onStuck: () => void) {
    const query = (sql: string) => this.query(sql);
    return {
      query,
      run: async (sql: string, checkpoint: () => void) => {
        if (sql !== 'stuck') return query(sql);
        this.#isStuck = true;
        return watchCancel(never, checkpoint, onStuck, 20);
      },
      prepare: async () => undefined,
      tableNames: async () => [],
      tokenize: async () => ({ offsets: [], types: [] }),
    };
  }

  end(): void {
    this.isEnded = true;
  }
}

async function start() {
  const engines: FakeEngine[] = [];
  const launch = async () => {
    const engine = new FakeEngine(engines.length);
    engines.push(engine);
    return engine;
  };
  const sql = await RestartableEngine.start(launch, () => never);
  return { sql, engines };
}

/** Runs a query that does not end, and cancels it. */
async function stuck(sql: SqlEngine): Promise<{ cancel: () => void; ended: Promise<unknown> }> {
  let isCanceled = false;
  const session = await sql.openSession();
  const ended = session
    .run('stuck', () => {
      if (isCanceled) throw canceledError('The query');
    })
    .catch((error: unknown) => error);
  return {
    cancel: () => {
      isCanceled = true;
    },
    ended,
  };
}

describe('an engine whose cancelled query does not end', () => {
  it('is ended, started anew and filled; what waited runs then', async () => {
    const { sql, engines } = await start();
    sql.restarts.onRestart(async (direct) => {
      await direct.query('fill');
      // Calls wait for all of it.
      await new Promise((resolve) => setTimeout(resolve, 20));
      await direct.query('filled');
    });
    const { cancel, ended } = await stuck(sql);
    const waiting = sql.query('waiting');
    cancel();
    expect(await ended).toMatchObject({ code: 'canceled' });
    expect(await waiting).toEqual(Uint8Array.of(1));
    expect(await sql.query('next')).toEqual(Uint8Array.of(1));
    expect(engines.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    expect(engines[1]!.said).toEqual(['fill', 'filled', 'waiting', 'next']);
    expect(sql.restarts.count()).toBe(1);
  });

  it('says of what cannot be done again that it is lost', async () => {
    const { sql } = await start();
    const session = await sql.openSession();
    const { cancel, ended } = await stuck(sql);
    const lost = [session.query('temporary'), sql.insertArrow(new Uint8Array(), 't', false)].map((call) =>
      call.catch((error: unknown) => error),
    );
    cancel();
    await ended;
    expect(await Promise.all(lost)).toMatchObject([{ code: 'engine/lost' }, { code: 'engine/lost' }]);
  });

  it('stays where the query ends by itself soon after', async () => {
    const { sql, engines } = await start();
    const session = await sql.openSession();
    await session.run('short', () => {
      throw canceledError('The query');
    });
    expect(await sql.query('next')).toEqual(Uint8Array.of(0));
    expect(engines).toHaveLength(1);
  });
});
