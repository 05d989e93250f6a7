import { snap } from './bin-values';
import { firstLattice, type Lattice } from './lattices';
import type { Bin } from './quantile-bins';
import { lowerBound } from './sorted-values';

/** Above this ratio of its edges a cell is drawn log-uniformly. */
const LOG_RATIO = 4;
/** Draws of a value, of which those that hit another lattice or a value that is drawn by itself are repeated. */
const MAX_ATTEMPTS = 12;
/** Steps to either side in which a value of the lattice is looked for when no draw hit one. */
const MAX_STEPS = 40;
/** Number of the draw that says what kind of value it is: apart from those of the position. */
const KIND = 1000;

/**
 * A value of the bin: one that it lists, or one drawn within a cell and moved to the lattice drawn for it.
 * @param points ascending values with a code of their own
 * @param lattices all of the column, or none for a column without a grid
 * @param uniform in [0, 1) by the number of the draw
 */
export function drawFromBin(
  bin: Bin,
  points: readonly number[],
  lattices: readonly Lattice[],
  uniform: (attempt: number) => number,
): number {
  let kind = lattices.length > 1 || bin.values ? uniform(KIND) : 0;
  if (bin.values) {
    for (let i = 0; i < bin.values.length; i++) {
      if (kind < bin.valueShare![i]!) return bin.values[i]!;
      kind -= bin.valueShare![i]!;
    }
    kind /= 1 - bin.valueShare!.reduce((sum, share) => sum + share, 0);
  }
  let cell = 0;
  let left = uniform(0);
  while (cell < bin.share.length - 1 && left >= bin.share[cell]!) left -= bin.share[cell++]!;
  const lower = bin.lower[cell]!;
  const upper = bin.upper[cell]!;
  const part = bin.share[cell]! > 0 ? Math.min(left / bin.share[cell]!, 1 - 2 ** -53) : left;
  const x = within(lower, upper, part);
  if (lattices.length === 0) return Math.min(Math.max(x, lower), upper);
  return drawOnLattice(bin, x, pickLattice(bin, kind, lattices), points, lattices, (attempt) =>
    within(lower, upper, uniform(attempt)),
  );
}

function pickLattice(bin: Bin, kind: number, lattices: readonly Lattice[]): number {
  if (!bin.lattice) return lattices.length - 1;
  let left = kind;
  for (let i = 0; i < bin.lattice.length - 1; i++) {
    if (left < bin.latticeShare![i]!) return bin.lattice[i]!;
    left -= bin.latticeShare![i]!;
  }
  return bin.lattice[bin.lattice.length - 1]!;
}

/** The value of a lattice at x that is free, at further draws of x, or beside the first one. */
function drawOnLattice(
  bin: Bin,
  x: number,
  wanted: number,
  points: readonly number[],
  lattices: readonly Lattice[],
  again: (attempt: number) => number,
): number {
  const first = bin.lower[0]! + 0.5;
  const last = bin.upper[bin.upper.length - 1]! - 0.5;
  const isFree = (units: number) =>
    units >= first &&
    units <= last &&
    points[lowerBound(points, units)] !== units &&
    !bin.values?.includes(units);
  for (let lattice = wanted; lattice < lattices.length; lattice++) {
    const { step } = lattices[lattice]!;
    const fits = (units: number) => isFree(units) && firstLattice(lattices, units) === lattice;
    const start = snap(x, lattices[lattice]!);
    if (fits(start)) return start;
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      const units = snap(again(attempt), lattices[lattice]!);
      if (fits(units)) return units;
    }
    for (let steps = 1; steps <= MAX_STEPS; steps++) {
      const away = start > x ? -steps * step : steps * step;
      if (fits(start + away)) return start + away;
      if (fits(start - away)) return start - away;
    }
  }
  return Math.min(Math.max(Math.round(x), first), last);
}

/** Linear from edge to edge, or geometric where the edges are far apart. */
function within(lower: number, upper: number, part: number): number {
  if (lower > 0 && upper / lower > LOG_RATIO) {
    return Math.exp(Math.log(lower) * (1 - part) + Math.log(upper) * part);
  }
  if (upper < 0 && lower / upper > LOG_RATIO) {
    return -Math.exp(Math.log(-lower) * (1 - part) + Math.log(-upper) * part);
  }
  return lower * (1 - part) + upper * part;
}
