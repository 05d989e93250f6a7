import { UserError } from '../../../src/domain/errors';

/** DuckDB's ways, and JavaScript's, to say that memory is full. */
const FULL =
  /out of memory|failed to allocate|bad_alloc|array buffer allocation|invalid (typed )?array length/i;

export function isMemoryFull(cause: unknown): boolean {
  return !(cause instanceof UserError) && FULL.test(String(cause));
}

/**
 * An import that ran out of memory, in words; other errors as they are.
 * @param share of the rows that fit, as far as can be told
 */
export function asTooLarge(cause: unknown, file: string, share: number): unknown {
  if (!isMemoryFull(cause)) return cause;
  const percent = Math.max(1, share < 0.1 ? Math.floor(100 * share) : 5 * Math.floor(20 * share));
  return new UserError(
    'source/too-large',
    `“${file}” does not fit into the memory that a browser tab has for tables (about 3 GB). A random sample of ${percent} % of its rows would: take one, or leave out columns you do not need.`,
    { details: { file, percent }, cause },
  );
}
