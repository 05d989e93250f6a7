/** "NA, null" ↔ ['', 'NA', 'null']: the empty spelling is kept apart, it cannot be typed in a list. */
export function joinNullValues(values: readonly string[]): string {
  return values.filter((value) => value !== '').join(', ');
}

/** Splits at commas, trims, drops doubles; at most 32 spellings of at most 64 characters. */
export function splitNullValues(text: string, withEmpty: boolean): string[] {
  const spellings = text
    .split(',')
    .map((value) => value.trim().slice(0, 64))
    .filter((value) => value !== '');
  return [...new Set(withEmpty ? ['', ...spellings] : spellings)].slice(0, 32);
}
