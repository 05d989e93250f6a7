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
const FITTED_ROWS = 24;
const LOOKED_ROWS = 400;
const MIN_FITTED = 8;
/** Variance of the target's logarithms that a fit leaves, as a share. */
const MAX_LEFT = 0.05;
/** Values that a column needs for its power to be told. */
const MIN_VALUES = 5;

/** A column with what is asked of it again and again. */
interface Candidate {
  readonly column: SampledColumn;
  readonly steps: number;
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
    steps: stepsOf(column),
    logs: column.numbers!.slice(0, LOOKED_ROWS).map(logarithm),
  }));
  const found: Product[] = [];
  const add = (rule: Product | null) => {
    if (rule) found.push(rule);
  };
  for (const [i, a] of candidates.entries()) {
    for (const [j, b] of candidates.entries()) {
      if (j <= i) continue;
      add(bestOf(factor, [b, a]));
      for (let k = j + 1; k < candidates.length; k++) add(bestOf(factor, [candidates[k]!, b, a]));
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
  if (!readMoments(group)) return null;
  let best: Product | null = null;
  let bestSteps = 0;
  for (const [t, target] of group.entries()) {
    if (best && target.steps <= 1.5 * bestSteps) continue;
    const powers = fittedPowers(t, group.length);
    if (!powers) continue;
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
    bestSteps = target.steps;
  }
  return best;
}

/** Covariances of the logarithms of the group that was read last, [3][3]; of a pair, the first two. */
const moments = new Float64Array(9);
const rows = new Uint16Array(FITTED_ROWS);

/** False if too few rows have all values. */
function readMoments(group: readonly Candidate[]): boolean {
  const [a, b, c] = group.map(({ logs }) => logs);
  let count = 0;
  for (let row = 0; row < a!.length && count < FITTED_ROWS; row++) {
    const sum = a![row]! + b![row]! + (c ? c[row]! : 0);
    if (!Number.isNaN(sum)) rows[count++] = row;
  }
  if (count < MIN_FITTED) return false;
  const columns = [a!, b!, c ?? a!];
  const means = columns.map((logs) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += logs[rows[i]!]!;
    return sum / count;
  });
  for (let x = 0; x < 3; x++) {
    for (let y = x; y < 3; y++) {
      let sum = 0;
      for (let i = 0; i < count; i++)
        sum += (columns[x]![rows[i]!]! - means[x]!) * (columns[y]![rows[i]!]! - means[y]!);
      moments[3 * x + y] = sum;
      moments[3 * y + x] = sum;
    }
  }
  return true;
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
