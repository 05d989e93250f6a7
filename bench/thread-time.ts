import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between two looks at threads that may end: a thread that does takes its count with it. */
const WATCH = 5;

/**
 * Processor time of the busiest thread of this process over a piece of work: what the work would take on a machine
 * that has a core for every thread, however busy this one is.
 * @param watch whether threads may end meanwhile; looking for them slows the work itself where there are few cores
 * @returns milliseconds; NaN where the system does not tell (it is Linux that does)
 */
export async function busiestThread(work: () => Promise<unknown>, watch = true): Promise<number> {
  const times = [...(await timesOf(work, watch)).values()];
  return times.length === 0 ? Number.NaN : Math.max(...times) / 1e6;
}

/**
 * The same for work of which this thread does a part before and after others do theirs.
 * @returns milliseconds of this thread and of the busiest other one together
 */
export async function oneAfterOther(work: () => Promise<unknown>): Promise<number> {
  const times = await timesOf(work);
  const mine = times.get(String(process.pid)) ?? Number.NaN;
  times.delete(String(process.pid));
  return (mine + Math.max(0, ...times.values())) / 1e6;
}

/** Nanoseconds per thread of this process. */
async function timesOf(work: () => Promise<unknown>, watch = true): Promise<Map<string, number>> {
  const before = threadTimes();
  const ended = new Map(before);
  const look = () => {
    for (const [id, time] of threadTimes()) ended.set(id, time);
  };
  const timer = watch ? setInterval(look, WATCH) : undefined;
  await work();
  clearInterval(timer);
  look();
  return new Map([...ended].map(([id, time]) => [id, time - (before.get(id) ?? 0)]));
}

/** Processor time so far of every thread of a process, nanoseconds by thread id; empty where the system does not tell. */
export function threadTimes(pid: number | 'self' = 'self'): Map<string, number> {
  return new Map([...threadUse(pid)].map(([id, { time }]) => [id, time]));
}

/** Of one thread so far, nanoseconds. */
export interface ThreadUse {
  readonly time: number;
  /** Waited for a core to be free: a thread that neither runs nor waits for one has nothing to do. */
  readonly delay: number;
}

/** Use of every thread of a process by thread id; empty where the system does not tell. */
export function threadUse(pid: number | 'self'): Map<string, ThreadUse> {
  const tasks = `/proc/${pid}/task`;
  try {
    return new Map(
      readdirSync(tasks).map((id) => {
        const [time, delay] = readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ');
        return [id, { time: Number(time), delay: Number(delay) }];
      }),
    );
  } catch {
    return new Map();
  }
}
