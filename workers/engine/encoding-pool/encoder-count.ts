/** Values from which helpers pay for their start: about half a second of one core. */
const WORTH_SHARING = 4_000_000;
/** More would wait for the database, which reads one column at a time. */
const MOST = 4;

/**
 * Helpers to encode a table with; 0 = the calling thread does it, which is quicker for most tables.
 * @param cores as `navigator.hardwareConcurrency`
 * @param threads as a person chose, null = automatic
 */
export function encoderCount(rows: number, columns: number, cores: number, threads: number | null): number {
  if (rows * columns < WORTH_SHARING) return 0;
  return Math.max(1, Math.min(MOST, threads ?? cores, columns));
}
