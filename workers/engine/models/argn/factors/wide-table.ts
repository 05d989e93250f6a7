/** Sub-columns of a wide table are more than these: of fewer, a target can keep all as inputs. */
export const MIN_PARTS = 32;
/** Rows per sub-column from which on a table has enough of them. */
const MAX_ROWS_PER_PART = 50;

/**
 * Whether a table has many columns for its rows. It then starts from a linear model, and may have factors
 * (docs/model.md, Wide tables of few rows).
 * @param parts sub-columns of its own
 */
export function isWide(parts: number, trainingRows: number): boolean {
  return parts > MIN_PARTS && trainingRows < MAX_ROWS_PER_PART * parts;
}

/** Rows per sub-column from which on the weights need no start: they are learned as well without. */
const MAX_ROWS_TO_START = 300;

/**
 * Whether a table starts from a linear model (docs/model.md, Linear start): a wide one does.
 * @param parts sub-columns of its own
 */
export function startsLinear(parts: number, trainingRows: number): boolean {
  return trainingRows < MAX_ROWS_TO_START * parts;
}
