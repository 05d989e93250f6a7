import type { EncodedFeature } from '../../coded-columns';
import type { SubjectRows } from '../../model';
import type { CodeMeaning } from './code-values';

/** A table whose rules become relations of codes. */
export interface CodedTable {
  readonly features: readonly EncodedFeature[];
  /** ColumnCodes-major [sub-column][row]: the training rows come first. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly trainingRows: number;
  /** Subjects that must hold a combination for it to be kept, by name of the column that decides. */
  readonly thresholdOf: (column: string) => number;
  /** Absent = every row is a subject of its own. */
  readonly subjects?: Pick<SubjectRows, 'training' | 'sample'> | null;
}

/** The codes of a column of such a table. */
export interface ColumnCodes {
  /** First sub-column. */
  readonly part: number;
  readonly meanings: readonly CodeMeaning[] | null;
  readonly missing: { readonly part: number; readonly code: number; readonly cardinality: number } | null;
}

/** The column of a name; null if it is not learned. */
export type Lookup = (name: string) => ColumnCodes | null;

/** Whether each code of a column is one value. */
export function isExact({ meanings }: ColumnCodes): boolean {
  return meanings?.every(({ kind }) => kind !== 'range') ?? false;
}
