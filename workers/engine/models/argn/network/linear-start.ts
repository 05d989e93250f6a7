import { normalScores } from '../factors/normal-scores';
import type { SubColumnFacts } from './initialise';
import type { TrainingState } from './network-backend';
import type { Layout } from './weight-layout';

/** Rows that the regressions are found from, at most. */
const MAX_ROWS = 5000;
/** Share of a target's variance that its inputs explain, at most: a start must not be surer. */
const MAX_EXPLAINED = 0.95;
/** What is left of the random output weights of the other hidden units. */
const QUIET = Number(globalThis.process?.env?.QUIET ?? 0.1);

/** The rows that a network starts from. */
export interface StartTable {
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  readonly trainingRows: number;
  readonly facts: readonly SubColumnFacts[];
  /** Columns from this one on come first in most orders. */
  readonly firstFactor: number;
}

/**
 * Makes two hidden units of each target with ordered codes the normal regression on its inputs, and quietens the others:
 * the untrained model then is a Gaussian copula of sorts, and rows too few to find weak relations among many weights need
 * only correct it (docs/model.md, Linear start).
 */
export async function startLinear(
  layout: Layout,
  table: StartTable,
  state: TrainingState,
  pause: () => Promise<void>,
): Promise<void> {
  const scores = table.facts.map(normalScores);
  const { subColumns } = layout.spec;
  const stride = table.codes.length / subColumns.length;
  const rows = Math.min(table.trainingRows, MAX_ROWS);
  const values = subColumns.map((_, j) => {
    const own = scores[j];
    return own ? Float32Array.from({ length: rows }, (_, r) => own[table.codes[j * stride + r]!]!) : null;
  });
  for (let j = 0; j < subColumns.length; j++) {
    if (!values[j] || layout.levels(j)) continue;
    const inputs = Array.from(layout.inputs(j)).filter((i) => values[i]);
    const seen = inputs.map((i) => {
      const { column } = subColumns[i]!;
      return column >= table.firstFactor || column === subColumns[j]!.column ? 1 : 0.5;
    });
    const columns = inputs.map((i) => values[i]!);
    const { weights, explained } = regression(values[j]!, columns, seen);
    const start = { j, inputs, scores, weights, explained };
    setUnits(layout, state.parameters, start);
    if (j % 16 === 15) await pause();
  }
  state.average.set(state.parameters);
}

interface Regression {
  readonly weights: Float64Array;
  /** Share of the variance. */
  readonly explained: number;
}

/**
 * Weights of standardised inputs, each seen with a probability of its own: they minimise the mean squared error over
 * what is seen, Σ_k w_k s_k r_ik = r_i with s_i = 1 in its own equation.
 */
function regression(
  target: Float32Array,
  inputs: readonly Float32Array[],
  seen: readonly number[],
): Regression {
  const count = inputs.length;
  const rows = target.length;
  const width = count + 1;
  const equations = new Float64Array(count * width);
  const product = (a: Float32Array, b: Float32Array) => {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += a[r]! * b[r]!;
    return sum / rows;
  };
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < i; k++) {
      const r = product(inputs[i]!, inputs[k]!);
      equations[i * width + k] = seen[k]! * r;
      equations[k * width + i] = seen[i]! * r;
    }
    equations[i * width + i] = 1 + count / rows;
    equations[i * width + count] = product(inputs[i]!, target);
  }
  const right = Float64Array.from(inputs, (_, i) => equations[i * width + count]!);
  const weights = solve(equations, count);
  const explained = weights.reduce((sum, w, i) => sum + w * seen[i]! * right[i]!, 0);
  return { weights, explained: Math.min(MAX_EXPLAINED, Math.max(0, explained)) };
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

interface UnitStart extends Regression {
  readonly j: number;
  readonly inputs: readonly number[];
  readonly scores: readonly (Float64Array | null)[];
}

/**
 * With s the regression and ψ the target's scores, log p(y) + (s·ψ − ½ψ²·R²)/(1 − R²): the normal conditional. The first
 * two units are relu(s) and relu(−s).
 */
function setUnits(
  layout: Layout,
  weights: Float32Array,
  { j, inputs, scores, weights: slopes, explained }: UnitStart,
): void {
  const { hidden, cardinality } = layout.spec.subColumns[j]!;
  const output = layout.output(j);
  const width = layout.outputWidth(j);
  for (let at = 0; at < hidden * width; at++) weights[output + at]! *= QUIET;
  const own = scores[j]!;
  const precision = 1 / (1 - explained);
  for (let code = 0; code < cardinality; code++) {
    weights[output + code] = own[code]!;
    weights[output + width + code] = -own[code]!;
    weights[layout.outputBias(j) + code]! -= 0.5 * own[code]! ** 2 * explained * precision;
  }
  weights[layout.bias(j)] = 0;
  weights[layout.bias(j) + 1] = 0;
  for (const i of layout.inputs(j)) {
    const { dimension } = layout.spec.subColumns[i]!;
    const projection = layout.projection(j, i);
    for (let k = 0; k < dimension; k++) weights.fill(0, projection + k * hidden, projection + k * hidden + 2);
    const position = inputs.indexOf(i);
    if (position < 0) continue;
    const slope = slopes[position]! * precision;
    weights[projection] = slope;
    weights[projection + 1] = -slope;
    const embedding = layout.embedding(j, i);
    scores[i]!.forEach((score, code) => {
      weights[embedding + code * layout.embeddingWidth(i)] = score;
    });
  }
}
