import { logTail } from '../../../../../src/domain/chi-square';

/**
 * Whether two columns of codes depend on each other, or agree by chance. Codes are merged into at most eight groups, and
 * Pearson's χ² of the contingency table is taken twice: over all of it, and, where groups have an order, over its
 * smooth part alone (Neyman 1937, "Smooth test" for goodness of fit; Rayner & Best 1989): a slope or a bend then needs
 * far fewer rows to be seen.
 */

const MAX_GROUPS = 8;
/** Rows of a group, at least: with fewer, χ² is no χ². */
const MIN_GROUP_ROWS = 25;
/** Smooth scores of an ordered column: a slope and a bend. */
const MAX_SCORES = 2;

/** Codes of some rows, merged into few groups. */
export interface Groups {
  /** Group per row. */
  readonly codes: Uint8Array;
  readonly count: number;
  /** Share of the rows per group. */
  readonly shares: Float64Array;
  /** [score][group]: mean 0, variance 1, uncorrelated over the rows; null where groups have no order. */
  readonly scores: readonly Float64Array[] | null;
}

/**
 * Merges the codes of the given rows. Ordered codes merge with their neighbours into groups of similar size; of others,
 * the most frequent get a group each, and the rest share one.
 * @param codes of all rows, each < cardinality
 */
export function groupsOf(
  codes: Uint16Array,
  rows: Uint32Array,
  cardinality: number,
  ordinal: boolean,
): Groups {
  const counts = new Uint32Array(cardinality);
  for (const row of rows) counts[codes[row]!]!++;
  const groupOf = ordinal ? groupNeighbours(counts, rows.length) : groupRare(counts, rows.length);
  const groups = Uint8Array.from(rows, (row) => groupOf[codes[row]!]!);
  const count = groups.reduce((largest, group) => Math.max(largest, group), 0) + 1;
  const shares = new Float64Array(count);
  for (const group of groups) shares[group]! += 1 / rows.length;
  return { codes: groups, count, shares, scores: ordinal ? scoresOf(shares) : null };
}

/**
 * Logarithm of the probability that independent columns look at least as dependent; 0 where one of them has a single
 * group. Twice the smaller of the two tests' (Bonferroni), at most 1.
 */
export function logChance(a: Groups, b: Groups): number {
  if (a.count < 2 || b.count < 2) return 0;
  const rows = a.codes.length;
  const cells = new Float64Array(a.count * b.count);
  const width = b.count;
  for (let r = 0; r < rows; r++) cells[a.codes[r]! * width + b.codes[r]!]!++;
  let all = -rows;
  for (let i = 0; i < a.count; i++) {
    for (let j = 0; j < width; j++) {
      const cell = cells[i * width + j]!;
      all += (cell * cell) / (rows * a.shares[i]! * b.shares[j]!);
    }
  }
  const whole = logTail(all, (a.count - 1) * (b.count - 1));
  if (!a.scores && !b.scores) return whole;
  return Math.min(0, Math.LN2 + Math.min(whole, smoothChance(cells, a, b)));
}

/** Of the part of χ² that lies in the scores: of a column without order, in all of its groups. */
function smoothChance(cells: Float64Array, a: Groups, b: Groups): number {
  const rows = a.codes.length;
  const left = a.scores ?? indicators(a);
  const right = b.scores ?? indicators(b);
  let statistic = 0;
  for (const x of left) {
    for (const y of right) {
      let sum = 0;
      for (let i = 0; i < a.count; i++) {
        let inner = 0;
        for (let j = 0; j < b.count; j++) inner += cells[i * b.count + j]! * y[j]!;
        sum += x[i]! * inner;
      }
      statistic += (sum * sum) / rows;
    }
  }
  const freedom = (a.scores?.length ?? a.count - 1) * (b.scores?.length ?? b.count - 1);
  return logTail(statistic, freedom);
}

/** [group][group]: indicators over the root of the share; the squares of their sums with a centred score make up χ². */
function indicators({ count, shares }: Groups): Float64Array[] {
  return Array.from({ length: count }, (_, group) => {
    const score = new Float64Array(count);
    score[group] = 1 / Math.sqrt(shares[group]!);
    return score;
  });
}

/** Orthonormal polynomials of the mid-rank: slope, then bend. */
function scoresOf(shares: Float64Array): Float64Array[] {
  let before = 0;
  const ranks = shares.map((share) => {
    before += share;
    return before - share / 2 - 0.5;
  });
  const scores: Float64Array[] = [];
  const product = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    shares.reduce((sum, share, group) => sum + share * x[group]! * y[group]!, 0);
  const one = new Float64Array(shares.length).fill(1);
  for (let power = 1; power <= Math.min(MAX_SCORES, shares.length - 1); power++) {
    const score = ranks.map((rank) => rank ** power);
    for (const other of [one, ...scores]) {
      const part = product(score, other);
      for (let group = 0; group < score.length; group++) score[group]! -= part * other[group]!;
    }
    const norm = Math.sqrt(product(score, score));
    scores.push(score.map((value) => value / norm));
  }
  return scores;
}

/** Runs of neighbouring codes with about equally many rows, none with too few. */
function groupNeighbours(counts: Uint32Array, rows: number): Uint8Array {
  const groupOf = new Uint8Array(counts.length);
  const least = Math.max(MIN_GROUP_ROWS, rows / MAX_GROUPS);
  const used = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  const full = used <= MAX_GROUPS ? MIN_GROUP_ROWS : least;
  let group = 0;
  let held = 0;
  let left = rows;
  counts.forEach((count, code) => {
    // A large code begins a group of its own where the one before can stand alone.
    if (count > 0 && held >= MIN_GROUP_ROWS && left >= MIN_GROUP_ROWS && held + count / 2 >= full) {
      group = Math.min(MAX_GROUPS - 1, group + 1);
      held = 0;
    }
    groupOf[code] = group;
    held += count;
    left -= count;
  });
  return groupOf;
}

/** A group for each of the most frequent codes; all others share the last one, with the least of these if need be. */
function groupRare(counts: Uint32Array, rows: number): Uint8Array {
  const ranked = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  let alone = 0;
  let left = rows;
  while (alone < Math.min(MAX_GROUPS - 1, ranked.length) && counts[ranked[alone]!]! >= MIN_GROUP_ROWS) {
    left -= counts[ranked[alone]!]!;
    alone++;
  }
  if (left > 0 && left < MIN_GROUP_ROWS && alone > 0) alone--;
  const groupOf = new Uint8Array(counts.length).fill(alone);
  ranked.slice(0, alone).forEach((code, group) => {
    groupOf[code] = group;
  });
  return groupOf;
}
