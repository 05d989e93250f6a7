/** Pages that a test opens one after the other over what earlier ones kept. */
import { afterEach } from 'vitest';
import { createClient } from '../client';
import type { WorkerEvent } from '../page-workers';
import { PreferenceStore } from '../preferences';
import { FakeWorkers } from './fake-workers';
import { FakeDisk } from './fake-workspace';

const open: FakeWorkers[] = [];
/** What one page prefers is not what the next does. */
const NOWHERE = { getItem: () => null, setItem: () => undefined };

/**
 * Closes the pages of each test of a file; opens one over a disk, with the way to tell it what a worker would. One with a
 * name is open beside others with one.
 */
export function pagesOfEachTest() {
  afterEach(() => {
    for (const workers of open.splice(0)) workers.close();
  });
  return async (disk = new FakeDisk(), page?: string) => {
    let workers!: FakeWorkers;
    let tell!: (event: WorkerEvent) => void;
    const client = createClient(
      (post) => {
        tell = post;
        workers = new FakeWorkers(post, disk, page);
        return workers;
      },
      new PreferenceStore(() => NOWHERE),
    );
    open.push(workers);
    if (page !== undefined) disk.enter(page, tell);
    await client.workspace.open();
    return { client, workers, disk, tell };
  };
}
