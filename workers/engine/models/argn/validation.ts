import type { Backend } from '../../compute/backend';
import { type OrderMix, type RowOrders, tableOrders, validationOrders } from './plan';

/** Rows one call of the backend judges, so that it answers in time. */
const ROWS_PER_CALL = 2048;

/**
 * The validation loss of one training: the same rows in the same orders every time, hence little noise (recipe.md
 * §2). The table's order with its rotations and random orders count as often as they are trained.
 */
export class Validation {
  readonly #rows: Uint32Array;
  readonly #ordered: RowOrders;
  readonly #random: RowOrders;
  readonly #orderedShare: number;

  /** @param rows row numbers of the backend's code table */
  constructor(rows: Uint32Array, columnCount: number, mix: OrderMix, seed: number) {
    this.#rows = rows;
    this.#orderedShare = columnCount === 1 ? 1 : mix.natural + mix.rotated;
    this.#ordered = tableOrders(rows.length, columnCount, mix.rotated > 0);
    this.#random = validationOrders(rows.length, columnCount, seed);
  }

  /**
   * Mean loss of the averaged weights, nats per row.
   * @param rest called between two calls of the backend
   */
  async score(backend: Backend, rest: () => Promise<void>): Promise<number> {
    const q = this.#orderedShare;
    let score = 0;
    if (q > 0) score += q * (await this.#mean(backend, this.#ordered, rest));
    if (q < 1) score += (1 - q) * (await this.#mean(backend, this.#random, rest));
    return score;
  }

  async #mean(backend: Backend, view: RowOrders, rest: () => Promise<void>): Promise<number> {
    let sum = 0;
    for (let from = 0; from < this.#rows.length; from += ROWS_PER_CALL) {
      const to = Math.min(from + ROWS_PER_CALL, this.#rows.length);
      const losses = await backend.evaluate({
        rows: this.#rows.subarray(from, to),
        orders: view.orders,
        orderOf: view.orderOf.subarray(from, to),
        weights: 'average',
      });
      for (const loss of losses) sum += loss;
      await rest();
    }
    return sum / this.#rows.length;
  }
}
