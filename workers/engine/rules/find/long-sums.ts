import type { RuleOf } from '../../../../src/domain/rules';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';
import { solveFor, type Term } from './sums';
import { unitOf } from './units';

const MAX_COLUMNS = 150;
const MAX_TERMS = 40;
const SOLVED_ROWS = 600;

interface Pivot {
  readonly column: SampledColumn;
  /** Residual of the column, of length one. */
  readonly direction: Float64Array;
  /** `direction` = Σ weight · centred column, over the pivots up to this one. */
  readonly weights: Float64Array;
}

/**
 * Columns that are a weighted sum of any number of others: each column is compared with those before it by Gram–Schmidt
 * orthogonalisation over rows without missing values, columns of large spread first, so that totals stand before parts.
 */
export async function findLongSums(
  columns: readonly SampledColumn[],
  pacer: Pacer,
): Promise<RuleOf<'linear'>[]> {
  const numeric = columns.filter(({ type, cells }) => type === 'number' && cells.length >= 2);
  if (numeric.length < 3) return [];
  const { chosen, rows } = completeRows(numeric.slice(0, MAX_COLUMNS));
  if (rows.length < 3 * chosen.length + 30) return [];
  const taken = rows.subarray(0, Math.max(SOLVED_ROWS, 3 * chosen.length + 30));
  const centred = chosen
    .map((column) => ({ column, values: centre(column, taken) }))
    .map((entry) => ({ ...entry, norm: norm(entry.values) }))
    .sort((a, b) => b.norm - a.norm);
  // What follows from the others but for its rounding is left out of one of the two: sums of rounded numbers would take
  // the noise of that rounding for terms.
  const all = new Basis();
  const clean = new Basis();
  const found: RuleOf<'linear'>[] = [];
  for (const { column, values, norm: size } of centred) {
    if (size === 0) continue;
    const exact = all.project(values);
    const noise = Math.sqrt(taken.length) * 0.6 * unitOf(column);
    const rounded = clean.isSame(all) ? exact : clean.project(values);
    const isRounded = rounded.left <= noise && size > 6 * noise;
    // Flags and scales of few steps could hide in a rounding, unless nothing is left.
    const isExact = exact.left <= 1e-7 * size;
    const rule =
      (isExact ? snapped(column, all.pivots, exact.weights) : null) ??
      (isRounded ? snapped(column, clean.pivots, rounded.weights) : null);
    if (rule) {
      found.push(rule);
      continue;
    }
    if (exact.left > 1e-9 * size) all.add(column, exact);
    if (!isRounded && rounded.left > 1e-9 * size) clean.add(column, rounded);
    await pacer.tick();
  }
  return found;
}

interface Projection {
  readonly residual: Float64Array;
  readonly left: number;
  readonly weights: Float64Array;
}

/** Orthogonal directions of columns that no sum of those before tells. */
class Basis {
  readonly pivots: Pivot[] = [];

  /** What of a column's values no column of the basis tells, and the weights of those that tell the others. */
  project(values: Float64Array): Projection {
    const residual = values.slice();
    const weights = new Float64Array(this.pivots.length + 1);
    // Twice is enough: the second pass removes what the first left by rounding.
    for (let pass = 0; pass < 2; pass++) {
      for (const pivot of this.pivots) {
        const share = dot(residual, pivot.direction);
        for (let i = 0; i < residual.length; i++) residual[i]! -= share * pivot.direction[i]!;
        for (let i = 0; i < pivot.weights.length; i++) weights[i]! += share * pivot.weights[i]!;
      }
    }
    return { residual, left: norm(residual), weights };
  }

  add(column: SampledColumn, { residual, left, weights }: Projection): void {
    const own = weights.map((weight) => -weight / left);
    own[this.pivots.length] = 1 / left;
    this.pivots.push({ column, direction: residual.map((value) => value / left), weights: own });
  }

  isSame(other: Basis): boolean {
    return this.pivots.length === other.pivots.length;
  }
}

/**
 * The relation with coefficients rounded to few decimals, if rows keep it so: the column in which the others have the
 * shortest factors is the target.
 */
function snapped(
  column: SampledColumn,
  pivots: readonly Pivot[],
  weights: Float64Array,
): RuleOf<'linear'> | null {
  const all: Term[] = [[column, -1]];
  for (const [i, pivot] of pivots.entries())
    if (Math.abs(weights[i]!) > 5e-4) all.push([pivot.column, weights[i]!]);
  const targets = [...all].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, MAX_TERMS);
  for (const decimals of [0, 1, 2, 3, 4]) {
    const scale = 10 ** decimals;
    for (const target of targets) {
      const others = all.filter((term) => term !== target);
      const factors = others.map(
        ([x, weight]) => [x, Math.round((-weight / target[1]) * scale) / scale] as const,
      );
      const terms = factors.filter(([, factor]) => factor !== 0);
      if (terms.length < 2 || terms.length > MAX_TERMS) continue;
      const rule = solveFor([[target[0], -1], ...terms]);
      if (rule) return rule;
    }
  }
  return null;
}

/** Rows without missing values, after leaving out the columns that miss most until there are enough. */
function completeRows(columns: readonly SampledColumn[]): { chosen: SampledColumn[]; rows: Int32Array } {
  let chosen = [...columns].sort((a, b) => b.present - a.present || a.at - b.at);
  for (;;) {
    const all = Int32Array.from(chosen[0]!.codes.keys());
    const rows = all.filter((row) => chosen.every(({ numbers }) => !Number.isNaN(numbers![row]!)));
    if (rows.length >= 3 * chosen.length + 200 || chosen.length <= 3) return { chosen, rows };
    if (chosen.at(-1)!.present === chosen[0]!.codes.length) return { chosen, rows };
    chosen = chosen.slice(0, -1);
  }
}

function centre({ numbers }: SampledColumn, rows: Int32Array): Float64Array {
  let sum = 0;
  for (const row of rows) sum += numbers![row]!;
  const mean = sum / rows.length;
  return Float64Array.from(rows, (row) => numbers![row]! - mean);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(values: Float64Array): number {
  return Math.sqrt(dot(values, values));
}
