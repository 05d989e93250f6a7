/** How much two columns of codes tell about each other. */

/** Rows per cell of a pair's table that the number of levels leaves, on average. */
const ROWS_PER_CELL = 4;
const FEWEST_LEVELS = 8;
const MOST_LEVELS = 64;

/** Codes of some rows, merged to few levels. */
export interface Levels {
  /** Level per row. */
  readonly codes: Uint8Array;
  readonly count: number;
  /** Entropy, bias-corrected, nats. */
  readonly entropy: number;
}

/**
 * Merges the codes of the given rows to at most 8 to 64 levels, as many as their number supports: of ordered codes
 * neighbours of like total share, else the most frequent codes one each and all others together.
 * @param codes of all rows, each < cardinality
 */
export function levelsOf(
  codes: Uint16Array,
  rows: Uint32Array,
  cardinality: number,
  ordinal: boolean,
): Levels {
  const most = Math.max(
    FEWEST_LEVELS,
    Math.min(MOST_LEVELS, Math.floor(Math.sqrt(rows.length / ROWS_PER_CELL))),
  );
  const counts = new Uint32Array(cardinality);
  for (const row of rows) counts[codes[row]!]!++;
  const levelOf = ordinal ? mergeNeighbours(counts, rows.length, most) : mergeRare(counts, most);
  const levels = Uint8Array.from(rows, (row) => levelOf[codes[row]!]!);
  const count = levels.reduce((largest, level) => Math.max(largest, level), 0) + 1;
  const totals = new Uint32Array(count);
  for (const level of levels) totals[level]!++;
  return { codes: levels, count, entropy: entropyOf(totals, rows.length) };
}

/**
 * Mutual information I = H(a) + H(b) − H(a, b) in nats with the correction of Miller (1955) for each entropy,
 * (cells in use − 1) / 2N; about 0 for independent columns, and can be below.
 */
export function informationOf(a: Levels, b: Levels): number {
  const cells = new Uint32Array(a.count * b.count);
  const width = b.count;
  const rows = a.codes.length;
  for (let r = 0; r < rows; r++) cells[a.codes[r]! * width + b.codes[r]!]!++;
  return a.entropy + b.entropy - entropyOf(cells, rows);
}

/** Rows that the shares of all count for beside those of a code; the best of them is taken. */
const PRIORS = [1, 4, 16, 64];

/** Some rows sorted by their code. */
export interface RowsByCode {
  /** Places among the rows. */
  readonly order: Uint32Array;
  /** Per code that occurs more than once, its first place in `order`, then the one past its last. */
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
 * How much very many codes tell about another column, in nats: the mean gain of the likelihood of a row's level when it
 * is foretold by the other rows of its code instead of by all. A lower bound of the mutual information that many codes
 * of few rows do not inflate: a code seen once tells nothing, chance agreement is paid for. 0 or more.
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
        const foretold = ((count - 1) / shares[level]! + prior) / (members.length - 1 + prior);
        gains[k]! += count * Math.log(foretold);
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

/** c·log c of c = 0 … rows: a table, because the logarithms would take longer than the counting. */
function termsUpTo(rows: number): Float64Array {
  if (knownTerms.length <= rows)
    knownTerms = Float64Array.from({ length: rows + 1 }, (_, c) => (c === 0 ? 0 : c * Math.log(c)));
  return knownTerms;
}

/** Level by the middle of a code's place in the cumulated counts; empty levels close up. */
function mergeNeighbours(counts: Uint32Array, rows: number, most: number): Uint8Array {
  const plain = counts.length <= most;
  const levelOf = new Uint8Array(counts.length);
  let before = 0;
  let level = -1;
  let last = -1;
  counts.forEach((count, code) => {
    const wanted = plain ? code : Math.min(most - 1, Math.floor((most * (before + count / 2)) / rows));
    before += count;
    if (count === 0) return;
    if (wanted !== last) level++;
    last = wanted;
    levelOf[code] = level;
  });
  return levelOf;
}

/** The most frequent codes one level each, of equals the lower code; all others share the last. */
function mergeRare(counts: Uint32Array, most: number): Uint8Array {
  const ranked = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const levelOf = new Uint8Array(counts.length).fill(most - 1);
  ranked.slice(0, most - 1).forEach((code, level) => {
    levelOf[code] = level;
  });
  return levelOf;
}
