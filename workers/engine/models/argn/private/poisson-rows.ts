import { type RandomBits, uniformBelow } from '../../../privacy/dp/random-bits';
import { NO_ROW } from '../network/network-backend';

/** Rows of steps; batches are filled up with `NO_ROW`. */
export interface PoissonBatches {
  readonly batchSize: number;
  /** [steps × batchSize] */
  readonly rows: Uint32Array;
}

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

  /**
   * @param subjects numbers of the subjects of rows 0, 1, …; null = each row is a subject of its own
   * @param rate a multiple of 2⁻³²
   */
  constructor(rowCount: number, subjects: Uint32Array | null, rate: number, bits: RandomBits) {
    this.#bits = bits;
    this.#threshold = rate * 2 ** 32;
    const { rows, starts } = rowsBySubject(rowCount, subjects);
    this.#rows = rows;
    this.#starts = starts;
  }

  get subjects(): number {
    return this.#starts.length - 1;
  }

  /** As many batches as asked for, all as long as the longest: no row is ever dropped. */
  draw(steps: number): PoissonBatches {
    const batches = Array.from({ length: steps }, () => this.#batch());
    const longest = Math.max(...batches.map(({ length }) => length));
    const batchSize = Math.max(4, 4 * Math.ceil(longest / 4));
    const rows = new Uint32Array(steps * batchSize).fill(NO_ROW);
    batches.forEach((batch, s) => {
      rows.set(batch, s * batchSize);
    });
    return { batchSize, rows };
  }

  /** In random order: which column order a row is learned in follows from its index in the batch. */
  #batch(): number[] {
    const batch: number[] = [];
    for (let s = 0; s < this.subjects; s++) {
      if (this.#bits.word() >= this.#threshold) continue;
      const from = this.#starts[s]!;
      batch.push(this.#rows[from + uniformBelow(this.#bits, this.#starts[s + 1]! - from)]!);
    }
    for (let i = batch.length - 1; i > 0; i--) {
      const j = uniformBelow(this.#bits, i + 1);
      [batch[i], batch[j]] = [batch[j]!, batch[i]!];
    }
    return batch;
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
