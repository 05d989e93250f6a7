import { readdirSync, readFileSync } from 'node:fs';

const TASKS = '/proc/self/task';

/**
 * Processor time of the busiest thread of this process over a piece of work: what the work would take on a machine
 * that has a core for every thread, however busy this one is.
 * @returns milliseconds; NaN where the system does not tell (it is Linux that does)
 */
export async function busiestThread(work: () => Promise<unknown>): Promise<number> {
  const before = threadTimes();
  await work();
  const times = [...threadTimes()].map(([id, time]) => time - (before.get(id) ?? 0));
  return times.length === 0 ? Number.NaN : Math.max(...times) / 1e6;
}

/** Nanoseconds per thread. */
function threadTimes(): Map<string, number> {
  try {
    return new Map(
      readdirSync(TASKS).map((id) => {
        const [time] = readFileSync(`${TASKS}/${id}/schedstat`, 'utf8').split(' ');
        return [id, Number(time)];
      }),
    );
  } catch {
    return new Map();
  }
}
