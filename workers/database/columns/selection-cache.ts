import { type RowSelection, selectRows } from '../../../src/domain/split';

/** Enough for a report, which asks for training, validation and holdout rows of every column in turn. */
const KEPT = 4;

/**
 * Row numbers of the last few selections. Drawing a permutation of a million rows takes longer than reading a column,
 * and all columns of a table are read with the same selection.
 */
export class SelectionCache {
  readonly #kept = new Map<string, Uint32Array>();
  /** Numbers of the arrays of subjects: those of a table that is read again are others. */
  readonly #known = new WeakMap<Uint32Array, number>();
  #count = 0;

  /**
   * Ascending row numbers, null for all rows.
   * @param subjects whose rows they are, the same array for the same table; without it all tables of a size are alike
   */
  rows(rowCount: number, selection: RowSelection, subjects?: Uint32Array): Uint32Array | null {
    const { part, seed, validationShare, maxValidation, maxSampleSize } = selection;
    if (part === 'all' && (maxSampleSize ?? rowCount) >= rowCount) return null;
    if (subjects && !this.#known.has(subjects)) this.#known.set(subjects, this.#count++);
    const owner = subjects && this.#known.get(subjects);
    const key = JSON.stringify([rowCount, part, seed, validationShare, maxValidation, maxSampleSize, owner]);
    const rows = this.#kept.get(key) ?? selectRows(rowCount, selection, subjects);
    this.#kept.delete(key);
    this.#kept.set(key, rows);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return rows;
  }
}
