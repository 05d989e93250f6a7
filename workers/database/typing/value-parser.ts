import type { StorageType } from '../../../src/domain/columns';
import { literal } from '../duckdb/sql';

/** One way to read a text as a value. */
export interface ValueParser {
  readonly id: string;
  readonly storageType: Exclude<StorageType, 'text'>;
  /** Regular expression for the whole trimmed text, in the subset that JavaScript and RE2 share. */
  readonly shape: string;
  /** SQL expression: the value of the text expression, NULL where it is not one. */
  readonly sql: (text: string) => string;
  /** SQL condition that at least one value must meet for this reading to be believed. */
  readonly evidence?: (text: string) => string;
}

/** `value` where the text has the shape, else NULL. */
export function guarded(text: string, shape: string, value: string): string {
  return `CASE WHEN regexp_full_match(${text}, ${literal(shape)}) THEN ${value} END`;
}
