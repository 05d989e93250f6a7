import { hashText, RandomStream } from '../../../../src/domain/random';
import { NO_ROW, type OrderTable, type StepPlan } from '../../compute/backend';

/** Random column orders per step. Few are as good as one per row (recipe.md §3 "pool-8") and cheaper to plan. */
const ORDERS_PER_STEP = 16;
/** Random column orders over all validation rows. */
const VALIDATION_ORDERS = 256;

export interface PlannerOptions {
  /** Row numbers of the code table to train on. */
  readonly rows: Uint32Array;
  readonly batchSize: number;
  readonly columnCount: number;
  /** Share of a batch's rows in natural order; 1 for a fixed-order model. */
  readonly naturalShare: number;
  readonly seed: number;
}

type Batches = Pick<StepPlan, 'steps' | 'batchSize' | 'rows' | 'orders' | 'orderOf'>;

/**
 * Decides rows and column orders of any step from its number alone: cutting the steps into other calls gives the
 * same training. An epoch is a random order of all rows, cut into whole batches; what is left over waits for the next
 * epoch. Buffers are reused by the next call.
 */
export class StepPlanner {
  readonly stepsPerEpoch: number;
  readonly #options: PlannerOptions;
  readonly #naturalRows: number;
  #epoch = -1;
  #order: Uint32Array = new Uint32Array(0);
  #rows = new Uint32Array(0);
  #orderOf = new Uint16Array(0);
  #ranks = new Uint16Array(0);

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.stepsPerEpoch = Math.max(1, Math.floor(options.rows.length / options.batchSize));
    this.#naturalRows =
      options.columnCount === 1 ? options.batchSize : Math.round(options.batchSize * options.naturalShare);
  }

  /** Rows and orders of steps `firstStep` … `firstStep + steps − 1`, counted from the start of the training. */
  batches(firstStep: number, steps: number): Batches {
    const { batchSize, columnCount } = this.#options;
    const mixed = this.#naturalRows < batchSize;
    const count = mixed ? 1 + steps * ORDERS_PER_STEP : 1;
    this.#reserve(steps, count);
    for (let c = 0; c < columnCount; c++) this.#ranks[c] = c;
    for (let s = 0; s < steps; s++) {
      this.#fillRows(firstStep + s, s * batchSize);
      if (mixed) this.#fillOrders(firstStep + s, 1 + s * ORDERS_PER_STEP);
      this.#assignOrders(s * batchSize, 1 + s * ORDERS_PER_STEP);
    }
    return {
      steps,
      batchSize,
      rows: this.#rows.subarray(0, steps * batchSize),
      orders: { count, ranks: this.#ranks.subarray(0, count * columnCount) },
      orderOf: this.#orderOf.subarray(0, steps * batchSize),
    };
  }

  #reserve(steps: number, orders: number): void {
    const { batchSize, columnCount } = this.#options;
    if (this.#rows.length < steps * batchSize) {
      this.#rows = new Uint32Array(steps * batchSize);
      this.#orderOf = new Uint16Array(steps * batchSize);
    }
    if (this.#ranks.length < orders * columnCount) this.#ranks = new Uint16Array(orders * columnCount);
  }

  #fillRows(step: number, at: number): void {
    const { rows, batchSize, seed } = this.#options;
    const epoch = Math.floor(step / this.stepsPerEpoch);
    if (epoch !== this.#epoch) {
      this.#order = new RandomStream(seed, hashText(`rows of epoch ${epoch}`)).permutation(rows.length);
      this.#epoch = epoch;
    }
    const from = (step - epoch * this.stepsPerEpoch) * batchSize;
    for (let b = 0; b < batchSize; b++) {
      this.#rows[at + b] = from + b < rows.length ? rows[this.#order[from + b]!]! : NO_ROW;
    }
  }

  #fillOrders(step: number, first: number): void {
    const { columnCount, seed } = this.#options;
    fillRandomOrders(
      this.#ranks,
      first,
      ORDERS_PER_STEP,
      columnCount,
      new RandomStream(seed, hashText(`orders ${step}`)),
    );
  }

  /** Rows of one order are adjacent: backends may resolve visibility once per run of rows. */
  #assignOrders(at: number, first: number): void {
    const { batchSize } = this.#options;
    const natural = this.#naturalRows;
    const random = batchSize - natural;
    this.#orderOf.fill(0, at, at + natural);
    for (let b = 0; b < random; b++) {
      this.#orderOf[at + natural + b] = first + Math.floor((b * ORDERS_PER_STEP) / random);
    }
  }
}

/** Every column once, in table order. */
export function naturalOrder(columnCount: number): OrderTable {
  return { count: 1, ranks: Uint16Array.from({ length: columnCount }, (_, c) => c) };
}

/** The random orders that validation uses throughout one training, and which row has which. */
export function validationOrders(
  rows: number,
  columnCount: number,
  seed: number,
): { orders: OrderTable; orderOf: Uint16Array } {
  const count = Math.max(1, Math.min(rows, VALIDATION_ORDERS));
  const ranks = new Uint16Array(count * columnCount);
  fillRandomOrders(ranks, 0, count, columnCount, new RandomStream(seed, 'validation orders'));
  const orderOf = new Uint16Array(rows);
  for (let r = 0; r < rows; r++) orderOf[r] = Math.floor((r * count) / rows);
  return { orders: { count, ranks }, orderOf };
}

function fillRandomOrders(
  ranks: Uint16Array,
  first: number,
  count: number,
  columnCount: number,
  stream: RandomStream,
): void {
  for (let o = first; o < first + count; o++) {
    const order = ranks.subarray(o * columnCount, (o + 1) * columnCount);
    for (let c = 0; c < columnCount; c++) order[c] = c;
    stream.shuffle(order);
  }
}
