/** Violations that a smooth density would bring at a boundary, for it to count as one. */
export const MIN_EDGE = 7;

/**
 * Violations that a smooth density of gaps would bring next to 0. With m gaps in (0, δ] and k in (δ, 2δ], a log-concave
 * density has at most m²/k in (−δ, 0]; half of that is taken. Few: the gaps thin out before 0, which no rule need cause.
 */
export function massAtBoundary(positive: Float64Array, equal: number): number {
  const wanted = Math.max(20, Math.floor(positive.length / 20));
  if (positive.length < 2 * wanted) return equal >= 2 * wanted ? equal / 2 : 0;
  const width = positive[wanted - 1]!;
  const within = firstAbove(positive, width);
  const beyond = firstAbove(positive, 2 * width) - within;
  return (0.5 * within * within) / Math.max(within / 2, beyond);
}

function firstAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
