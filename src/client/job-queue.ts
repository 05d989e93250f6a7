import { canceledError, UserError } from '../domain/errors';
import { type Job, jobName } from '../domain/job';
import { unlessAborted } from '../threads/run-job';
import { inTurnOfPages } from './computing-lock';

/** A job that waits for its turn, or has it. */
export interface Queued {
  readonly job: Job;
  /** Subject of the sentence that it ends with when it is cancelled. */
  readonly what: string;
  /** Aborted when it is cancelled. */
  readonly signal: AbortSignal;
  /** Its turn has come. */
  go: () => void;
}

/** What the queue says of its jobs. */
interface QueueEvents<Q> {
  onChange(queued: Q, fields: Pick<Job, 'status' | 'waitsFor'>): void;
  /** The first of this page; pages have their turns, too. */
  onFirst(queued: Q): void;
}

/** Lets one job after the other use the accelerator, first come first served, in this page and among all pages. */
export class JobQueue<Q extends Queued> {
  readonly #events: QueueEvents<Q>;
  /** The job at the accelerator, then those that wait for it. */
  readonly #queue: Q[] = [];

  constructor(events: QueueEvents<Q>) {
    this.#events = events;
  }

  /** Waits, QUEUED, until no other job is at the accelerator; the next one follows when `work` is over. */
  async inTurn<T>(queued: Q, work: () => Promise<T>): Promise<T> {
    const hasTurn = new Promise<void>((resolve) => {
      queued.go = resolve;
    });
    this.#queue.push(queued);
    this.#moveUp();
    try {
      const { signal } = queued;
      await unlessAborted(queued.what, signal, () => hasTurn);
      const { onChange } = this.#events;
      const turn = {
        signal,
        onWait: () => onChange(queued, { status: 'QUEUED', waitsFor: 'a job of another tab' }),
        onTurn: () => onChange(queued, { status: 'IN_PROGRESS', waitsFor: null }),
      };
      return await inTurnOfPages(globalThis.navigator?.locks, turn, work).catch((error: unknown) => {
        // The browser's own error of a request that was given up.
        throw signal.aborted && !(error instanceof UserError) ? canceledError(queued.what) : error;
      });
    } finally {
      this.#queue.splice(this.#queue.indexOf(queued), 1);
      this.#moveUp();
    }
  }

  /** Lets the first of the queue go, and tells the others what they wait for. */
  #moveUp(): void {
    const [first, ...others] = this.#queue;
    if (!first) return;
    this.#events.onFirst(first);
    first.go();
    for (const queued of others)
      this.#events.onChange(queued, { status: 'QUEUED', waitsFor: jobName(first.job) });
  }
}
