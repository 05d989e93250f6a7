import type { ColumnData } from '../../../src/domain/column-data';
import { columnLength } from '../../../src/domain/column-data';
import type { MissingPattern } from '../../../src/domain/likeness';
import { MIN_SHOWN_ROWS } from '../../../src/domain/shown-counts';
import type { OriginalRows } from '../charts/original-rows';

/** Patterns that are told. */
const MAX_PATTERNS = 12;
/** More patterns than this are not told apart further. */
const MAX_KNOWN = 5000;

/** Which columns lack a value in which rows, column by column. */
export class MissingPatterns {
  #original: Uint32Array | null = null;
  #synthetic: Uint32Array | null = null;
  /** By number of the pattern. */
  #patterns: (readonly string[])[] = [[]];

  /** One column of the original's rows and of the synthetic ones. */
  add(column: string, original: ColumnData, synthetic: ColumnData): void {
    this.#original ??= new Uint32Array(columnLength(original));
    this.#synthetic ??= new Uint32Array(columnLength(synthetic));
    const [before, after] = [lacking(original), lacking(synthetic)];
    if ((!before && !after) || this.#patterns.length > MAX_KNOWN) return;
    const next = new Map<number, number>();
    const patterns: (readonly string[])[] = [];
    const renumber = (of: Uint32Array, lacks: ((row: number) => boolean) | null) => {
      for (let row = 0; row < of.length; row++) {
        const key = of[row]! * 2 + Number(lacks?.(row) ?? false);
        let number = next.get(key);
        if (number === undefined) {
          const base = this.#patterns[of[row]!]!;
          number = patterns.push(key % 2 === 1 ? [...base, column] : base) - 1;
          next.set(key, number);
        }
        of[row] = number;
      }
    };
    renumber(this.#original, before);
    renumber(this.#synthetic, after);
    this.#patterns = patterns;
  }

  /** The most frequent ones that enough people of the original have, or as many synthetic rows; empty = nothing is missing. */
  told(rows: OriginalRows): MissingPattern[] {
    const count = this.#patterns.length;
    if (!this.#original || !this.#synthetic || count < 2) return [];
    const original = rows.shownIn(this.#original, count);
    const synthetic = new Float64Array(count);
    for (const pattern of this.#synthetic) synthetic[pattern]!++;
    const shareOf = (part: number, all: number) => Number((part / Math.max(1, all)).toFixed(5));
    const all = { original: this.#original.length, synthetic: this.#synthetic.length };
    return this.#patterns
      .flatMap((columns, i) =>
        original[i]! > 0 || synthetic[i]! >= MIN_SHOWN_ROWS
          ? [
              {
                columns,
                original: shareOf(original[i]!, all.original),
                synthetic: shareOf(synthetic[i]!, all.synthetic),
              },
            ]
          : [],
      )
      .sort((a, b) => b.original + b.synthetic - a.original - a.synthetic)
      .slice(0, MAX_PATTERNS);
  }
}

/** Whether a row lacks a value; null = none does. */
function lacking(data: ColumnData): ((row: number) => boolean) | null {
  if (data.kind === 'text') return data.codes.includes(-1) ? (row) => data.codes[row]! < 0 : null;
  const { nulls } = data;
  return nulls?.includes(1) ? (row) => nulls[row] === 1 : null;
}
