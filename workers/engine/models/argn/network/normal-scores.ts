import type { SubColumnFacts } from './initialise';

/**
 * Normal score of each code of a sub-column whose codes have an order, or of two codes: the normal quantile of its
 * mid-rank (van der Waerden 1952), with mean 0 and variance 1 over the training rows. Null where codes have no order
 * or only one occurs.
 * @returns [cardinality]
 */
export function normalScores({ ordinal, counts }: SubColumnFacts): Float64Array | null {
  if (!ordinal && counts.length !== 2) return null;
  const list = Float64Array.from(counts);
  const rows = list.reduce((sum, count) => sum + count, 0);
  let before = 0;
  const scores = list.map((count) => {
    const rank = (before + count / 2) / rows;
    before += count;
    return normalQuantile(Math.min(Math.max(rank, 0.5 / rows), 1 - 0.5 / rows));
  });
  const mean = scores.reduce((sum, score, code) => sum + (score * list[code]!) / rows, 0);
  const variance = scores.reduce((sum, score, code) => sum + ((score - mean) ** 2 * list[code]!) / rows, 0);
  if (!(variance > 0)) return null;
  return scores.map((score) => (score - mean) / Math.sqrt(variance));
}

/** Quantile of the standard normal: Abramowitz & Stegun 1964, 26.2.23, to 4.5e-4. */
function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return above / below - t;
}
