import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serveThread } from '../threads/thread';
import { PageWorkers, type WorkerEvent } from './page-workers';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('a worker that does not load is told in a sentence, and tried again at the next call', async () => {
  let started = 0;
  class BrokenWorker extends EventTarget {
    constructor() {
      super();
      started++;
      setTimeout(() => this.dispatchEvent(Object.assign(new Event('error'), { message: 'no such file' })));
    }
    postMessage(): void {}
  }
  vi.stubGlobal('Worker', BrokenWorker);
  const workers = new PageWorkers(() => {});
  const attempt = () => workers.database().catch((error: unknown) => error);
  expect(started).toBe(0);
  expect(await attempt()).toMatchObject({
    code: 'engine/unavailable',
    message: expect.stringContaining('The workspace could not be started: no such file.'),
  });
  await attempt();
  expect(started).toBe(2);
});

describe('a worker that the browser ends', () => {
  const ports: MessagePort[] = [];
  let started: string[] = [];
  /** What waits for the end of each thread, in the order of their starts. */
  let ends: (() => void)[] = [];

  beforeEach(() => {
    [started, ends] = [[], []];
    const held = new Set<string>();
    vi.stubGlobal('navigator', {
      locks: {
        request: async (name: string, callback: () => unknown) => {
          if (!held.has(name)) {
            held.add(name);
            return callback();
          }
          return new Promise<void>((resolve) => {
            ends.push(() => {
              callback();
              resolve();
            });
          });
        },
      },
    });
    vi.stubGlobal(
      'Worker',
      class {
        constructor(url: URL) {
          const name = /workers\/(\w+)\/worker/.exec(url.pathname)![1]!;
          started.push(name);
          const { port1, port2 } = new MessageChannel();
          ports.push(port1, port2);
          serveThread(
            {
              open: async () => ({ isKept: true, refusal: null }),
              addPeer: () => undefined,
              train: () => new Promise(() => undefined),
            },
            port1,
          );
          port2.start();
          // biome-ignore lint/correctness/noConstructorReturn: a port is what the page needs of a worker
          return Object.assign(port2, { terminate: () => undefined });
        }
      },
    );
  });
  afterEach(() => {
    for (const port of ports.splice(0)) port.close();
  });

  it('is told, fails its calls, and is started again at the next one', async () => {
    const events: WorkerEvent[] = [];
    const workers = new PageWorkers((event) => events.push(event));
    const engine = await workers.engine();
    expect(await workers.engine()).toBe(engine);
    expect(started).toEqual(['engine', 'workspace', 'database']);
    const training = engine.train('job', {} as never).catch((error: unknown) => error);
    // The database is watched first: it is open first.
    ends[1]!();
    expect(await training).toMatchObject({ code: 'engine/lost' });
    expect(events).toEqual([{ type: 'lost', worker: 'engine' }]);
    expect(await workers.engine()).not.toBe(engine);
    expect(started).toEqual(['engine', 'workspace', 'database', 'engine']);
  });

  it('takes those with it that it served', async () => {
    const events: WorkerEvent[] = [];
    const workers = new PageWorkers((event) => events.push(event));
    await workers.engine();
    await workers.quality();
    ends[0]!();
    await expect
      .poll(() => events.map((event) => event.type === 'lost' && event.worker))
      .toEqual(['database', 'engine', 'quality']);
    await workers.engine();
    expect(started.filter((name) => name === 'database')).toHaveLength(2);
  });
});
