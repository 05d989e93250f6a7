import { RandomStream } from './random';

/** Which rows of a table take part; every worker derives the same rows from it, so no row list crosses threads. */
export interface RowSelection {
  readonly part: 'all' | 'training' | 'validation';
  readonly seed: number;
  /** Share of rows held back for validation, 0…1. */
  readonly validationShare: number;
  /** Upper bound of `validation` rows; the rest trains. Null = none. */
  readonly maxValidation: number | null;
  /** Rows used in total, chosen at random before the split; null = all. */
  readonly maxSampleSize: number | null;
}

export const ALL_ROWS: RowSelection = {
  part: 'all',
  seed: 0,
  validationShare: 0,
  maxValidation: null,
  maxSampleSize: null,
};

/**
 * Row numbers of a selection, ascending. `training` and `validation` of one selection are disjoint and together
 * all sampled rows: every row of a flat table is its own subject.
 */
export function selectRows(rowCount: number, selection: RowSelection): Uint32Array {
  const size = Math.min(rowCount, selection.maxSampleSize ?? rowCount);
  if (selection.part === 'all' && size === rowCount) {
    return Uint32Array.from({ length: rowCount }, (_, i) => i);
  }
  const order = new RandomStream(selection.seed, 'split').permutation(rowCount).subarray(0, size);
  const wanted = Math.round(size * selection.validationShare);
  const validation = Math.min(wanted, selection.maxValidation ?? wanted);
  const rows =
    selection.part === 'all'
      ? order
      : selection.part === 'validation'
        ? order.subarray(0, validation)
        : order.subarray(validation);
  return rows.slice().sort();
}
