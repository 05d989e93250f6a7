import { UserError } from '../../../src/domain/errors';

/** DuckDB's ways, and JavaScript's, to say that memory is full. */
const FULL =
  /out of memory|failed to allocate|could not allocate|bad_alloc|array buffer allocation|invalid (typed )?array length/i;

/** Thrown before DuckDB's memory is full: DuckDB may not survive running out of it while rows are appended. */
export class MemoryFullError extends Error {
  override readonly name = 'MemoryFullError';
  /** Part of the rows read so far that are in. */
  readonly share: number;

  constructor(share: number) {
    super('The tables fill the memory.');
    this.share = share;
  }
}

export function isMemoryFull(cause: unknown): boolean {
  if (cause instanceof UserError) return false;
  return cause instanceof MemoryFullError || FULL.test(String(cause));
}

/**
 * An import that ran out of memory, in words; other errors as they are.
 * @param share of the rows that fit, as far as can be told; while they are loaded, of those that were read
 */
export function asTooLarge(cause: unknown, file: string, share: number): unknown {
  if (!isMemoryFull(cause)) return cause;
  if (cause instanceof MemoryFullError) share *= cause.share;
  const percent = Math.max(1, share < 0.1 ? Math.floor(100 * share) : 5 * Math.floor(20 * share));
  return new UserError(
    'source/too-large',
    `“${file}” does not fit into the memory that a browser tab has for tables (about 3 GB). A random sample of ${percent} % of its rows would: take one, or leave out columns you do not need.`,
    { details: { file, percent }, cause },
  );
}
