import { afterEach, expect, it, vi } from 'vitest';
import { PageWorkers } from './page-workers';

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
