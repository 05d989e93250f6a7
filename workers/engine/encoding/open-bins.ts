import type { ProtectionPlan } from '../privacy/protection';
import type { BinWithRows } from './quantile-bins';
import { lowerBound, type Runs } from './sorted-values';

/** With fewer rows to tell, bins are described by all of them. */
const MIN_ROWS = 200;

/** The values that have no code of their own. @param points ascending values that have one */
export function withoutPoints({ values, counts }: Runs, points: Float64Array): Runs {
  const isFree = (value: number) => points[lowerBound(points, value)] !== value;
  return {
    values: values.filter(isFree),
    counts: counts.filter((_, i) => isFree(values[i]!)),
  };
}

/**
 * The bins with the cells' shares among the rows whose values are drawn from them; the others get theirs from another
 * column. Cells that fewer rows hold than make a value common are not drawn, and a bin with no other cell stays as it is.
 * @param open values of these rows without a code of their own
 * @returns null where they are too few
 */
export function openBins(
  bins: readonly BinWithRows[],
  open: Runs,
  plan: ProtectionPlan,
): BinWithRows[] | null {
  if (open.counts.reduce((sum, count) => sum + count, 0) < MIN_ROWS) return null;
  let next = 0;
  return bins.map((bin, b) => {
    const { upper } = bin;
    const rows = upper.map(() => 0);
    const end = bins[b + 1]?.lower[0] ?? Number.POSITIVE_INFINITY;
    for (let cell = 0; next < open.values.length && open.values[next]! < end; next++) {
      while (cell < upper.length - 1 && open.values[next]! >= upper[cell]!) cell++;
      rows[cell]! += open.counts[next]!;
    }
    const kept = rows.map((count) => (count >= plan.threshold ? count : 0));
    const sum = kept.reduce((total, count) => total + count, 0);
    const all = rows.reduce((total, count) => total + count, 0);
    return { ...bin, rows: all, share: sum > 0 ? kept.map((count) => count / sum) : bin.share };
  });
}
