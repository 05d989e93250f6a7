/** Standard deviations by which two halves must differ to be told apart, and rows of both. */
const SIGNIFICANT = 3.5;
const MIN_ROWS = 30;

/**
 * Corrects the expected counts of neighbouring cells where two halves of them differ significantly from what is expected,
 * and then those of each half: steps of a density that no spline follows (Haar wavelets with a hard threshold: Donoho et
 * al. 1996, doi:10.1214/aos/1032894451). What differs by chance stays expected.
 * @param expected changed
 * @param from, to the cells looked at; all by default
 */
export function addSteps(
  counts: ArrayLike<number>,
  expected: Float64Array,
  from = 0,
  to = expected.length,
): void {
  if (to - from < 2) return;
  let rows = 0;
  let sum = 0;
  for (let i = from; i < to; i++) {
    rows += counts[i]!;
    sum += expected[i]!;
  }
  if (rows < MIN_ROWS || !(sum > 0)) return;
  let middle = from + 1;
  let left = expected[from]!;
  let held = counts[from]!;
  while (middle < to - 1 && left + expected[middle]! / 2 < sum / 2) {
    left += expected[middle]!;
    held += counts[middle++]!;
  }
  const share = left / sum;
  const deviation = Math.sqrt(rows * share * (1 - share));
  if (Math.abs(held - rows * share) > SIGNIFICANT * Math.max(deviation, 1)) {
    const factors = [held / rows / share, (1 - held / rows) / (1 - share)];
    for (let i = from; i < to; i++) expected[i]! *= i < middle ? factors[0]! : factors[1]!;
  }
  addSteps(counts, expected, from, middle);
  addSteps(counts, expected, middle, to);
}
