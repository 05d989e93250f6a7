/**
 * The nearest counts ≥ 0 with a given total, by squares: the projection onto the simplex (Duchi et al. 2008, "Efficient
 * projections onto the l1-ball"). Noise on empty cells vanishes, and nothing is added for it elsewhere.
 */
export function projectCounts(noisy: ArrayLike<number>, total: number): Float64Array {
  const sorted = Float64Array.from(noisy).sort().reverse();
  let sum = 0;
  let shift = 0;
  for (let k = 0; k < sorted.length; k++) {
    sum += sorted[k]!;
    const candidate = (sum - total) / (k + 1);
    if (sorted[k]! - candidate > 0) shift = candidate;
  }
  return Float64Array.from(noisy, (count) => Math.max(0, count - shift));
}

/** Estimates of the same number with independent noise, weighted by precision. */
export class Weighted {
  #sum = 0;
  #weight = 0;

  add(value: number, variance: number): void {
    this.#sum += value / variance;
    this.#weight += 1 / variance;
  }

  get value(): number {
    return this.#sum / this.#weight;
  }
}

/**
 * Counts with given margins that stay as near to the table as they can (iterative proportional fitting: Deming & Stephan
 * 1940). A cell of 0 stays 0 where the margins allow it.
 * @param table [rows × columns], ≥ 0; changed
 */
export function fitMargins(table: Float64Array, rows: Float64Array, columns: Float64Array): void {
  const [m, n] = [rows.length, columns.length];
  const total = rows.reduce((sum, count) => sum + count, 0);
  // What the margins ask for and the table lacks is spread as if the two were independent, thinly.
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) table[i * n + j]! += (1e-6 * rows[i]! * columns[j]!) / total;
  for (let round = 0; round < 30; round++) {
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += table[i * n + j]!;
      const factor = sum > 0 ? rows[i]! / sum : 0;
      for (let j = 0; j < n; j++) table[i * n + j]! *= factor;
    }
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let i = 0; i < m; i++) sum += table[i * n + j]!;
      const factor = sum > 0 ? columns[j]! / sum : 0;
      for (let i = 0; i < m; i++) table[i * n + j]! *= factor;
    }
  }
}

/** Rows in each pair of codes, [codes of a × codes of b]. */
export function countPairs(a: Uint16Array, b: Uint16Array, codesOfA: number, codesOfB: number): Float64Array {
  const counts = new Float64Array(codesOfA * codesOfB);
  for (let row = 0; row < a.length; row++) counts[a[row]! * codesOfB + b[row]!]!++;
  return counts;
}

/** Rows of each code. */
export function countCodes(codes: Uint16Array, count: number): Float64Array {
  const counts = new Float64Array(count);
  for (const code of codes) counts[code]!++;
  return counts;
}
