import { canceledError } from '../../../src/domain/errors';
import { type ThreadSource, threadsFor } from '../../../src/threads/thread';
import { WorkerPool } from '../../../src/threads/worker-pool';
import type { Pacer } from '../pacing';
import { computePart, type Found, type Given, type PartApi, type PartName } from './part-tasks';

/** How many parts there are, about: the number of targets is known late. */
const PARTS = { withHoldout: 30, without: 6 } as const;

/**
 * Computes parts of a report on whichever threads there are, and on the calling one where there is no other. What they
 * find does not depend on how many there are.
 */
export class Parts {
  readonly pacer: Pacer;
  readonly #pool: WorkerPool<PartApi>;
  #unitsEach = 0;
  #unitsLeft = 0;

  /** @param threads null = the calling one alone */
  constructor(threads: ThreadSource<PartApi> | null, pacer: Pacer) {
    this.pacer = pacer;
    const count = threads ? threadsFor(threads.cores) : 1;
    this.#pool = new WorkerPool({ threads: count > 1 ? count : 0, start: threads?.start });
  }

  /** Announces the parts of a report. @param rows of a set: a part takes about as long as a search for each one's closest record */
  expect(rows: number, withHoldout: boolean): void {
    this.#unitsEach = rows;
    this.#unitsLeft = rows * (withHoldout ? PARTS.withHoldout : PARTS.without);
    this.pacer.expect(this.#unitsLeft);
  }

  /** Computes a part as soon as a thread is free. */
  async compute<Name extends PartName>(name: Name, given: Given<Name>): Promise<Found<Name>> {
    const found = await this.#pool.run((thread) =>
      thread ? (thread.compute(name, given) as Promise<Found<Name>>) : computePart(name, given, this.pacer),
    );
    await this.#count(this.#unitsEach);
    return found;
  }

  /** Counts what was announced and was not needed. */
  finish(): Promise<void> {
    return this.#count(this.#unitsLeft);
  }

  /** Ends the threads. Parts under way fail. */
  dispose(): void {
    this.#pool.dispose(canceledError('The report'));
  }

  async #count(units: number): Promise<void> {
    const counted = Math.min(units, this.#unitsLeft);
    this.#unitsLeft -= counted;
    if (this.pacer.advance(counted)) await this.pacer.yield();
  }
}
