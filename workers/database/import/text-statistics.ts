import { SpellingCounter } from '../csv/null-spellings';

/** Texts sampled of a column from its first batch, and of each later one. */
const FIRST_SAMPLE = 400;
const NEXT_SAMPLE = 16;
/** Enough of a sampled text to tell its notation. */
const SAMPLED_LENGTH = 100;

/** What typing needs of a column of texts besides its rows. */
export class TextStatistics {
  /** Texts that are not blank. */
  filled = 0;
  readonly sample: string[] = [];
  readonly #spellings: ReadonlyMap<string, number>;
  readonly #longest: number;
  readonly #counts: number[];
  #padded = false;

  /** @param spellings of "no value", to be counted */
  constructor(spellings: readonly string[]) {
    this.#spellings = new Map(spellings.map((spelling, k) => [spelling, k]));
    this.#longest = Math.max(0, ...spellings.map(({ length }) => length));
    this.#counts = spellings.map(() => 0);
  }

  add(texts: readonly (string | null)[]): void {
    const step = Math.max(
      1,
      Math.floor(texts.length / (this.sample.length === 0 ? FIRST_SAMPLE : NEXT_SAMPLE)),
    );
    let next = 0;
    for (let i = 0; i < texts.length; i++) {
      const text = texts[i];
      if (text === null || text === undefined) continue;
      if (i >= next) {
        this.sample.push(text.slice(0, SAMPLED_LENGTH));
        next = i + step;
      }
      this.#count(text);
    }
  }

  #count(text: string): void {
    const first = text.charCodeAt(0);
    if (text.length > this.#longest + 4 && first > 32) {
      this.filled++;
      return;
    }
    const trimmed = text.trim();
    if (trimmed === '') return;
    this.filled++;
    const k = this.#spellings.get(trimmed);
    if (k === undefined) return;
    this.#counts[k]!++;
    if (trimmed !== text) this.#padded = true;
  }

  /** The counts of several columns in the form that typing takes. */
  static spellings(
    columns: readonly (TextStatistics | null)[],
    spellings: readonly string[],
  ): SpellingCounter {
    const counter = new SpellingCounter(columns.length, spellings);
    columns.forEach((column, i) => {
      if (!column) return;
      counter.counts.set(column.#counts, i * spellings.length);
      if (column.#padded) counter.padded[i] = 1;
    });
    return counter;
  }
}
