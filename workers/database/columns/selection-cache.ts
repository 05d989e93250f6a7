import { type RowSelection, selectRows } from '../../../src/domain/split';

/** Enough for a report, which asks for training, validation and holdout rows of every column in turn. */
const KEPT = 4;

/**
 * Row numbers of the last few selections. Drawing a permutation of a million rows takes longer than reading a column,
 * and all columns of a table are read with the same selection.
 */
export class SelectionCache {
  readonly #kept = new Map<string, Uint32Array>();

  /**
   * Ascending row numbers, null for all rows.
   * @param tableId names the table whose rows belong to `subjects`; without these all tables of a size are alike
   */
  rows(rowCount: number, selection: RowSelection, tableId = '', subjects?: Uint32Array): Uint32Array | null {
    const { part, seed, validationShare, maxValidation, maxSampleSize, subjectColumns = [] } = selection;
    if (part === 'all' && (maxSampleSize ?? rowCount) >= rowCount) return null;
    const owner = subjects ? [tableId, ...subjectColumns] : [];
    const key = JSON.stringify([rowCount, part, seed, validationShare, maxValidation, maxSampleSize, owner]);
    const rows = this.#kept.get(key) ?? selectRows(rowCount, selection, subjects);
    this.#kept.delete(key);
    this.#kept.set(key, rows);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return rows;
  }
}
