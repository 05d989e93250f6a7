import { hashText, RandomStream } from '../../../../../src/domain/random';
import type { OrderTable } from '../network/network-backend';
import { rotation } from '../sampling/groups';

/** Random column orders per step. Few are as good as one per row, and cheaper to plan. */
const ORDERS_PER_STEP = 16;
/** Rotations per step, of as many as there are columns. */
const ROTATIONS_PER_STEP = 4;
/** Random column orders over all validation rows. */
const VALIDATION_ORDERS = 256;

/**
 * Shares of a batch's rows by column order: that of the table, that of the table begun at another column
 * (`rotation.ts`), and for all others a random one. A fixed-order model has natural = 1.
 */
export interface OrderMix {
  readonly natural: number;
  readonly rotated: number;
}

export interface OrderOptions {
  readonly columnCount: number;
  /** Columns at the end that come first in the table's order and its rotations. Default 0. */
  readonly factorCount?: number;
  /** Column orders of its steps. */
  readonly orders: OrderMix;
  readonly seed: number;
}

/** Decides the column orders of a step from its number alone. The next call reuses the buffers. */
export class OrderPlanner {
  readonly #options: OrderOptions;
  #orderOf = new Uint16Array(0);
  #ranks = new Uint16Array(0);

  constructor(options: OrderOptions) {
    this.#options = options;
  }

  /** Orders of steps `firstStep` … `firstStep + steps − 1`, counted from the start of the training. */
  plan(firstStep: number, steps: number, batchSize: number): RowOrders {
    const counts = this.#count(batchSize);
    return this.#plan(firstStep, steps, batchSize, counts.natural < batchSize, (at, first) =>
      this.#assignOrders(at, first, counts, batchSize),
    );
  }

  /**
   * The same where each row draws its order, whatever other rows there are.
   * @param draws [steps × batchSize] 32 random bits of each row; neighbours should have like ones
   */
  planDrawn(firstStep: number, steps: number, batchSize: number, draws: Uint32Array): RowOrders {
    const { columnCount, orders } = this.#options;
    const { natural, rotated } = columnCount === 1 ? { natural: 1, rotated: 0 } : orders;
    const among = (share: number, count: number) => Math.min(count - 1, Math.floor(share * count));
    return this.#plan(firstStep, steps, batchSize, natural < 1, (at, first) => {
      for (let b = at; b < at + batchSize; b++) {
        const share = draws[b]! / 2 ** 32 - natural;
        if (share < 0 || natural === 1) this.#orderOf[b] = 0;
        else if (share < rotated)
          this.#orderOf[b] = first + ORDERS_PER_STEP + among(share / rotated, ROTATIONS_PER_STEP);
        else this.#orderOf[b] = first + among((share - rotated) / (1 - natural - rotated), ORDERS_PER_STEP);
      }
    });
  }

  #plan(
    firstStep: number,
    steps: number,
    batchSize: number,
    mixed: boolean,
    assign: (at: number, first: number) => void,
  ): RowOrders {
    const { columnCount, factorCount } = this.#options;
    const count = mixed ? 1 + steps * (ORDERS_PER_STEP + ROTATIONS_PER_STEP) : 1;
    if (this.#orderOf.length < steps * batchSize) this.#orderOf = new Uint16Array(steps * batchSize);
    if (this.#ranks.length < count * columnCount) this.#ranks = new Uint16Array(count * columnCount);
    this.#ranks.set(rotation(columnCount, 0, factorCount));
    for (let s = 0; s < steps; s++) {
      const first = 1 + s * (ORDERS_PER_STEP + ROTATIONS_PER_STEP);
      if (mixed) this.#fillOrders(firstStep + s, first);
      assign(s * batchSize, first);
    }
    return {
      orders: { count, ranks: this.#ranks.subarray(0, count * columnCount) },
      orderOf: this.#orderOf.subarray(0, steps * batchSize),
    };
  }

  /** Rows of a batch instead of shares. */
  #count(batchSize: number): OrderMix {
    const { natural, rotated } = this.#options.orders;
    const first = this.#options.columnCount === 1 ? batchSize : Math.round(batchSize * natural);
    return { natural: first, rotated: Math.min(batchSize - first, Math.round(batchSize * rotated)) };
  }

  #fillOrders(step: number, first: number): void {
    const { columnCount, factorCount = 0, seed } = this.#options;
    const stream = new RandomStream(seed, hashText(`orders ${step}`));
    fillRandomOrders(this.#ranks, { first, count: ORDERS_PER_STEP, columnCount, factorCount }, stream);
    for (let k = 0; k < ROTATIONS_PER_STEP; k++) {
      this.#ranks.set(
        rotation(columnCount, stream.below(columnCount - factorCount), factorCount),
        (first + ORDERS_PER_STEP + k) * columnCount,
      );
    }
  }

  /** Rows of one order are adjacent: backends may resolve visibility once per run of rows. */
  #assignOrders(at: number, first: number, counts: OrderMix, batchSize: number): void {
    const natural = at + counts.natural;
    const rotated = natural + counts.rotated;
    this.#orderOf.fill(0, at, natural);
    spread(this.#orderOf.subarray(natural, rotated), first + ORDERS_PER_STEP, ROTATIONS_PER_STEP);
    spread(this.#orderOf.subarray(rotated, at + batchSize), first, ORDERS_PER_STEP);
  }
}

/** Column orders, and which row has which. */
export interface RowOrders {
  readonly orders: OrderTable;
  readonly orderOf: Uint16Array;
}

/** Rows in the table's order, or spread over its rotations, that of the table among them. */
export function tableOrders(rows: number, columnCount: number, rotated: boolean, factorCount = 0): RowOrders {
  const own = columnCount - factorCount;
  const count = rotated ? Math.max(1, Math.min(rows, own)) : 1;
  const ranks = new Uint16Array(count * columnCount);
  for (let o = 0; o < count; o++) {
    ranks.set(rotation(columnCount, Math.floor((o * own) / count), factorCount), o * columnCount);
  }
  return { orders: { count, ranks }, orderOf: spread(new Uint16Array(rows), 0, count) };
}

/** The random orders that validation uses throughout one training. */
export function validationOrders(
  rows: number,
  columnCount: number,
  seed: number,
  factorCount = 0,
): RowOrders {
  const count = Math.max(1, Math.min(rows, VALIDATION_ORDERS));
  const ranks = new Uint16Array(count * columnCount);
  const stream = new RandomStream(seed, 'validation orders');
  fillRandomOrders(ranks, { first: 0, count, columnCount, factorCount }, stream);
  return { orders: { count, ranks }, orderOf: spread(new Uint16Array(rows), 0, count) };
}

/** Gives rows in a row the orders first … first + count − 1, equally often. */
function spread(orderOf: Uint16Array, first: number, count: number): Uint16Array {
  for (let r = 0; r < orderOf.length; r++) orderOf[r] = first + Math.floor((r * count) / orderOf.length);
  return orderOf;
}

interface RandomOrders {
  readonly first: number;
  readonly count: number;
  readonly columnCount: number;
  readonly factorCount: number;
}

/** Factors come together: first, or after columns as given ones would be, each in half of the orders. */
function fillRandomOrders(
  ranks: Uint16Array,
  { first, count, columnCount, factorCount }: RandomOrders,
  stream: RandomStream,
): void {
  const own = columnCount - factorCount;
  for (let o = first; o < first + count; o++) {
    const order = ranks.subarray(o * columnCount, (o + 1) * columnCount);
    for (let c = 0; c < own; c++) order[c] = c;
    stream.shuffle(order.subarray(0, own));
    if (factorCount === 0) continue;
    const before = stream.below(2) === 0 ? 0 : stream.below(own + 1);
    for (let c = 0; c < own; c++) if (order[c]! >= before) order[c]! += factorCount;
    for (let k = 0; k < factorCount; k++) order[own + k] = before + k;
  }
}
