/** How the codes of a column depend on those of others: standardised residuals from independence. */

/** Codes of another column. */
export interface Companion {
  /** Of the training rows, and perhaps more. */
  readonly codes: Uint16Array;
  readonly cardinality: number;
  readonly ordinal: boolean;
}

export interface Profiles {
  /** [code × width] (share of the level among the code's rows − among all) / √(among all). */
  readonly values: Float32Array;
  readonly width: number;
  /** Rows of each code. */
  readonly weights: Float64Array;
}

/** Levels that a companion's codes are merged to. */
const LEVELS = 16;
/** Companions that count: those that tell most. */
const MAX_COMPANIONS = 16;
/** Standard deviations by which a companion's χ² must exceed that of an independent one. */
const SIGNIFICANT = 4;

/**
 * Profiles of the codes over the levels of the companions that depend on them (correspondence analysis: Greenacre
 * 1984, §2). Width 0 if none does.
 * @param pause called between companions
 */
export async function profilesOf(
  codes: Uint16Array,
  rows: number,
  cardinality: number,
  companions: readonly Companion[],
  pause: () => Promise<void>,
): Promise<Profiles> {
  const weights = new Float64Array(cardinality);
  for (let r = 0; r < rows; r++) weights[codes[r]!]!++;
  const used = [];
  for (const [index, companion] of companions.entries()) {
    used.push({ ...dependenceOn(codes, rows, weights, companion), index });
    await pause();
  }
  const chosen = used
    .filter(({ excess }) => excess > SIGNIFICANT)
    .sort((a, b) => b.information - a.information || a.index - b.index)
    .slice(0, MAX_COMPANIONS);
  const width = chosen.reduce((sum, { shares }) => sum + shares.length, 0);
  const values = new Float32Array(cardinality * width);
  let at = 0;
  for (const { index, shares, levelOf } of chosen) {
    const cells = countCells(codes, rows, cardinality, companions[index]!.codes, levelOf, shares.length);
    for (let code = 0; code < cardinality; code++) {
      if (weights[code] === 0) continue;
      for (let level = 0; level < shares.length; level++) {
        const share = cells[code * shares.length + level]! / weights[code]!;
        values[code * width + at + level] = (share - shares[level]!) / Math.sqrt(shares[level]!);
      }
    }
    at += shares.length;
    await pause();
  }
  return { values, width, weights };
}

/** χ² of a column and a companion: per row beyond chance, and in standard deviations beyond chance. */
function dependenceOn(codes: Uint16Array, rows: number, weights: Float64Array, companion: Companion) {
  const { levelOf, counts } = mergeLevels(companion, rows);
  const shares = Float64Array.from(counts, (count) => count / rows);
  const levels = shares.length;
  const cells = countCells(codes, rows, weights.length, companion.codes, levelOf, levels);
  let chi2 = 0;
  let present = 0;
  for (let code = 0; code < weights.length; code++) {
    if (weights[code] === 0) continue;
    present++;
    for (let level = 0; level < levels; level++) {
      const expected = weights[code]! * shares[level]!;
      chi2 += (cells[code * levels + level]! - expected) ** 2 / expected;
    }
  }
  const freedom = Math.max(1, (present - 1) * (levels - 1));
  return {
    levelOf,
    shares,
    excess: (chi2 - freedom) / Math.sqrt(2 * freedom),
    information: (chi2 - freedom) / Math.max(1, rows),
  };
}

function countCells(
  codes: Uint16Array,
  rows: number,
  cardinality: number,
  others: Uint16Array,
  levelOf: Uint8Array,
  levels: number,
): Uint32Array {
  const cells = new Uint32Array(cardinality * levels);
  for (let r = 0; r < rows; r++) cells[codes[r]! * levels + levelOf[others[r]!]!]!++;
  return cells;
}

/** Ordered codes in stretches of similar share; of others the most frequent, and the remaining ones as one. No level is empty. */
function mergeLevels({ codes, cardinality, ordinal }: Companion, rows: number) {
  const counts = new Uint32Array(cardinality);
  for (let r = 0; r < rows; r++) counts[codes[r]!]!++;
  const ranked = Array.from(counts.keys());
  if (!ordinal) ranked.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const levelOf = new Uint8Array(cardinality);
  const totals: number[] = [];
  let before = 0;
  let last = -1;
  ranked.forEach((code, rank) => {
    const count = counts[code]!;
    if (count === 0) return;
    const stretch = ordinal ? Math.floor((LEVELS * (before + count / 2)) / rows) : Math.min(rank, LEVELS - 1);
    before += count;
    if (stretch !== last) totals.push(0);
    last = stretch;
    levelOf[code] = totals.length - 1;
    totals[totals.length - 1]! += count;
  });
  return { levelOf, counts: totals };
}
