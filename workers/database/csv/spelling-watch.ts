/** Spellings of "no value" counted while the rows pass; short ASCII words. */
export interface SpellingCounts {
  /** counts[column * spellings.length + k] */
  readonly counts: Float64Array;
  readonly spellings: readonly string[];
  /** 1 for columns where one occurs with blanks around it. */
  readonly padded: Uint8Array;
}

/** Counts exact occurrences of a few short spellings per column without making strings. */
export class SpellingWatch implements SpellingCounts {
  readonly spellings: readonly string[];
  readonly counts: Float64Array;
  readonly padded: Uint8Array;
  readonly longest: number;
  /** Spellings by first byte. */
  readonly #byFirst: ({ at: number; bytes: Uint8Array }[] | undefined)[] = [];

  constructor(columns: number, spellings: readonly string[]) {
    this.spellings = spellings;
    this.counts = new Float64Array(columns * spellings.length);
    this.padded = new Uint8Array(columns);
    const encoder = new TextEncoder();
    const encoded = spellings.map((spelling) => encoder.encode(spelling));
    this.longest = Math.max(0, ...encoded.map((bytes) => bytes.length));
    encoded.forEach((bytes, at) => {
      const first = bytes[0];
      if (first === undefined) return;
      this.#byFirst[first] ??= [];
      this.#byFirst[first].push({ at, bytes });
    });
  }

  watch(bytes: Uint8Array, from: number, to: number, column: number): void {
    let start = from;
    let end = to;
    while (start < end && bytes[start] === 32) start++;
    while (end > start && bytes[end - 1] === 32) end--;
    const candidates = this.#byFirst[bytes[start]!];
    if (!candidates) return;
    for (const candidate of candidates) {
      if (candidate.bytes.length !== end - start) continue;
      let k = 1;
      while (k < candidate.bytes.length && candidate.bytes[k] === bytes[start + k]) k++;
      if (k === candidate.bytes.length) {
        this.counts[column * this.spellings.length + candidate.at]!++;
        if (start !== from || end !== to) this.padded[column] = 1;
        return;
      }
    }
  }
}
