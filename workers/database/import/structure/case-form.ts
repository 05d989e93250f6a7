import type { SkipReason } from '../../../../src/domain/sources';

/** A small text and what a careful reader gets from it. */
export interface StructureCase {
  readonly text: string;
  readonly names: readonly string[];
  /** Cells separated by bars, `~` for none. */
  readonly rows: readonly string[];
  readonly skipped?: readonly (readonly [line: number, reason: SkipReason])[];
  /** Lines. */
  readonly rejected?: readonly number[];
  /** Rows that end early. */
  readonly filled?: number;
}

/** Lines of a text. */
export const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
/** A case; names and cells separated by bars. */
export const of = (
  text: string,
  names: string,
  rows: readonly string[],
  others: Pick<StructureCase, 'skipped' | 'rejected' | 'filled'> = {},
): StructureCase => ({ text, names: names.split('|'), rows, ...others });
/** Lines skipped as titles and notes. */
export const title = (...at: readonly number[]) => at.map((line) => [line, 'title or note'] as const);
/** Lines skipped as comments. */
export const comment = (...at: readonly number[]) => at.map((line) => [line, 'comment'] as const);
