import { logTail } from '../../../src/domain/chi-square';

/** How strongly the two columns of a table of counts depend on each other, free of what chance adds. */
export interface Dependence {
  /** χ²/n less its mean under independence, at least 0. */
  readonly phiSquare: number;
  /** The largest φ² that the rows and columns in use allow. */
  readonly limit: number;
  /** Degrees of freedom: (rows − 1)(columns − 1) of those in use. */
  readonly freedom: number;
  /** n */
  readonly total: number;
}

const INDEPENDENT: Dependence = { phiSquare: 0, limit: 0, freedom: 0, total: 0 };

/**
 * φ² of a two-way table with Bergsma's correction for the dependence that chance alone shows in small samples ("A
 * bias-correction for Cramér's V and Tschuprow's T", 2013). Empty rows and columns do not count.
 *
 * @param counts row-major [rows][columns]
 */
export function dependenceOf(counts: ArrayLike<number>, rows: number, columns: number): Dependence {
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  let total = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    rowSums[Math.floor(cell / columns)]! += counts[cell]!;
    columnSums[cell % columns]! += counts[cell]!;
    total += counts[cell]!;
  }
  const r = rowSums.filter((sum) => sum > 0).length;
  const c = columnSums.filter((sum) => sum > 0).length;
  if (r < 2 || c < 2 || total < 2) return INDEPENDENT;
  let ratio = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    if (count > 0)
      ratio += (count * count) / (rowSums[Math.floor(cell / columns)]! * columnSums[cell % columns]!);
  }
  const freedom = (r - 1) * (c - 1);
  return {
    phiSquare: Math.max(0, ratio - 1 - freedom / (total - 1)),
    limit: Math.min(r - (r - 1) ** 2 / (total - 1), c - (c - 1) ** 2 / (total - 1)) - 1,
    freedom,
    total,
  };
}

/**
 * Cramér's V, 0 (independent) … 1 (one column determines the other). Orders the pair charts; the reference orders by
 * φK, which costs an integral per shape.
 */
export function cramersV({ phiSquare, limit }: Dependence): number {
  return limit > 0 ? Math.min(1, Math.sqrt(phiSquare / limit)) : 0;
}

/** What a pair must keep of its V, and the V from which a person would miss it. */
const KEPT = 0.85;
const NOTABLE = 0.05;
/** In standard deviations. With hundreds of thousands of pairs, three are passed by chance. */
const BEYOND_CHANCE = 4;
/** Probability of so many. */
const LOG_CHANCE = Math.log(3.17e-5);

/** Whether a pair of the original depends on each other notably, and by more than chance. */
export function isNotable(original: Dependence): boolean {
  const { phiSquare, freedom, total } = original;
  if (cramersV(original) < NOTABLE) return false;
  // Few degrees of freedom have larger tails than a normal of the same variance.
  return logTail(total * phiSquare + (freedom * total) / (total - 1), freedom) < LOG_CHANCE;
}

/** Whether the synthetic rows keep less than 85 % of a notable V, by more than chance. */
export function isWeaker(original: Dependence, synthetic: Dependence): boolean {
  const lost = original.phiSquare - synthetic.phiSquare;
  return (
    isNotable(original) &&
    cramersV(synthetic) < KEPT * cramersV(original) &&
    lost > BEYOND_CHANCE * Math.sqrt(varianceOf(original) + varianceOf(synthetic))
  );
}

/** Of φ²: n·φ² follows the noncentral χ² with variance 2·(degrees of freedom) + 4n·φ². */
function varianceOf({ phiSquare, freedom, total }: Dependence): number {
  return total === 0 ? 0 : (2 * freedom) / total ** 2 + (4 * phiSquare) / total;
}
