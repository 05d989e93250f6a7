import type { RandomStream } from '../../../../../src/domain/random';

/** Training rows as far as a statistic may count them. */
export interface CountedRows {
  readonly trainingRows: number;
  /** With one row of each subject; absent or null = every row is a subject of its own. */
  readonly subjects?: { readonly sample: Uint32Array } | null;
}

/** Rows that say something each: those of one subject repeat each other. */
export function countIndependent({ trainingRows, subjects }: CountedRows): number {
  return subjects?.sample.length ?? trainingRows;
}

/** At most so many training rows of different subjects, spread over the table. @returns row numbers, ascending */
export function independentRows(rows: CountedRows, max: number, stream: RandomStream): Uint32Array {
  const count = countIndependent(rows);
  const chosen = stream.spreadRows(count, Math.min(count, max));
  const sample = rows.subjects?.sample;
  return sample ? chosen.map((index) => sample[index]!) : chosen;
}
