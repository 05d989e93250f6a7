import type { SubColumn } from '../../../encoding/contract';

/** Factors of a table: sums of normal scores, cut into bins. Plain JSON, free of rows. */
export interface FactorCoding {
  /** Per sub-column of the table: normal score of each code; null where it has no part in the factors. */
  readonly scores: readonly (readonly number[] | null)[];
  readonly factors: readonly Factor[];
}

export interface Factor {
  /** Weight of each sub-column's score. */
  readonly weights: readonly number[];
  /** Lower ends of all bins but the first, ascending. */
  readonly edges: readonly number[];
}

/**
 * Codes of rows in a factor, [row].
 * @param codes of the table's own, [sub-column][row]
 */
export function factorCodes(
  { scores }: FactorCoding,
  { weights, edges }: Factor,
  codes: readonly Uint16Array[],
): Uint16Array {
  return Uint16Array.from(factorValues(scores, weights, codes), (value) => binOf(edges, value));
}

/** Weighted sums of scores, [row]. */
export function factorValues(
  scores: readonly (ArrayLike<number> | null)[],
  weights: ArrayLike<number>,
  codes: readonly Uint16Array[],
): Float64Array {
  const sums = new Float64Array(codes[0]!.length);
  scores.forEach((own, part) => {
    const weight = weights[part]!;
    if (!own || weight === 0) return;
    const column = codes[part]!;
    for (let row = 0; row < sums.length; row++) sums[row]! += weight * own[column[row]!]!;
  });
  return sums;
}

/** Each factor is a column of one sub-column. */
export function factorParts({ factors }: FactorCoding): SubColumn[][] {
  return factors.map(({ edges }) => [{ name: 'factor', cardinality: edges.length + 1, ordinal: true }]);
}

function binOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= edges[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
