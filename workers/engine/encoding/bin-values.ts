import type { ProtectionPlan } from '../privacy/protection';
import { BinRows, dispersion } from './bin-rows';
import type { Lattice } from './lattices';
import type { Bin, BinValues, BinWithRows } from './quantile-bins';
import { lowerBound, type Runs } from './sorted-values';

/** Rows on a lattice in a run of bins that share its frequency, at least. */
const ROWS_OF_SHARE = 20;
/** Variance of the rows of single values against chance that means "many". */
const MANY = 2.5;
const FITTING_ROUNDS = 30;
/**
 * The bins with their lattices and frequent values.
 * @param runs values without a code of their own
 * @param points ascending values with one
 */
export function describeBins(
  bins: readonly BinWithRows[],
  runs: Runs,
  points: Float64Array,
  lattices: readonly Lattice[],
  plan: ProtectionPlan,
): BinWithRows[] {
  const starts = bins.map((bin, b) => (b === 0 ? 0 : lowerBound(runs.values, bin.lower[0]!)));
  const parts = bins.map((bin, b) => new BinRows(bin, runs, starts[b]!, starts[b + 1] ?? runs.values.length));
  const lenient = dispersion(parts, points, lattices) > MANY;
  for (const part of parts) part.findValues(points, lattices, lenient, plan);
  const shares = latticeShares(parts, points, lattices, plan);
  return bins.map((bin, b) => ({
    ...bin,
    ...cellsWithoutValues(parts[b]!, plan),
    ...toJson(parts[b]!, shares[b]!),
  }));
}

/**
 * Shares of the lattices by bin. A lattice's rows are counted over as many neighbouring bins as hold `ROWS_OF_SHARE`
 * of them, so that no bin shows single rows. Within such a run bins differ only by how many values of the lattice they
 * have; iterative proportional fitting (Deming & Stephan 1940) then brings the rows of every run and of every bin to
 * their numbers.
 */
function latticeShares(
  parts: readonly BinRows[],
  points: Float64Array,
  lattices: readonly Lattice[],
  plan: ProtectionPlan,
): Float64Array[] {
  if (lattices.length === 1) return parts.map(() => Float64Array.of(1));
  const rows = parts.map((part) => part.count(lattices));
  const all = rows.map((counts) => counts.reduce((sum, count) => sum + count, 0));
  const shares = parts.map((part) => {
    const width = part.last - part.first + 1;
    return part.available(points, lattices).map((count, j) => (count * lattices[j]!.step) / width);
  });
  for (let j = 0; j < lattices.length - 1; j++) {
    // What fewer rows than make a value common lie on is never drawn.
    if (rows.reduce((sum, counts) => sum + counts[j]!, 0) >= plan.threshold) continue;
    for (const share of shares) share[j] = 0;
  }
  const runs = lattices.flatMap((_, j) =>
    groupBins(rows, j).map(([from, to]) => {
      let held = 0;
      for (let b = from; b < to; b++) held += rows[b]![j]!;
      return { j, from, to, held };
    }),
  );
  for (let round = 0; round < FITTING_ROUNDS; round++) {
    for (const { j, from, to, held } of runs) {
      let fitted = 0;
      for (let b = from; b < to; b++) fitted += all[b]! * shares[b]![j]!;
      if (fitted > 0) for (let b = from; b < to; b++) shares[b]![j]! *= held / fitted;
    }
    for (const share of shares) normalise(share);
  }
  return shares;
}

/** Runs of bins [from, to) with enough rows on a lattice; what remains at the end joins the last run. */
function groupBins(rows: readonly Float64Array[], lattice: number): [number, number][] {
  const groups: [number, number][] = [];
  let from = 0;
  let held = 0;
  for (let b = 0; b < rows.length; b++) {
    held += rows[b]![lattice]!;
    if (held < ROWS_OF_SHARE && b + 1 < rows.length) continue;
    if (held < ROWS_OF_SHARE && groups.length > 0) groups[groups.length - 1]![1] = b + 1;
    else groups.push([from, b + 1]);
    from = b + 1;
    held = 0;
  }
  return groups;
}

function normalise(share: Float64Array): void {
  const sum = share.reduce((total, part) => total + part, 0);
  if (sum <= 0) share[share.length - 1] = 1;
  else for (let j = 0; j < share.length; j++) share[j]! /= sum;
}

/** Shares of the cells among the rows that have no value of their own; cells with too few of them are not drawn. */
function cellsWithoutValues(
  { bin, runs, from, to, chosen }: BinRows,
  plan: ProtectionPlan,
): Pick<Bin, 'share'> {
  if (chosen.size === 0) return { share: bin.share };
  const rows = bin.share.map(() => 0);
  for (let i = from; i < to; i++) {
    const units = runs.values[i]!;
    if (chosen.has(units)) continue;
    let cell = 0;
    while (cell < rows.length - 1 && units > bin.upper[cell]!) cell++;
    rows[cell]! += runs.counts[i]!;
  }
  const kept = rows.map((count) => (count >= plan.threshold ? count : 0));
  const sum = kept.reduce((total, count) => total + count, 0);
  return { share: sum > 0 ? kept.map((count) => count / sum) : bin.share };
}

function toJson({ bin, chosen }: BinRows, share: Float64Array): BinValues {
  const values = [...chosen].sort((a, b) => a[0] - b[0]);
  const used = Array.from(share, (part, j) => [j, round(part)] as const).filter(([, part]) => part > 0);
  const onlyIntegers = used.length === 0 || (used.length === 1 && used[0]![0] === share.length - 1);
  return {
    ...(values.length > 0
      ? {
          values: values.map(([units]) => units),
          valueShare: values.map(([, count]) => round(count / bin.rows)),
        }
      : {}),
    ...(onlyIntegers ? {} : { lattice: used.map(([j]) => j), latticeShare: used.map(([, part]) => part) }),
  };
}

/** Shares to a thousandth: short, and more would be the sample's alone. */
function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
