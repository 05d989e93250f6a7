/** The text that occurs most often, of several the first; null where none does `needed` times. */
export function commonest(texts: readonly string[], needed = 1): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  let best: string | null = null;
  for (const [text, count] of counts) {
    if (count >= needed && (best === null || count > counts.get(best)!)) best = text;
  }
  return best;
}

/**
 * The commonest spellings of two words among texts, whatever their case; one that does not occur `needed` times takes that
 * of the other; null if neither does.
 */
export function spellingsOf(
  sample: readonly string[],
  yes: string,
  no: string,
  needed: number,
): { yes: string; no: string } | null {
  const spelled = (word: string) =>
    commonest(
      sample.filter((text) => text.toLowerCase() === word),
      needed,
    );
  const [first, second] = [spelled(yes), spelled(no)];
  if (first === null && second === null) return null;
  const alike = (word: string, other: string | null) => {
    if (other === null || other === other.toLowerCase()) return word;
    if (other === other.toUpperCase() && (other.length > 1 || word.length === 1)) return word.toUpperCase();
    return word.slice(0, 1).toUpperCase() + word.slice(1);
  };
  return { yes: first ?? alike(yes, second), no: second ?? alike(no, first) };
}

/** A regular expression for words in small letters, in capitals, and with a capital first: RE2 and JavaScript share no flag. */
export function anyCase(words: readonly string[]): string {
  const spellings = words.flatMap((word) => [word, word.toLowerCase(), word.toUpperCase(), capital(word)]);
  return `(?:${[...new Set(spellings)].map(escaped).join('|')})`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** A text as a regular expression of itself. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, (mark) => `\\${mark}`);
}
