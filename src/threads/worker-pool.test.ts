import { afterEach, describe, expect, it } from 'vitest';
import type { Remote } from './rpc';
import { killThread, mortal, runningThreads, startHere } from './testing/node-threads';
import type { Thread } from './thread';
import { WorkerPool } from './worker-pool';

interface Api {
  setUp(factor: number): Promise<void>;
  multiply(value: number): Promise<number>;
  sum(values: Float64Array): Promise<number>;
  refuse(): Promise<void>;
  hang(): Promise<void>;
}

/** Answers after a turn of the event loop, in no order. */
function createApi(): Api {
  let factor = 1;
  return {
    async setUp(given) {
      factor = given;
    },
    async multiply(value) {
      await new Promise((resolve) => setTimeout(resolve, value % 3));
      return factor * value;
    },
    sum: async (values) => values.reduce((a, b) => a + b, 0),
    refuse: () => Promise.reject(new TypeError('not this')),
    hang: () => new Promise(() => undefined),
  };
}

const pools: WorkerPool<Api>[] = [];
function open(threads: number, start: () => Promise<Thread<Api>> = startApi): WorkerPool<Api> {
  const pool = new WorkerPool<Api>({
    threads,
    start,
    setUp: (api) => api.setUp(10),
    died: (cause) => new Error('A thread died.', { cause }),
  });
  pools.push(pool);
  return pool;
}
const startApi = () => startHere<Api>(createApi());

afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
  expect(runningThreads()).toBe(0);
});

const VALUES = Array.from({ length: 20 }, (_, value) => value);
const TENFOLD = VALUES.map((value) => 10 * value);
const work = (value: number) => (api: Remote<Api> | null) =>
  api ? api.multiply(value) : Promise.resolve(10 * value);
const runAll = (pool: WorkerPool<Api>) => Promise.all(VALUES.map((value) => pool.run(work(value))));

describe('run', () => {
  it.each([0, 1, 2, 5])(
    'gives every result to whoever asked for it, with %i threads at most',
    async (limit) => {
      const { threads, start } = mortal(startApi);
      expect(await runAll(open(limit, start))).toEqual(TENFOLD);
      expect(threads).toHaveLength(limit);
    },
  );

  it('starts a thread when there is work for it', async () => {
    const { threads, start } = mortal(startApi);
    const pool = open(3, start);
    for (const value of [1, 2]) expect(await pool.run(work(value))).toBe(10 * value);
    expect(threads).toHaveLength(1);
  });

  it('moves what is to be moved', async () => {
    const values = Float64Array.of(1, 2, 3.5);
    const { transfer } = await import('./rpc');
    const pool = open(1);
    expect(await pool.run((api) => api!.sum(transfer(values, [values.buffer])))).toBe(6.5);
    expect(values.length).toBe(0);
  });

  it('gives the work of a thread that dies to another and replaces it', async () => {
    const { threads, start } = mortal(startApi);
    const pool = open(2, start);
    let tries = 0;
    const moving = pool.run(async (api) => {
      if (++tries > 1) return api!.multiply(4);
      await api!.hang();
      return 0;
    });
    const others = runAll(pool);
    while (tries === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    killThread(threads[0]!);
    expect(await moving).toBe(40);
    expect(await others).toEqual(TENFOLD);
    expect(tries).toBe(2);
    expect(threads).toHaveLength(3);
  });

  it('ends on this thread where every thread dies, none starts or none can be prepared', async () => {
    const { threads, start } = mortal(startApi);
    const deadly = open(2, start);
    const killed = deadly.run(async (api) => {
      if (!api) return 'here';
      killThread(threads.at(-1)!);
      return new Promise<never>(() => undefined);
    });
    expect(await killed).toBe('here');
    expect(threads).toHaveLength(4);
    const refusing = open(2, () => Promise.reject(new Error('no threads')));
    expect(await runAll(refusing)).toEqual(TENFOLD);
    const unprepared = open(2, () => startHere<Api>({ ...createApi(), setUp: () => createApi().refuse() }));
    expect(await runAll(unprepared)).toEqual(TENFOLD);
  });

  it('does one piece after the other on this thread and answers in between', async () => {
    const log: string[] = [];
    const pool = open(0);
    const piece = (name: string) =>
      pool.run(async () => {
        log.push(`${name} begins`);
        await Promise.resolve();
        log.push(`${name} ends`);
      });
    const pieces = [piece('a'), piece('b')];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      log.push('message');
      port1.close();
    };
    await pieces[0];
    port2.postMessage(null);
    await pieces[1];
    expect(log).toEqual(['a begins', 'a ends', 'message', 'b begins', 'b ends']);
  });

  it('passes on what is wrong with the work and goes on', async () => {
    const pool = open(1);
    await expect(pool.run((api) => api!.refuse())).rejects.toMatchObject({ name: 'TypeError' });
    expect(await runAll(pool)).toEqual(TENFOLD);
  });

  it('keeps two users apart', async () => {
    const [one, other] = [open(2), open(2)];
    const [first, second] = [runAll(one), runAll(other)];
    expect(await first).toEqual(TENFOLD);
    one.dispose();
    expect(await second).toEqual(TENFOLD);
    expect(await other.run(work(7))).toBe(70);
  });
});

describe('each and on', () => {
  it('call all threads that came up, or one of them', async () => {
    let started = 0;
    const start = async () => {
      if (++started === 2) throw new Error('no more threads');
      return startApi();
    };
    const pool = await open(3, start).open();
    expect(pool.size).toBe(2);
    expect(await pool.each((api, index) => api.multiply(index + 1))).toEqual([10, 20]);
    expect(await pool.on(1, (api) => api.multiply(5))).toBe(50);
  });

  it('fail when a thread is gone, with what was under way, and start no other', async () => {
    const { threads, start } = mortal(startApi);
    const pool = await open(2, start).open();
    const hanging = pool.each((api) => api.hang());
    killThread(threads[1]!);
    await expect(hanging).rejects.toThrow('A thread died.');
    await expect(pool.each((api) => api.multiply(1))).rejects.toThrow('A thread died.');
    expect(await pool.on(0, (api) => api.multiply(1))).toBe(10);
    expect(threads).toHaveLength(2);
  });
});

describe('dispose', () => {
  it('rejects all that is under way, waits or comes later, with its reason', async () => {
    const pool = open(1);
    await pool.run(work(1));
    const calls = [pool.run((api) => api!.hang()), pool.run(work(1)), pool.each((api) => api.hang())];
    await Promise.resolve();
    pool.dispose(new Error('over'));
    for (const call of [...calls, pool.run(work(1)), pool.each((api) => api.hang())])
      await expect(call).rejects.toThrow('over');
  });

  it('ends a thread that comes up too late, and its work', async () => {
    let come: () => void = () => undefined;
    const coming = new Promise<void>((resolve) => {
      come = resolve;
    });
    const { threads, start } = mortal(startApi);
    const pool = open(1, () => coming.then(start));
    const waiting = pool.run(work(1));
    pool.dispose(new Error('over'));
    await expect(waiting).rejects.toThrow('over');
    come();
    while (threads.length === 0) await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(runningThreads()).toBe(0);
  });
});
