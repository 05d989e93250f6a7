import { RandomStream } from './random';

/** Which rows of a table take part; every worker derives the same rows from it, so no row list crosses threads. */
export interface RowSelection {
  readonly part: 'all' | 'training' | 'validation';
  readonly seed: number;
  /** Share of rows held back for validation, 0…1. */
  readonly validationShare: number;
  /** Upper bound of `validation` rows; the others train. Null = none. */
  readonly maxValidation: number | null;
  /** Rows used in total, chosen at random before the split; null = all. */
  readonly maxSampleSize: number | null;
  /** Names of the columns in which the rows of one subject agree; absent = every row is a subject of its own. */
  readonly subjectColumns?: readonly string[];
  /** An earlier version of the table: rows that it has already stay on their side of the split. Absent = there is none. */
  readonly continues?: EarlierRows;
}

/** How an earlier version of a table was split. */
export interface EarlierRows {
  readonly tableId: string;
  readonly rows: RowSelection;
  /** Names of the columns by which a row is known again in both; empty = by all that both have. Of subjects: theirs. */
  readonly knownBy: readonly string[];
}

/** On which side of the split of an earlier version a row was, or all rows of its subject. */
export const NEW_ROW = 0;
export const TRAINED = 1;
export const HELD_BACK = 2;

export const ALL_ROWS: RowSelection = {
  part: 'all',
  seed: 0,
  validationShare: 0,
  maxValidation: null,
  maxSampleSize: null,
};

/** Rows of a table that take part, `training` and `validation` together; with subjects at most so many. */
export function sampledRows(rowCount: number, maxSampleSize: number | null): number {
  return Math.min(rowCount, maxSampleSize ?? rowCount);
}

/**
 * Row numbers of a selection, ascending. `training` and `validation` of one selection are disjoint and together all
 * sampled rows.
 * @param subjects number of the subject (0, 1, …) that each row belongs to: all rows of one are on the same side, or
 *   none takes part. Sizes are then met as far as whole subjects allow, and never exceeded. Absent: every row is a
 *   subject of its own.
 * @param earlier [subjects, or rows] `TRAINED`, `HELD_BACK`, `NEW_ROW`: what a model has learned is never held back from
 *   it later, and what was held back stays so as far as the share of held-back rows allows
 */
export function selectRows(
  rowCount: number,
  selection: RowSelection,
  subjects?: Uint32Array,
  earlier?: Uint8Array,
): Uint32Array {
  const { part, seed, validationShare, maxValidation, maxSampleSize } = selection;
  const size = sampledRows(rowCount, maxSampleSize);
  if (part === 'all' && size === rowCount) return Uint32Array.from({ length: rowCount }, (_, i) => i);
  const counts = subjects ? countRows(subjects) : null;
  const drawn = new RandomStream(seed, 'split').permutation(counts?.length ?? rowCount);
  const sampled = takeLeading(drawn, size, counts);
  const wanted = Math.round(sampled.rows * validationShare);
  const order = earlier ? heldBackFirst(drawn.subarray(0, sampled.taken), earlier) : drawn;
  const free = earlier
    ? order.subarray(0, order.findLastIndex((unit) => earlier[unit] !== TRAINED) + 1)
    : order;
  const validation = takeLeading(free, Math.min(wanted, maxValidation ?? wanted), counts).taken;
  const [from, to] =
    part === 'all'
      ? [0, sampled.taken]
      : part === 'validation'
        ? [0, validation]
        : [validation, sampled.taken];
  const chosen = order.subarray(from, to);
  if (!subjects) return chosen.slice().sort();
  const isChosen = new Uint8Array(order.length);
  for (const subject of chosen) isChosen[subject] = 1;
  return Uint32Array.from({ length: rowCount }, (_, row) => row).filter(
    (row) => isChosen[subjects[row]!] === 1,
  );
}

/** Those held back before, new ones, those learned before; each in their order. */
function heldBackFirst(order: Uint32Array, earlier: Uint8Array): Uint32Array {
  const of = (side: number) => order.filter((unit) => (earlier[unit] ?? NEW_ROW) === side);
  const sorted = new Uint32Array(order.length);
  let end = 0;
  for (const side of [HELD_BACK, NEW_ROW, TRAINED]) {
    const units = of(side);
    sorted.set(units, end);
    end += units.length;
  }
  return sorted;
}

/** Rows of each subject. */
function countRows(subjects: Uint32Array): Uint32Array {
  const counts = new Uint32Array(subjects.reduce((max, subject) => Math.max(max, subject), -1) + 1);
  for (const subject of subjects) counts[subject]!++;
  return counts;
}

/** How many subjects at the head of `order` have at most so many rows together, and how many rows they have. */
function takeLeading(
  order: Uint32Array,
  maxRows: number,
  counts: Uint32Array | null,
): { taken: number; rows: number } {
  if (!counts) {
    const taken = Math.min(maxRows, order.length);
    return { taken, rows: taken };
  }
  let rows = 0;
  let taken = 0;
  while (taken < order.length && rows + counts[order[taken]!]! <= maxRows) rows += counts[order[taken++]!]!;
  return { taken, rows };
}
