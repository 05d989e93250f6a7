import { namesData } from '../../../src/domain/names-of-data';

/** Longest safe name, in characters. */
const MAX_NAME = 80;

/**
 * Unique, non-empty, trimmed names for columns, stable for the same header: line breaks, control and invisible
 * direction characters become blanks, long names are cut, empty ones are called `column_N` (from 1), and a repeated
 * one gets `_2`, `_3`, … Everything else, markup and SQL included, is kept: names are never executed.
 */
export function safeNames(originals: readonly string[]): string[] {
  const taken = new Set<string>();
  const wanted = originals.map((original, index) => clean(original) || `column_${index + 1}`);
  // Names that are unique as they are keep themselves, whatever comes before them.
  const count = new Map<string, number>();
  for (const name of wanted) count.set(name, (count.get(name) ?? 0) + 1);
  for (const [name] of count) taken.add(name);
  const used = new Set<string>();
  return wanted.map((name) => {
    if (!used.has(name)) {
      used.add(name);
      return name;
    }
    for (let n = 2; ; n++) {
      const candidate = `${name}_${n}`;
      if (taken.has(candidate) || used.has(candidate)) continue;
      used.add(candidate);
      return candidate;
    }
  });
}

/** Names as they are used and as they stand in the file, without those that hold a value: it would reach every export. */
export function namedColumns(given: readonly string[]): {
  readonly originals: readonly string[];
  readonly names: readonly string[];
  /** Names of columns whose own ones held values. */
  readonly renamed: readonly string[];
} {
  const originals = given.map((name) => (namesData(name) ? '' : name));
  const names = safeNames(originals);
  return { originals, names, renamed: names.filter((_, i) => originals[i] !== given[i]) };
}

function clean(original: string): string {
  const text = original
    .normalize('NFC')
    .replace(
      /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu,
      ' ',
    )
    .trim();
  const characters = [...text];
  return characters.length <= MAX_NAME ? text : `${characters.slice(0, MAX_NAME - 1).join('')}…`;
}
