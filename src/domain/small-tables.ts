/** Fewer rows than this cannot be learned without being copied (docs/encodings.md, Value protection). */
export const FEWEST_ROWS = 20;
/** Fewer rows than this are learned with a warning. */
const FEW_ROWS = 100;
/** Up to so many training rows, the privacy guard finds the length of the training by cross-fitting. */
export const TINY_ROWS = 1000;

/** What a person should know before training on so few rows; null where there is nothing to say. */
export function fewRowsWarning(rows: number): string | null {
  if (rows >= FEW_ROWS) return null;
  const count = `${rows} ${rows === 1 ? 'row' : 'rows'}`;
  if (rows < FEWEST_ROWS) {
    return `Only ${count}: a model needs at least ${FEWEST_ROWS}, from fewer it could only copy. Add rows before training.`;
  }
  return `Only ${count}: below ${FEW_ROWS}, a model learns little more than the single columns, protection hides most rare values, and the report’s figures are mostly chance. Do not rely on the result for privacy or accuracy.`;
}
