import { RandomStream } from '../../../src/domain/random';

/** Rows, of whole subjects, that variances are told by: more make a report longer and no better. */
const MAX_ROWS = 20_000;

/**
 * How far the shares of a table's cells are from those of other people, where people have several rows: their variance
 * over samples of as many subjects. A share is the ratio of two sums over subjects, so its variance is
 * Σ (n_gc − p_c·n_g)² / N² (Cochran 1977, Sampling Techniques, 6.4), with n_gc of subject g's n_g rows in cell c: p(1 − p)/N
 * with one row each.
 */
export class ShareVariance {
  /** Rows that are looked at, those of each subject beside each other. */
  readonly order: Uint32Array;
  readonly #rows: number;
  /** Position of the first row of each subject, and the number of all. */
  readonly #starts: Uint32Array;
  readonly #squaredSizes: number;

  /**
   * @param subjects number, from 0 without gaps, of the subject of each row
   * @param seed of the choice of subjects where there are more than `maxRows` rows
   */
  constructor(subjects: Uint32Array, seed: number, maxRows = MAX_ROWS) {
    const sizes = new Uint32Array(subjects.reduce((count, subject) => Math.max(count, subject + 1), 0));
    for (const subject of subjects) sizes[subject]!++;
    const chosen = new RandomStream(seed, 'subjects of variances').permutation(sizes.length);
    const next = new Map<number, number>();
    const starts = [0];
    let rows = 0;
    let squares = 0;
    for (const subject of chosen) {
      if (starts.length > 1 && rows + sizes[subject]! > maxRows) break;
      next.set(subject, rows);
      rows += sizes[subject]!;
      squares += sizes[subject]! ** 2;
      starts.push(rows);
    }
    this.#rows = subjects.length;
    this.#starts = Uint32Array.from(starts);
    this.#squaredSizes = squares;
    this.order = new Uint32Array(rows);
    subjects.forEach((subject, row) => {
      const at = next.get(subject);
      if (at === undefined) return;
      this.order[at] = row;
      next.set(subject, at + 1);
    });
  }

  /**
   * @param cells of the rows in `order`
   * @param counts of all rows, per cell
   * @returns by cell
   */
  of(cells: Uint8Array | Uint32Array, counts: ArrayLike<number>): Float64Array {
    const own = new Uint32Array(counts.length);
    const squares = new Float64Array(counts.length);
    const bySize = new Float64Array(counts.length);
    const starts = this.#starts;
    for (let g = 0; g + 1 < starts.length; g++) {
      const from = starts[g]!;
      const to = starts[g + 1]!;
      for (let i = from; i < to; i++) own[cells[i]!]!++;
      for (let i = from; i < to; i++) {
        const cell = cells[i]!;
        const count = own[cell]!;
        if (count === 0) continue;
        squares[cell]! += count * count;
        bySize[cell]! += count * (to - from);
        own[cell] = 0;
      }
    }
    const scale = 1 / (this.#rows * this.order.length);
    for (let cell = 0; cell < squares.length; cell++) {
      const share = counts[cell]! / this.#rows;
      const sum = squares[cell]! - 2 * share * bySize[cell]! + share * share * this.#squaredSizes;
      squares[cell] = Math.max(0, sum) * scale;
    }
    return squares;
  }
}
