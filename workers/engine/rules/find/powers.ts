import type { RuleOf } from '../../../../src/domain/rules';
import { productOf, type SampledFactor } from './fit-product';
import { MIN_SURPRISE, surprise } from './lines';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';
import { stepsOf } from './units';

type Product = RuleOf<'product'>;
type MakeFactor = (column: SampledColumn, power: number) => SampledFactor;

const POWERS: readonly number[] = [-3, -2, -1, -0.5, 0.5, 1, 2, 3];
/** Distance of a fitted power from the one that is tried. */
const MAX_OFF = 0.3;
/** Rows that powers are fitted to, and among how many they are looked for. */
const FITTED_ROWS = 12;
const LOOKED_ROWS = 400;
const MIN_FITTED = 8;
/** Variance of the target's logarithms that a fit leaves, as a share. */
const MAX_LEFT = 0.05;
/** Values that a column needs for its power to be told. */
const MIN_VALUES = 5;

/** A column with what is asked of it again and again. */
interface Candidate {
  readonly column: SampledColumn;
  /** Logarithms of sizes in the first rows; NaN = missing or 0. */
  readonly logs: Float64Array;
}

/**
 * Columns that are a power of another, or the product or ratio of powers of two others, times a constant: bodies, areas,
 * speeds, energies. A regression of logarithms in a few rows tells the powers, and those near whole ones or roots are
 * tried. Plain products and ratios are not among them. Of several targets, the one that takes most steps is listed.
 */
export async function findPowers(
  factor: MakeFactor,
  numeric: readonly SampledColumn[],
  pacer: Pacer,
): Promise<Product[]> {
  const candidates = numeric.map((column) => ({
    column,
    logs: column.numbers!.slice(0, LOOKED_ROWS).map(logarithm),
  }));
  const found: Product[] = [];
  const add = (rule: Product | null) => {
    if (rule) found.push(rule);
  };
  for (const [i, a] of candidates.entries()) {
    for (const [j, b] of candidates.entries()) {
      if (j <= i) continue;
      if (readMoments(b.logs, a.logs, null)) add(bestOf(factor, [b, a]));
      for (let k = j + 1; k < candidates.length; k++) {
        const c = candidates[k]!;
        if (readMoments(c.logs, b.logs, a.logs)) add(bestOf(factor, [c, b, a]));
      }
      if (pacer.due) await pacer.tick();
    }
  }
  return found;
}

function logarithm(value: number): number {
  return value === 0 ? Number.NaN : Math.log(Math.abs(value));
}

/** The rule of two or three columns whose target takes most steps. */
function bestOf(factor: MakeFactor, group: readonly Candidate[]): Product | null {
  let best: Product | null = null;
  let bestSteps = 0;
  for (const [t, target] of group.entries()) {
    const powers = fittedPowers(t, group.length);
    if (!powers || (best && stepsOf(target.column) <= 1.5 * bestSteps)) continue;
    const inputs = group.filter((other) => other !== target);
    if (inputs.some(({ column }, i) => Math.abs(powers[i]!) !== 1 && column.cells.length < MIN_VALUES))
      continue;
    if (inputs.length === 1 && surprise(inputs[0]!.column, target.column) < MIN_SURPRISE) continue;
    const rule = productOf(
      target.column,
      inputs.map(({ column }, i) => factor(column, powers[i]!)),
    );
    if (!rule) continue;
    best = rule;
    bestSteps = stepsOf(target.column);
  }
  return best;
}

/** Covariances of the logarithms of the two or three columns that were read last, [3][3]. */
const moments = new Float64Array(9);
const rows = new Uint16Array(FITTED_ROWS);

/** False if too few rows have all values, or no column of three can be a power of the others. */
function readMoments(a: Float64Array, b: Float64Array, c: Float64Array | null): boolean {
  const last = c ?? a;
  let count = 0;
  let [meanA, meanB, meanC] = [0, 0, 0];
  for (let row = 0; row < a.length && count < FITTED_ROWS; row++) {
    if (Number.isNaN(a[row]! + b[row]! + last[row]!)) continue;
    meanA += a[row]!;
    meanB += b[row]!;
    meanC += last[row]!;
    rows[count++] = row;
  }
  if (count < MIN_FITTED) return false;
  meanA /= count;
  meanB /= count;
  meanC /= count;
  let [aa, ab, ac, bb, bc, cc] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const x = a[rows[i]!]! - meanA;
    const y = b[rows[i]!]! - meanB;
    const z = last[rows[i]!]! - meanC;
    aa += x * x;
    ab += x * y;
    ac += x * z;
    bb += y * y;
    bc += y * z;
    cc += z * z;
  }
  moments.set([aa, ab, ac, ab, bb, bc, ac, bc, cc]);
  if (!c) return true;
  // What the best fit leaves of any of three: the determinant over that of the other two.
  const determinant = aa * (bb * cc - bc * bc) - ab * (ab * cc - bc * ac) + ac * (ab * bc - bb * ac);
  const left =
    MAX_LEFT * Math.max(aa * (bb * cc - bc * bc), bb * (aa * cc - ac * ac), cc * (aa * bb - ab * ab));
  return determinant <= left;
}

/** Powers of the other columns that give the target; null if the fit is bad or a plain product says the same. */
function fittedPowers(target: number, size: number): readonly number[] | null {
  const own = moments[4 * target]!;
  if (own === 0) return null;
  const [u, v] = [0, 1, 2].filter((k) => k !== target && k < size) as [number, number?];
  const [tu, uu] = [moments[3 * target + u]!, moments[4 * u]!];
  if (v === undefined) {
    const power = nearest(tu / uu);
    return power === null || power === 1 || own - (tu / uu) * tu > MAX_LEFT * own ? null : [power];
  }
  const [tv, vv, uv] = [moments[3 * target + v]!, moments[4 * v]!, moments[3 * u + v]!];
  const determinant = uu * vv - uv * uv;
  if (determinant <= 1e-6 * uu * vv) return null;
  const p = (tu * vv - tv * uv) / determinant;
  const q = (tv * uu - tu * uv) / determinant;
  if (own - p * tu - q * tv > MAX_LEFT * own) return null;
  const [first, second] = [nearest(p), nearest(q)];
  if (first === null || second === null) return null;
  return Math.abs(first) === 1 && Math.abs(second) === 1 ? null : [first, second];
}

/** The power that is tried for a fitted one. */
function nearest(fitted: number): number | null {
  let best: number | null = null;
  for (const power of POWERS) {
    const off = Math.abs(fitted - power);
    if (off <= MAX_OFF && (best === null || off < Math.abs(fitted - best))) best = power;
  }
  return best;
}
