import type { Tree } from './boosted-trees';
import type { Codes } from './seen-codes';

/** Rows whose codes are gathered side by side, so that all trees find them in the cache. */
const BLOCK_ROWS = 512;
/** Above every code: all rows go left. */
const ANY_CODE = 0xffff;

/** Trees of one depth in flat arrays, to score many rows. */
export class TreeScores {
  readonly #trees: number;
  readonly #inner: number;
  readonly #depth: number;
  /** Sub-columns that some tree compares. */
  readonly #used: readonly number[];
  /** Per inner node: index into `used`, and the code up to which rows go left. */
  readonly #parts: Uint16Array;
  readonly #codes: Uint16Array;
  /** Per leaf. */
  readonly #values: Float64Array;

  constructor(trees: readonly Tree[]) {
    this.#trees = trees.length;
    this.#inner = trees[0]?.parts.length ?? 0;
    this.#depth = Math.round(Math.log2(this.#inner + 1));
    this.#used = [...new Set(trees.flatMap(({ parts }) => parts.filter((part) => part >= 0)))];
    const indexOf = new Map(this.#used.map((part, i) => [part, i]));
    this.#parts = Uint16Array.from(trees.flatMap(({ parts }) => parts.map((part) => indexOf.get(part) ?? 0)));
    this.#codes = Uint16Array.from(
      trees.flatMap(({ parts, codes }) => codes.map((code, i) => (parts[i]! < 0 ? ANY_CODE : code))),
    );
    this.#values = Float64Array.from(trees.flatMap(({ values }) => values));
  }

  /** Log-odds, [rows]: the sum of the leaves that a row falls into. @param codes [sub-column][row] */
  sums(codes: Codes): Float64Array {
    const sums = new Float64Array(codes[0]!.length);
    const width = this.#used.length;
    const block = new Uint16Array(Math.min(BLOCK_ROWS, sums.length) * Math.max(1, width));
    for (let from = 0; from < sums.length; from += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, sums.length - from);
      this.#used.forEach((part, i) => {
        const own = codes[part]!;
        for (let row = 0, at = i; row < count; row++, at += width) block[at] = own[from + row]!;
      });
      this.#addBlock(block, sums.subarray(from, from + count));
    }
    return sums;
  }

  #addBlock(block: Uint16Array, sums: Float64Array): void {
    const [parts, limits, values, inner, depth] = [
      this.#parts,
      this.#codes,
      this.#values,
      this.#inner,
      this.#depth,
    ];
    const width = this.#used.length;
    for (let tree = 0; tree < this.#trees; tree++) {
      const first = tree * inner;
      const leaves = tree * (inner + 1) - inner;
      for (let row = 0, at = 0; row < sums.length; row++, at += width) {
        let node = 0;
        for (let level = 0; level < depth; level++) {
          const own = first + node;
          node = 2 * node + (block[at + parts[own]!]! <= limits[own]! ? 1 : 2);
        }
        sums[row]! += values[leaves + node]!;
      }
    }
  }
}
