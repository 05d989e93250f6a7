import type { Backend } from '../network/network-backend';
import { type OrderMix, type RowOrders, tableOrders, validationOrders } from './order-planner';

/** Rows per call of the backend, so that it answers in time. */
const ROWS_PER_CALL = 2048;
/** Calls under way at once if the backend computes on other threads: messages then cost no time of their own. */
const CONCURRENT_CALLS = 4;

/**
 * The validation loss of one training. The same rows in the same orders every time keep the noise low (docs/model.md).
 * The table's order with its rotations, and random orders, count as often as they are trained.
 */
export class Validation {
  readonly #rows: Uint32Array;
  readonly #ordered: RowOrders;
  readonly #random: RowOrders;
  readonly #orderedShare: number;

  /** @param rows row numbers of the backend's code table */
  constructor(rows: Uint32Array, columnCount: number, mix: OrderMix, seed: number, factorCount = 0) {
    this.#rows = rows;
    this.#orderedShare = columnCount === 1 ? 1 : mix.natural + mix.rotated;
    this.#ordered = tableOrders(rows.length, columnCount, mix.rotated > 0, factorCount);
    this.#random = validationOrders(rows.length, columnCount, seed, factorCount);
  }

  /** The sum over all sub-columns. */
  async score(backend: Backend, pause: () => Promise<void>): Promise<number> {
    return (await this.scores(backend, pause)).reduce((sum, loss) => sum + loss, 0);
  }

  /**
   * Mean loss of the averaged weights per sub-column, nats per row.
   * @param pause called between calls of the backend
   */
  async scores(backend: Backend, pause: () => Promise<void>): Promise<Float64Array> {
    const q = this.#orderedShare;
    const views = [
      { share: q, view: this.#ordered },
      { share: 1 - q, view: this.#random },
    ].filter(({ share }) => share > 0);
    const starts = Array.from({ length: Math.ceil(this.#rows.length / ROWS_PER_CALL) }, (_, k) => k);
    const calls = views.flatMap(({ view }, v) => starts.map((k) => ({ v, view, from: k * ROWS_PER_CALL })));
    let scores = new Float64Array(0);
    const concurrency = (backend.concurrency ?? 1) > 1 ? CONCURRENT_CALLS : 1;
    for (let next = 0; next < calls.length; next += concurrency) {
      const group = calls.slice(next, next + concurrency);
      const results = await Promise.all(group.map(({ view, from }) => this.#evaluate(backend, view, from)));
      group.forEach(({ v }, i) => {
        const losses = results[i]!;
        if (scores.length === 0) scores = new Float64Array(losses.length);
        const weight = views[v]!.share / this.#rows.length;
        for (let j = 0; j < losses.length; j++) scores[j]! += weight * losses[j]!;
      });
      await pause();
    }
    return scores;
  }

  #evaluate(backend: Backend, view: RowOrders, from: number): Promise<Float64Array> {
    return backend.evaluate({
      rows: this.#rows.subarray(from, from + ROWS_PER_CALL),
      orders: view.orders,
      orderOf: view.orderOf.subarray(from, from + ROWS_PER_CALL),
      weights: 'average',
    });
  }
}
