import type { RowRange } from './balance';
import type { ShardConnection } from './connection';

type Api = ShardConnection['api'];

/** Running workers that are called together and end together. */
export class ShardGroup {
  readonly #shards: readonly ShardConnection[];
  readonly #waiting = new Set<(reason: Error) => void>();
  /** Why no worker answers any more. */
  #ended: Error | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(shards: readonly ShardConnection[]) {
    this.#shards = shards;
    for (const shard of shards) shard.failed.catch((reason: Error) => this.#fail(reason));
  }

  get size(): number {
    return this.#shards.length;
  }

  /** One call to every worker at once; rejects when one fails or dies. */
  each<T>(call: (shard: Api, worker: number) => Promise<T>): Promise<T[]> {
    return this.#settle(this.#shards.map(({ api }, worker) => call(api, worker)));
  }

  /** One call to each worker that has rows. */
  ranges<T>(ranges: readonly RowRange[], call: (shard: Api, range: RowRange) => Promise<T>): Promise<T[]> {
    return this.#settle(ranges.map((range) => call(this.#shards[range.worker]!.api, range)));
  }

  /** Runs what takes several messages when everything before it is done. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Ends the workers; calls under way and later ones reject with the reason. */
  end(reason: Error): void {
    for (const shard of this.#shards) shard.terminate();
    this.#fail(reason);
  }

  #fail(reason: Error): void {
    this.#ended ??= reason;
    for (const reject of this.#waiting) reject(this.#ended);
    this.#waiting.clear();
  }

  /** Calls to a dead worker never settle, so its end must fail them. A race would keep every result for good. */
  #settle<T>(calls: readonly Promise<T>[]): Promise<T[]> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      this.#waiting.add(reject);
      void Promise.all(calls)
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }
}
