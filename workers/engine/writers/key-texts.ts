import { hash, toUnit } from '../../../src/domain/random';
import { MAX_PERMUTED, permuted } from './permute';
import type { KeyForm, KeyPart } from './writer';

/** The positions that tell the texts of a form apart, and how many texts they make. */
export interface Carriers {
  /** Indices of parts, from the last one. */
  readonly parts: readonly number[];
  readonly size: number;
}

/** From the right, as many positions as can be permuted together. */
export function carriersOf(parts: readonly KeyPart[]): Carriers {
  const chosen: number[] = [];
  let size = 1;
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i]!;
    if (!('chars' in part) || part.chars.length < 2) continue;
    if (size * part.chars.length > MAX_PERMUTED) break;
    size *= part.chars.length;
    chosen.push(i);
  }
  return { parts: chosen, size };
}

/** The number of a text among those of its form; null = it is none of them, whatever the other positions hold. */
export function indexOfText(parts: readonly KeyPart[], carriers: Carriers, text: string): number | null {
  const digits = new Array<number>(parts.length).fill(0);
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if ('words' in part) {
      const word = part.words.find((candidate) => text.startsWith(candidate, at));
      if (word === undefined) return null;
      at += word.length;
      continue;
    }
    const digit = part.chars.indexOf(text[at] ?? '\u0000');
    if (digit < 0) return null;
    digits[i] = digit;
    at++;
  }
  if (at !== text.length) return null;
  let index = 0;
  for (const i of carriers.parts.toReversed()) {
    const part = parts[i]!;
    index = index * ('chars' in part ? part.chars.length : 1) + digits[i]!;
  }
  return index;
}

/** Draws texts of forms: row after row another one, none of them of the data. */
export class KeyTexts {
  readonly #seed: number;
  readonly #forms: readonly (KeyForm & { readonly carriers: Carriers })[];
  /** Forms with longer texts, by the characters they have more. */
  readonly #grown = new Map<number, { readonly parts: readonly KeyPart[]; readonly carriers: Carriers }>();

  /** @param seed of the draws of this column */
  constructor(forms: readonly KeyForm[], seed: number) {
    this.#seed = seed;
    this.#forms = forms.map((form) => ({ ...form, carriers: carriersOf(form.parts) }));
  }

  /** @param row absolute number */
  text(row: number): string {
    let left = toUnit(hash(this.#seed, row, 0));
    const form = this.#forms.find(({ share }) => {
      left -= share;
      return left < 0;
    });
    const { parts, carriers, key, limit } = form ?? this.#forms.at(-1)!;
    const usable = Math.min(limit, carriers.size);
    if (row < usable) {
      const index = permuted(key, permuted(this.#seed, row, usable), carriers.size);
      return this.#spell(parts, carriers, index, row);
    }
    const grown = this.#longer(row);
    return this.#spell(grown.parts, grown.carriers, permuted(this.#seed, row, grown.carriers.size), row);
  }

  /** The first form with so many characters more that there are enough texts for the row. */
  #longer(row: number) {
    const { parts, grow } = this.#forms[0]!;
    for (let more = grow.from; ; more++) {
      let grown = this.#grown.get(more);
      if (!grown) {
        const extra = Array.from({ length: more }, () => ({ chars: grow.chars }));
        const longer = [...parts.slice(0, grow.at), ...extra, ...parts.slice(grow.at)];
        grown = { parts: longer, carriers: carriersOf(longer) };
        this.#grown.set(more, grown);
      }
      if (grown.carriers.size > row) return grown;
    }
  }

  #spell(parts: readonly KeyPart[], carriers: Carriers, index: number, row: number): string {
    const digits = new Map<number, number>();
    let left = index;
    for (const i of carriers.parts) {
      const part = parts[i]!;
      const size = 'chars' in part ? part.chars.length : 1;
      digits.set(i, left % size);
      left = Math.floor(left / size);
    }
    let text = '';
    for (const [i, part] of parts.entries()) {
      if ('chars' in part) {
        const digit = digits.get(i) ?? Math.floor(toUnit(hash(this.#seed, row, i + 1)) * part.chars.length);
        text += part.chars[digit]!;
      } else text += wordOf(part, toUnit(hash(this.#seed, row, i + 1)));
    }
    return text;
  }
}

/** @param unit uniform in [0, 1) */
function wordOf({ words, counts }: Extract<KeyPart, { words: unknown }>, unit: number): string {
  let left = unit * counts.reduce((sum, count) => sum + count, 0);
  for (const [i, count] of counts.entries()) {
    left -= count;
    if (left < 0) return words[i]!;
  }
  return words.at(-1)!;
}
