/** How much two columns of codes tell about each other. */

/** Mean rows per cell of a pair's contingency table, which limits the number of levels. */
const ROWS_PER_CELL = 4;
const MIN_LEVELS = 8;
const MAX_LEVELS = 64;

/** Codes of some rows, merged into few levels. */
export interface Levels {
  /** Level per row. */
  readonly codes: Uint8Array;
  readonly count: number;
  /** Entropy, bias-corrected, nats. */
  readonly entropy: number;
}

/**
 * Merges the codes of the given rows into levels, at most 8 to 64, as the number of rows allows. Ordered codes merge
 * with their neighbours into levels of similar size. Of others, the most frequent get a level each, and the rest
 * share one.
 * @param codes of all rows, each < cardinality
 */
export function levelsOf(
  codes: Uint16Array,
  rows: Uint32Array,
  cardinality: number,
  ordinal: boolean,
): Levels {
  const max = Math.max(MIN_LEVELS, Math.min(MAX_LEVELS, Math.floor(Math.sqrt(rows.length / ROWS_PER_CELL))));
  const counts = new Uint32Array(cardinality);
  for (const row of rows) counts[codes[row]!]!++;
  const levelOf = ordinal ? mergeNeighbours(counts, rows.length, max) : mergeRare(counts, max);
  const levels = Uint8Array.from(rows, (row) => levelOf[codes[row]!]!);
  const count = levels.reduce((largest, level) => Math.max(largest, level), 0) + 1;
  const totals = new Uint32Array(count);
  for (const level of levels) totals[level]!++;
  return { codes: levels, count, entropy: entropyOf(totals, rows.length) };
}

/**
 * Mutual information I = H(a) + H(b) − H(a, b) in nats with the correction of Miller (1955) for each entropy,
 * (cells in use − 1) / 2N; about 0 for independent columns, sometimes below 0.
 */
export function informationOf(a: Levels, b: Levels): number {
  const cells = new Uint32Array(a.count * b.count);
  const width = b.count;
  const rows = a.codes.length;
  for (let r = 0; r < rows; r++) cells[a.codes[r]! * width + b.codes[r]!]!++;
  return a.entropy + b.entropy - entropyOf(cells, rows);
}

/** Weights, in rows, of the overall shares beside the rows of a code; the best is taken. */
const PRIORS = [1, 4, 16, 64];

/** Some rows sorted by their code. */
export interface RowsByCode {
  /** Indices into the rows. */
  readonly order: Uint32Array;
  /** Per code that occurs more than once: its first index in `order`, then the one past its last. */
  readonly bounds: Uint32Array;
}

/** @param codes of all rows, each < cardinality */
export function groupRows(codes: Uint16Array, rows: Uint32Array, cardinality: number): RowsByCode {
  const ends = new Uint32Array(cardinality + 1);
  for (const row of rows) ends[codes[row]! + 1]!++;
  for (let code = 0; code < cardinality; code++) ends[code + 1]! += ends[code]!;
  const next = ends.slice();
  const order = new Uint32Array(rows.length);
  rows.forEach((row, r) => {
    order[next[codes[row]!]!++] = r;
  });
  const bounds: number[] = [];
  for (let code = 0; code < cardinality; code++) {
    if (ends[code + 1]! - ends[code]! > 1) bounds.push(ends[code]!, ends[code + 1]!);
  }
  return { order, bounds: Uint32Array.from(bounds) };
}

/**
 * How much very many codes tell about another column, in nats: the mean gain in log-likelihood if a row's level is
 * predicted from the other rows of its code instead of from all rows. A lower bound of the mutual information that many
 * codes of few rows do not inflate: a code seen once tells nothing, and chance agreement costs. At least 0.
 * @param levels of the grouped rows
 */
export function gainOf({ order, bounds }: RowsByCode, { codes, count: width }: Levels): number {
  const shares = new Float64Array(width);
  for (const level of codes) shares[level]! += 1 / codes.length;
  const gains = new Float64Array(PRIORS.length);
  const cells = new Uint32Array(width);
  for (let g = 0; g < bounds.length; g += 2) {
    const members = order.subarray(bounds[g]!, bounds[g + 1]!);
    for (const r of members) cells[codes[r]!]!++;
    for (const r of members) {
      const level = codes[r]!;
      const count = cells[level]!;
      if (count === 0) continue;
      cells[level] = 0;
      for (let k = 0; k < gains.length; k++) {
        const prior = PRIORS[k]!;
        const ratio = ((count - 1) / shares[level]! + prior) / (members.length - 1 + prior);
        gains[k]! += count * Math.log(ratio);
      }
    }
  }
  return Math.max(0, ...gains) / Math.max(1, codes.length);
}

/** −Σ p·log p + (cells in use − 1) / 2N. */
function entropyOf(counts: Uint32Array, rows: number): number {
  if (rows === 0) return 0;
  const terms = termsUpTo(rows);
  let sum = 0;
  let used = 0;
  for (let k = 0; k < counts.length; k++) {
    const count = counts[k]!;
    if (count === 0) continue;
    sum += terms[count]!;
    used++;
  }
  return Math.log(rows) - sum / rows + (used - 1) / (2 * rows);
}

let knownTerms = new Float64Array(0);

/** c·log c for c = 0 … rows, as a table: computing the logarithms each time would take longer than counting. */
function termsUpTo(rows: number): Float64Array {
  if (knownTerms.length <= rows)
    knownTerms = Float64Array.from({ length: rows + 1 }, (_, c) => (c === 0 ? 0 : c * Math.log(c)));
  return knownTerms;
}

/** Level by the middle of a code's range of cumulated counts, without gaps between levels. */
function mergeNeighbours(counts: Uint32Array, rows: number, max: number): Uint8Array {
  const plain = counts.length <= max;
  const levelOf = new Uint8Array(counts.length);
  let before = 0;
  let level = -1;
  let last = -1;
  counts.forEach((count, code) => {
    const wanted = plain ? code : Math.min(max - 1, Math.floor((max * (before + count / 2)) / rows));
    before += count;
    if (count === 0) return;
    if (wanted !== last) level++;
    last = wanted;
    levelOf[code] = level;
  });
  return levelOf;
}

/** A level for each of the most frequent codes, the lower first among equals; all others share the last level. */
function mergeRare(counts: Uint32Array, max: number): Uint8Array {
  const ranked = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const levelOf = new Uint8Array(counts.length).fill(max - 1);
  ranked.slice(0, max - 1).forEach((code, level) => {
    levelOf[code] = level;
  });
  return levelOf;
}
