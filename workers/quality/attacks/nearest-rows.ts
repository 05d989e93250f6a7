import type { CodedRows } from './attack-rows';

/** Bits of a word that a category is told by, and categories of a word. */
const BITS = 4;
const PER_WORD = 8;
const LOWEST_BITS = 0x11111111;

/** Rows with numbers and categories apart, row-major. */
interface Packed {
  readonly rows: number;
  readonly numbers: Float32Array;
  readonly categories: Float32Array;
  /** Four bits of each category, eight to a word. */
  readonly words: Int32Array;
}

/** [target × count], nearest first; infinite and −1 where there are fewer rows. */
export interface Nearest {
  readonly distances: Float64Array;
  readonly rows: Int32Array;
}

function nearestPacked(own: Packed, all: Packed, ordered: readonly boolean[], count: number): Nearest {
  const numbers = ordered.filter((isOrdered) => isOrdered).length;
  const categories = ordered.length - numbers;
  const words = Math.ceil(categories / PER_WORD);
  const nearest = new Float64Array(own.rows * count).fill(Number.POSITIVE_INFINITY);
  const nearestRows = new Int32Array(own.rows * count).fill(-1);
  const kept = new Float64Array(count);
  const keptRows = new Int32Array(count);
  for (let t = 0; t < own.rows; t++) {
    kept.fill(Number.POSITIVE_INFINITY);
    keptRows.fill(-1);
    let worst = Number.POSITIVE_INFINITY;
    for (let row = 0; row < all.rows; row++) {
      let sum = 0;
      for (let w = 0; w < words; w++) {
        let word = all.words[row * words + w]! ^ own.words[t * words + w]!;
        word |= word >>> 1;
        word |= word >>> 2;
        sum += Math.imul(word & LOWEST_BITS, LOWEST_BITS) >>> 28;
      }
      if (sum >= worst) continue;
      for (let c = 0; c < numbers && sum < worst; c++) {
        const difference = all.numbers[row * numbers + c]! - own.numbers[t * numbers + c]!;
        sum += difference * difference;
      }
      if (sum >= worst) continue;
      sum += hiddenDifferences(own, all, { t, row, categories, words });
      if (sum >= worst) continue;
      let slot = count - 1;
      for (; slot > 0 && kept[slot - 1]! > sum; slot--) {
        kept[slot] = kept[slot - 1]!;
        keptRows[slot] = keptRows[slot - 1]!;
      }
      kept[slot] = sum;
      keptRows[slot] = row;
      worst = kept[count - 1]!;
    }
    for (let k = 0; k < count; k++) nearest[t * count + k] = Math.sqrt(kept[k]!);
    nearestRows.set(keptRows, t * count);
  }
  return { distances: nearest, rows: nearestRows };
}

/** Categories that differ though their bits are the same. */
function hiddenDifferences(
  own: Packed,
  all: Packed,
  at: { readonly t: number; readonly row: number; readonly categories: number; readonly words: number },
): number {
  const { t, row, categories, words } = at;
  let hidden = 0;
  for (let c = 0; c < categories; c++) {
    if (all.categories[row * categories + c] === own.categories[t * categories + c]) continue;
    const w = Math.floor(c / PER_WORD);
    const differ = all.words[row * words + w]! ^ own.words[t * words + w]!;
    if (((differ >>> ((c % PER_WORD) * BITS)) & 15) === 0) hidden++;
  }
  return hidden;
}

function packed(ordered: readonly boolean[], set: CodedRows): Packed {
  const rows = set[0]?.length ?? 0;
  const [numbers, categories] = [true, false].map((kind) =>
    rowMajor(
      set.filter((_, c) => ordered[c] === kind),
      rows,
    ),
  );
  const count = ordered.filter((isOrdered) => !isOrdered).length;
  const width = Math.ceil(count / PER_WORD);
  const words = new Int32Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < count; c++)
      words[row * width + Math.floor(c / PER_WORD)]! |=
        ((categories![row * count + c]! + 1) & 15) << ((c % PER_WORD) * BITS);
  return { rows, numbers: numbers!, categories: categories!, words };
}

function rowMajor(set: CodedRows, rows: number): Float32Array {
  const width = set.length;
  const data = new Float32Array(width * rows);
  set.forEach((values, c) => {
    for (let row = 0; row < rows; row++) data[row * width + c] = values[row]!;
  });
  return data;
}

/**
 * Nearest rows of targets: Euclidean over differences of ranks, 1 for two categories that differ, as in `scanRows`. Few bits
 * of each category bound from below how many differ, which tells most rows as too far.
 */
export class NearestRows {
  readonly #ordered: readonly boolean[];
  readonly #rows: Packed;

  constructor(ordered: readonly boolean[], rows: CodedRows) {
    this.#ordered = ordered;
    this.#rows = packed(ordered, rows);
  }

  /** The nearest rows of each target. */
  of(targets: CodedRows, count: number): Nearest {
    return nearestPacked(packed(this.#ordered, targets), this.#rows, this.#ordered, count);
  }
}

/** Mean of the first distances of each target. @param distances of `NearestRows.of` */
export function meanOfNearest(distances: Float64Array, count: number, averaged: number): Float64Array {
  return Float64Array.from({ length: distances.length / count }, (_, t) => {
    let [sum, found] = [0, 0];
    for (let k = 0; k < averaged && distances[t * count + k]! < Number.POSITIVE_INFINITY; k++, found++)
      sum += distances[t * count + k]!;
    return found > 0 ? sum / found : Number.POSITIVE_INFINITY;
  });
}
