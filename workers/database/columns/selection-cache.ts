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
  readonly #known = new WeakMap<Uint32Array | Uint8Array, number>();
  #count = 0;

  /**
   * Ascending row numbers, null for all rows.
   * @param subjects whose rows they are, the same array for the same table; without it all tables of a size are alike
   * @param earlier as of `selectRows`, the same array for the same tables
   */
  rows(
    rowCount: number,
    selection: RowSelection,
    subjects?: Uint32Array,
    earlier?: Uint8Array,
  ): Uint32Array | null {
    const { part, seed, validationShare, maxValidation, maxSampleSize } = selection;
    if (part === 'all' && (maxSampleSize ?? rowCount) >= rowCount) return null;
    const owners = [subjects, earlier].map((array) => array && this.#numberOf(array));
    const key = JSON.stringify([
      rowCount,
      part,
      seed,
      validationShare,
      maxValidation,
      maxSampleSize,
      ...owners,
    ]);
    const rows = this.#kept.get(key) ?? selectRows(rowCount, selection, subjects, earlier);
    this.#kept.delete(key);
    this.#kept.set(key, rows);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return rows;
  }

  #numberOf(array: Uint32Array | Uint8Array): number {
    const number = this.#known.get(array) ?? this.#count++;
    this.#known.set(array, number);
    return number;
  }
}
