import { type RandomBits, uniformBelow } from '../../../privacy/dp/random-bits';
import { NO_ROW } from '../network/network-backend';

const LAST_DRAW = 2 ** 32 - 1;

/** Rows of steps; batches are filled up with `NO_ROW`. */
export interface PoissonBatches {
  readonly batchSize: number;
  /** [steps × batchSize] */
  readonly rows: Uint32Array;
  /** [steps × batchSize] random bits of each row, ascending in a batch, which decide its column order. */
  readonly draws: Uint32Array;
}

/** Rows of one step, in the order of their draws. */
export type PoissonBatch = readonly { readonly row: number; readonly draw: number }[];

/**
 * Draws the rows of private steps: every subject takes part with the same probability, independently of all others, with
 * one of its rows. Who takes part must stay secret, so the draws come from the source of the noise.
 */
export class PoissonRows {
  readonly #bits: RandomBits;
  readonly #threshold: number;
  /** Rows of subject s: rows[starts[s]] … rows[starts[s + 1] − 1]. */
  readonly #rows: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #drawn: Map<number, PoissonBatch>;

  /**
   * @param subjects numbers of the subjects of rows 0, 1, …; null = each row is a subject of its own
   * @param rate a multiple of 2⁻³²
   * @param drawn batches of steps that may be taken again, by their numbers; they get the same rows then
   */
  constructor(
    rowCount: number,
    subjects: Uint32Array | null,
    rate: number,
    bits: RandomBits,
    drawn = new Map<number, PoissonBatch>(),
  ) {
    this.#drawn = drawn;
    this.#bits = bits;
    this.#threshold = rate * 2 ** 32;
    const { rows, starts } = rowsBySubject(rowCount, subjects);
    this.#rows = rows;
    this.#starts = starts;
  }

  get subjects(): number {
    return this.#starts.length - 1;
  }

  /** Batches of so many steps from the first one on, all as long as the longest: no row is ever dropped. */
  draw(first: number, steps: number): PoissonBatches {
    const batches = Array.from({ length: steps }, (_, s) => this.#batchOf(first + s));
    const longest = Math.max(...batches.map(({ length }) => length));
    const batchSize = Math.max(4, 4 * Math.ceil(longest / 4));
    const rows = new Uint32Array(steps * batchSize).fill(NO_ROW);
    const draws = new Uint32Array(steps * batchSize).fill(LAST_DRAW);
    batches.forEach((batch, s) => {
      batch.forEach(({ row, draw }, b) => {
        rows[s * batchSize + b] = row;
        draws[s * batchSize + b] = draw;
      });
    });
    return { batchSize, rows, draws };
  }

  /** Steps before this one are not taken again. */
  forget(step: number): void {
    for (const number of this.#drawn.keys()) if (number < step) this.#drawn.delete(number);
  }

  #batchOf(step: number): PoissonBatch {
    const batch = this.#drawn.get(step) ?? this.#batch();
    this.#drawn.set(step, batch);
    return batch;
  }

  /** Every row draws its column order itself: if it followed from the others, a subject would change all gradients. */
  #batch(): PoissonBatch {
    const batch: { row: number; draw: number }[] = [];
    for (let s = 0; s < this.subjects; s++) {
      if (this.#bits.word() < this.#threshold) batch.push({ row: this.#rowOf(s), draw: this.#bits.word() });
    }
    return batch.sort((a, b) => a.draw - b.draw);
  }

  #rowOf(subject: number): number {
    const from = this.#starts[subject]!;
    return this.#rows[from + uniformBelow(this.#bits, this.#starts[subject + 1]! - from)]!;
  }
}

function rowsBySubject(rowCount: number, subjects: Uint32Array | null) {
  const numbers = new Map<number, number>();
  const own = Array.from({ length: rowCount }, (_, row) => {
    const subject = subjects ? subjects[row]! : row;
    if (!numbers.has(subject)) numbers.set(subject, numbers.size);
    return numbers.get(subject)!;
  });
  const starts = new Uint32Array(numbers.size + 1);
  for (const s of own) starts[s + 1]!++;
  for (let s = 0; s < numbers.size; s++) starts[s + 1]! += starts[s]!;
  const next = starts.slice();
  const rows = new Uint32Array(rowCount);
  own.forEach((s, row) => {
    rows[next[s]!++] = row;
  });
  return { rows, starts };
}
