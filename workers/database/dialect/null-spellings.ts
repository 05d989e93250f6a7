/** Spellings that mean "no value" wherever they stand alone in a cell. */
export const STRONG_NULLS = ['NA', 'N/A', 'n/a', '#N/A', 'NULL', 'null', 'NaN', 'nan', '?', '\\N'] as const;

/**
 * Spellings that may be a value of their own ("None", a dash): they mean "no value" only if they turn up in a column
 * whose other values are all numbers, dates or booleans.
 */
export const WEAK_NULLS = ['None', 'none', '-', '--', '.', 'na', 'Null'] as const;

export const ALL_NULL_SPELLINGS: readonly string[] = [...STRONG_NULLS, ...WEAK_NULLS];

/** True for a spelling that needs the evidence of a typed column. */
export function isWeakNull(spelling: string): boolean {
  return (WEAK_NULLS as readonly string[]).includes(spelling);
}
