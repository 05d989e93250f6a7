/** How well scores tell members from others. */
export interface Separation {
  /** Probability that a member has the larger score, ties half. Chance is ½. */
  readonly auc: number;
  /** DeLong's structural components: per member the share of others below it, ties half. */
  readonly above: Float64Array;
  /** Per other: the share of members above it. */
  readonly below: Float64Array;
}

/**
 * Area under the ROC curve with the components of its variance (DeLong, DeLong & Clarke-Pearson 1988, "Comparing the
 * areas under two or more correlated receiver operating characteristic curves").
 */
export function separation(members: Float64Array, others: Float64Array): Separation {
  const [sortedMembers, sortedOthers] = [members.slice().sort(), others.slice().sort()];
  const above = members.map((score) => shareBelow(sortedOthers, score));
  const below = others.map((score) => 1 - shareBelow(sortedMembers, score));
  return { auc: mean(above), above, below };
}

/** Share of ascending scores below one, ties half. */
function shareBelow(sorted: Float64Array, score: number): number {
  return (countUpTo(sorted, score, false) + countUpTo(sorted, score, true)) / 2 / sorted.length;
}

function countUpTo(sorted: Float64Array, score: number, included: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < score || (included && sorted[middle] === score)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A mean with its standard error. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** The AUC of one attack on independent rows. */
export function aucOf({ auc, above, below }: Separation): Estimate {
  return { value: auc, error: Math.sqrt(variance(above) / above.length + variance(below) / below.length) };
}

/**
 * The AUC of a swapped pair: two models, the members of each the others of the other. What a row's nature adds to its
 * score counts once for and once against, so the components of a row are averaged before their variance is taken.
 * @param first its members are in the same order as the others of `second`, and the other way round
 */
export function swappedAuc(first: Separation, second: Separation): Estimate {
  const a = first.above.map((share, row) => (share + second.below[row]!) / 2);
  const b = second.above.map((share, row) => (share + first.below[row]!) / 2);
  return {
    value: (first.auc + second.auc) / 2,
    error: Math.sqrt(variance(a) / a.length + variance(b) / b.length),
  };
}

/** Mean of independent estimates. */
export function meanEstimate(estimates: readonly Estimate[]): Estimate {
  const count = estimates.length;
  const squares = estimates.reduce((sum, { error }) => sum + error * error, 0);
  return {
    value: estimates.reduce((sum, { value }) => sum + value, 0) / count,
    error: Math.sqrt(squares) / count,
  };
}

/**
 * Share of members found when at most so many of the others are taken for members.
 * @param share of the others, as .01; chance is the same number
 */
export function truePositives(members: Float64Array, others: Float64Array, share: number): number {
  const sorted = others.slice().sort();
  const threshold = sorted[sorted.length - 1 - Math.floor(share * sorted.length)] ?? Number.NEGATIVE_INFINITY;
  // Members at the threshold count as often as others at it would have to, to use up the share.
  const over = sorted.length - countUpTo(sorted, threshold, true);
  const tied = countUpTo(sorted, threshold, true) - countUpTo(sorted, threshold, false);
  const part = tied === 0 ? 0 : (share * sorted.length - over) / tied;
  let found = 0;
  for (const score of members) found += score > threshold ? 1 : score === threshold ? part : 0;
  return found / members.length;
}

export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(values.length - 1, 1);
}
