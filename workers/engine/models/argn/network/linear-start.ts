import { RandomStream } from '../../../../../src/domain/random';
import { type CountedRows, independentRows } from './independent-rows';
import type { SubColumnFacts } from './initialise';
import type { TrainingState } from './network-backend';
import { normalScores } from './normal-scores';
import type { Layout } from './weight-layout';

/** Rows that the regressions are found from, at most. */
const MAX_ROWS = 5000;
/** Share of a target's variance that its inputs explain, at most: a start must not be surer. */
const MAX_EXPLAINED = 0.95;
/** What is left of the random output weights of the other hidden units in a wide table. */
const QUIET = 0.1;
/** Hidden units that are set. */
const UNITS = 3;

export interface StartTable extends CountedRows {
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  readonly facts: readonly SubColumnFacts[];
  /** [training rows] row that is learned in the stead of each; absent = itself. */
  readonly learnedRows?: Uint32Array;
  /** Few rows for its columns: the other output weights are quietened. */
  readonly isWide: boolean;
}

/**
 * Makes three hidden units of each target with ordered codes the normal regression on its inputs, and quietens the others
 * if the table is wide: the untrained model then is a Gaussian copula of sorts, and rows too few to find weak relations
 * among many weights need only correct it (docs/model.md, Linear start).
 */
export async function startLinear(
  layout: Layout,
  table: StartTable,
  state: TrainingState,
  seed: number,
  pause: () => Promise<void>,
): Promise<void> {
  const scores = table.facts.map(normalScores);
  const { subColumns, columnCount, factorCount = 0 } = layout.spec;
  const stride = table.codes.length / subColumns.length;
  const chosen = independentRows(table, MAX_ROWS, new RandomStream(seed, 'rows to start from'));
  const rows = table.learnedRows ? chosen.map((row) => table.learnedRows![row]!) : chosen;
  const values = subColumns.map((_, j) => {
    const own = scores[j];
    return own ? Float32Array.from(rows, (row) => own[table.codes[j * stride + row]!]!) : null;
  });
  for (let j = 0; j < subColumns.length; j++) {
    if (layout.levels(j)) continue;
    if (table.isWide) quieten(layout, state.parameters, j);
    if (!values[j]) continue;
    const inputs = Array.from(layout.inputs(j)).filter((i) => values[i]);
    const isFactor = (i: number) => subColumns[i]!.column >= columnCount - factorCount;
    const columns = inputs.map((i) => values[i]!);
    const seen = inputs.map((i) =>
      isFactor(i) || subColumns[i]!.column === subColumns[j]!.column ? 1 : 0.5,
    );
    const evidence = isFactor(j) ? separately(values[j]!, columns) : regression(values[j]!, columns, seen);
    setUnits(layout, state.parameters, { j, inputs, scores, ...evidence });
    await pause();
  }
  state.average.set(state.parameters);
}

/** Of each input where it is seen, by the variance that is left: what its score says of the target's, and how surely. */
interface Evidence {
  readonly slopes: Float64Array;
  readonly precisions: Float64Array;
}

/**
 * Slopes w of standardised inputs, each seen with a probability s of its own: they minimise the mean squared error over
 * what is seen, w_i + Σ_k≠i w_k s_k r_ik = r_i.
 */
function regression(
  target: Float32Array,
  inputs: readonly Float32Array[],
  seen: readonly number[],
): Evidence {
  const count = inputs.length;
  const rows = target.length;
  const ties = inputs.map((input) => product(input, target));
  const width = count + 1;
  const equations = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < i; k++) {
      const r = product(inputs[i]!, inputs[k]!);
      equations[i * width + k] = seen[k]! * r;
      equations[k * width + i] = seen[i]! * r;
    }
    equations[i * width + i] = 1 + count / rows;
    equations[i * width + count] = ties[i]!;
  }
  const slopes = solve(equations, count);
  const sums = new Float32Array(rows);
  inputs.forEach((input, i) => {
    for (let r = 0; r < rows; r++) sums[r]! += slopes[i]! * input[r]!;
  });
  const whole = 2 * product(sums, target) - product(sums, sums);
  const usual = slopes.reduce((sum, slope, i) => sum + seen[i]! * slope * ties[i]!, 0);
  const explained = Math.min(MAX_EXPLAINED, Math.max(0, whole, usual));
  const parts = slopes.map((slope, i) => Math.max(0, slope * ties[i]!));
  const total = parts.reduce((sum, part) => sum + part, 0) || 1;
  const left = 1 - explained;
  return {
    slopes: slopes.map((slope) => slope / left),
    precisions: parts.map((part) => (explained * part) / total / left),
  };
}

/** A factor is what makes its columns depend: each is evidence of its own, r/(1 − r²) and r²/(1 − r²). */
function separately(target: Float32Array, inputs: readonly Float32Array[]): Evidence {
  const ties = Float64Array.from(inputs, (input) => product(input, target));
  const left = ties.map((r) => Math.max(1 - MAX_EXPLAINED, 1 - r * r));
  return {
    slopes: ties.map((r, i) => r / left[i]!),
    precisions: ties.map((r, i) => (r * r) / left[i]!),
  };
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let r = 0; r < a.length; r++) sum += a[r]! * b[r]!;
  return sum / a.length;
}

/** Gauss elimination with pivots of [count][count + 1]. */
function solve(equations: Float64Array, count: number): Float64Array {
  const width = count + 1;
  const order = Array.from({ length: count }, (_, i) => i);
  for (let k = 0; k < count; k++) {
    let best = k;
    for (let i = k + 1; i < count; i++) {
      const size = (row: number) => Math.abs(equations[order[row]! * width + k]!);
      if (size(i) > size(best)) best = i;
    }
    [order[k], order[best]] = [order[best]!, order[k]!];
    const pivot = order[k]! * width;
    for (let i = k + 1; i < count; i++) {
      const row = order[i]! * width;
      const factor = equations[row + k]! / equations[pivot + k]!;
      for (let c = k; c < width; c++) equations[row + c]! -= factor * equations[pivot + c]!;
    }
  }
  const solution = new Float64Array(count);
  for (let k = count - 1; k >= 0; k--) {
    const row = order[k]! * width;
    let value = equations[row + count]!;
    for (let c = k + 1; c < count; c++) value -= equations[row + c]! * solution[c]!;
    solution[k] = value / equations[row + k]!;
  }
  return solution;
}

/** The shares of the single column then are what the untrained model knows. */
function quieten(layout: Layout, weights: Float32Array, j: number): void {
  const output = layout.output(j);
  const end = output + layout.spec.subColumns[j]!.hidden * layout.outputWidth(j);
  for (let at = output; at < end; at++) weights[at]! *= QUIET;
}

interface UnitStart extends Evidence {
  readonly j: number;
  readonly inputs: readonly number[];
  readonly scores: readonly (Float64Array | null)[];
}

/**
 * With s the regression, ψ the target's scores and R² the share explained, the normal conditional is
 * log p(y) + (s·ψ − ½R²·ψ²)/(1 − R²). The first two units are relu(s) and relu(−s) over 1 − R². The third sums what each
 * input that is seen adds to R²/(1 − R²): without any, the distribution stays as wide as it is.
 */
function setUnits(
  layout: Layout,
  weights: Float32Array,
  { j, inputs, scores, slopes, precisions }: UnitStart,
): void {
  const { hidden } = layout.spec.subColumns[j]!;
  const output = layout.output(j);
  const width = layout.outputWidth(j);
  scores[j]!.forEach((score, code) => {
    weights[output + code] = score;
    weights[output + width + code] = -score;
    weights[output + 2 * width + code] = -0.5 * score ** 2;
  });
  weights.fill(0, layout.bias(j), layout.bias(j) + UNITS);
  for (const i of layout.inputs(j)) {
    const { dimension } = layout.spec.subColumns[i]!;
    const projection = layout.projection(j, i);
    for (let k = 0; k < dimension; k++) {
      const units = projection + k * hidden;
      weights.fill(0, units, units + UNITS);
    }
    const position = inputs.indexOf(i);
    if (position < 0) continue;
    // The first dimension of the embedding is the score, the last is constant: those between are bends.
    const slope = slopes[position]!;
    weights[projection] = slope;
    weights[projection + 1] = -slope;
    const last = dimension - 1;
    weights[projection + last * hidden + 2] = precisions[position]!;
    const embedding = layout.embedding(j, i);
    scores[i]!.forEach((score, code) => {
      weights[embedding + code * layout.embeddingWidth(i)] = score;
      weights[embedding + code * layout.embeddingWidth(i) + last] = 1;
    });
  }
}
