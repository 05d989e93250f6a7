/*
 * How much the equality of two rows in a column says. Two rows picked at random agree in a column with probability p
 * (the collision probability, of which −log p is Rényi's entropy of order 2); if they already agree in another column,
 * with another probability. Counting pairs is unbiased at any number of codes, where the entropy of a few rows is not.
 */

/** Rows that weights are found from: fewer where many parts are compared. */
const MAX_ROWS = 4000;
const MIN_ROWS = 1000;
/** Codes that may be looked at: some 0.1 s. */
const MAX_LOOKS = 1e7;
/** Parts looked at, those first that tell rows apart best, and parts that get a weight. */
const MAX_CANDIDATES = 128;
const MAX_WEIGHED = 48;
/** Pairs of rows that must agree in a part before it says anything of another. */
const MIN_PAIRS = 30;
/** Below this many nats a part is told by another: it gets no weight. */
const MIN_INFORMATION = 0.1;

/** A part that tells rows apart. */
export interface WeighedPart {
  /** Index of the sub-column. */
  readonly part: number;
  /** Nats that an agreement in it adds to one in any single part before it. */
  readonly weight: number;
}

/**
 * Weights of the sub-columns: −log of the probability that two rows agree in a part, given that they agree in that
 * heavier part which says most of it. What another part determines gets no weight and is left out, so a relation
 * counts once however many columns repeat it (docs/model.md, Privacy guard).
 * @param codes column-major [sub-column][row], `rowCount` rows
 * @param rows row numbers in random order; the first 1,000–4,000 are looked at
 * @returns at most 48 parts, heaviest first by what they say alone
 */
export function weighParts(codes: Uint16Array, rowCount: number, rows: ArrayLike<number>): WeighedPart[] {
  const parts = Math.floor(codes.length / Math.max(rowCount, 1));
  const comparisons = Math.min(parts, MAX_CANDIDATES) * Math.min(parts, MAX_WEIGHED);
  const fitting = Math.max(MIN_ROWS, Math.min(MAX_ROWS, Math.floor(MAX_LOOKS / Math.max(comparisons, 1))));
  const looked = Math.min(rows.length, fitting);
  const columnOf = (part: number) =>
    Uint16Array.from({ length: looked }, (_, i) => codes[part * rowCount + rows[i]!]!);
  const all = (looked * (looked - 1)) / 2;
  const alone = Array.from({ length: parts }, (_, part) => ({ part, pairs: agreeing(columnOf(part)) }));
  const candidates = alone
    .filter(({ pairs }) => Math.log(all / Math.max(pairs, 0.5)) >= MIN_INFORMATION)
    .sort((a, b) => a.pairs - b.pairs || a.part - b.part)
    .slice(0, MAX_CANDIDATES);
  const kept: { part: number; weight: number; pairs: number; ids: Uint16Array }[] = [];
  const pairs = new PairCounter(looked);
  for (const candidate of candidates) {
    if (kept.length === MAX_WEIGHED) break;
    const column = columnOf(candidate.part);
    let weight = Math.log(all / Math.max(candidate.pairs, 0.5));
    for (const other of kept) {
      if (other.pairs < MIN_PAIRS) continue;
      const both = pairs.agreeing(other.ids, column);
      weight = Math.min(weight, Math.log(other.pairs / Math.max(both, 0.5)));
      if (weight < MIN_INFORMATION) break;
    }
    if (weight >= MIN_INFORMATION) kept.push({ ...candidate, weight, ids: column });
  }
  return kept.map(({ part, weight }) => ({ part, weight }));
}

/** Pairs of rows with equal codes. */
function agreeing(column: Uint16Array): number {
  const counts = new Map<number, number>();
  let pairs = 0;
  for (const code of column) {
    const before = counts.get(code) ?? 0;
    pairs += before;
    counts.set(code, before + 1);
  }
  return pairs;
}

/** Counts pairs of rows that agree in two columns, by an open hash table that is used again and again. */
class PairCounter {
  readonly #mask: number;
  readonly #keys: Int32Array;
  readonly #counts: Uint32Array;
  readonly #stamps: Uint32Array;
  #stamp = 0;

  constructor(rows: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2 * rows, 2)));
    this.#mask = size - 1;
    this.#keys = new Int32Array(size);
    this.#counts = new Uint32Array(size);
    this.#stamps = new Uint32Array(size);
  }

  agreeing(first: Uint16Array, second: Uint16Array): number {
    const stamp = ++this.#stamp;
    const mask = this.#mask;
    let pairs = 0;
    for (let i = 0; i < first.length; i++) {
      const key = (first[i]! << 16) | second[i]!;
      let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & mask;
      while (this.#stamps[slot] === stamp && this.#keys[slot] !== key) slot = (slot + 1) & mask;
      if (this.#stamps[slot] !== stamp) {
        this.#stamps[slot] = stamp;
        this.#keys[slot] = key;
        this.#counts[slot] = 0;
      }
      pairs += this.#counts[slot]!++;
    }
    return pairs;
  }
}
