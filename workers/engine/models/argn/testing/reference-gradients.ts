/** Gradients of one target's block. */

import type { Dropout } from '../network/numerics';
import { outputSegments } from '../network/output-levels';
import type { Layout } from '../network/weight-layout';
import {
  dropUnits,
  exponentiate,
  hiddenUnits,
  type LabelledSegment,
  logitsOf,
  type RowView,
  segmentsOf,
} from './reference-network';

/** What a pass over rows adds up; `block` is the gradient of the target's block, in the same layout. */
export interface Gradients {
  readonly block: Float64Array;
  /** Of T_ij, per input. */
  readonly tables: readonly Float64Array[];
}

/** Work arrays of one target. */
export interface Scratch {
  readonly units: Float64Array;
  /** Gradient of the units. */
  readonly deltas: Float64Array;
  /** As many as the longest softmax has codes. */
  readonly logits: Float64Array;
}

export function createScratch(layout: Layout, j: number): Scratch {
  const part = layout.spec.subColumns[j]!;
  const longest = Math.max(...outputSegments(part, layout.levels(j)).map(({ codes }) => codes));
  return {
    units: new Float64Array(part.hidden),
    deltas: new Float64Array(part.hidden),
    logits: new Float64Array(longest),
  };
}

/**
 * Forward and backward for one row.
 * @param weight of the row in the gradient
 * @param drop dropout and the row's number in the batch, which decide the mask
 * @returns its loss in nats
 */
export function accumulateRow(
  layout: Layout,
  weights: Float32Array,
  j: number,
  tables: readonly Float32Array[],
  view: RowView,
  scratch: Scratch,
  drop: { dropout: Dropout; base: number; row: number },
  weight: number,
  gradients: Gradients,
): number {
  const part = layout.spec.subColumns[j]!;
  const { units, deltas } = scratch;
  hiddenUnits(layout, weights, j, tables, view, units);
  if (drop.dropout.threshold > 0) dropUnits(units, drop.dropout, drop.base, drop.row);
  deltas.fill(0);
  let loss = 0;
  for (const segment of segmentsOf(part, layout.levels(j), view.codes[j]!)) {
    loss += accumulateSegment(layout, weights, j, segment, scratch, weight, gradients);
  }
  const bias = layout.bias(j) - layout.blockStart(j);
  units.forEach((value, unit) => {
    if (value <= 0) return;
    const delta = deltas[unit]! * drop.dropout.scale;
    gradients.block[bias + unit]! += delta;
    for (const i of view.visible) gradients.tables[i]![view.codes[i]! * part.hidden + unit]! += delta;
  });
  return loss;
}

/** One softmax of a row: gradients of its columns of V and c, and its part of those of the units. @returns its loss */
function accumulateSegment(
  layout: Layout,
  weights: Float32Array,
  j: number,
  segment: LabelledSegment,
  scratch: Scratch,
  weight: number,
  { block }: Gradients,
): number {
  const { column, codes, label } = segment;
  const { units, deltas } = scratch;
  const logits = scratch.logits.subarray(0, codes);
  logitsOf(layout, weights, j, units, segment, logits);
  const own = logits[label]!;
  const { sum, top } = exponentiate(logits);
  const start = layout.blockStart(j);
  const outputBias = layout.outputBias(j) + column;
  // logits ← dlogits = weight · (softmax − onehot)
  for (let code = 0; code < codes; code++) {
    logits[code] = (weight * logits[code]!) / sum - (code === label ? weight : 0);
    block[outputBias - start + code]! += logits[code]!;
  }
  const width = layout.outputWidth(j);
  units.forEach((value, unit) => {
    if (value <= 0) return;
    const row = layout.output(j) + column + unit * width;
    for (let code = 0; code < codes; code++) {
      block[row - start + code]! += value * logits[code]!;
      deltas[unit]! += weights[row + code]! * logits[code]!;
    }
  });
  return Math.log(sum) + top - own;
}

/** dE = dT · Wᵀ, unless frozen, and dW = Eᵀ · dT for the given inputs, into the block's gradient. */
export function projectGradients(
  layout: Layout,
  weights: Float32Array,
  j: number,
  inputs: Iterable<number>,
  gradients: Gradients,
  frozen = false,
): void {
  const { hidden } = layout.spec.subColumns[j]!;
  const start = layout.blockStart(j);
  const { block } = gradients;
  for (const i of inputs) {
    const { cardinality, dimension } = layout.spec.subColumns[i]!;
    const table = gradients.tables[i]!;
    const projection = layout.projection(j, i);
    for (let code = 0; code < cardinality; code++) {
      const embedding = layout.embedding(j, i) + code * layout.embeddingWidth(i);
      for (let k = 0; k < dimension; k++) {
        let sum = 0;
        for (let unit = 0; unit < hidden; unit++) {
          const delta = table[code * hidden + unit]!;
          sum += delta * weights[projection + k * hidden + unit]!;
          block[projection - start + k * hidden + unit]! += delta * weights[embedding + k]!;
        }
        if (!frozen) block[embedding - start + k]! += sum;
      }
    }
  }
}

/** What bounds the gradient of a row: the clip, and what its embeddings and its code can add to it at most. */
export interface RowBounds {
  readonly clip: number;
  /** Of `embeddingReach` and `outputReach`. */
  readonly reach: number;
  readonly column: number;
}

/**
 * One row's gradient, scaled to a norm of at most `clip`, added to the sum. The bound is the same for all codes that the
 * row could have (`assembly/private.ts`).
 * @returns the row's loss
 */
export function accumulateClippedRow(
  layout: Layout,
  weights: Float32Array,
  j: number,
  tables: readonly Float32Array[],
  view: RowView,
  scratch: Scratch,
  drop: { dropout: Dropout; base: number; row: number },
  bounds: RowBounds,
  sum: Gradients,
): number {
  const own: Gradients = {
    block: new Float64Array(sum.block.length),
    tables: sum.tables.map((table) => new Float64Array(table.length)),
  };
  const loss = accumulateRow(layout, weights, j, tables, view, scratch, drop, 1, own);
  const norm = normBound(layout, weights, j, scratch, drop.dropout.scale, view.visible.length, bounds);
  const factor = norm > bounds.clip ? bounds.clip / norm : 1;
  own.block.forEach((value, k) => {
    sum.block[k]! += factor * value;
  });
  own.tables.forEach((table, i) => {
    for (let k = 0; k < table.length; k++) sum.tables[i]![k]! += factor * table[k]!;
  });
  return loss;
}

/** The largest norm that the gradient of the row in `scratch` can have, whatever its code. */
function normBound(
  layout: Layout,
  weights: Float32Array,
  j: number,
  { units, logits: scratch }: Scratch,
  dropScale: number,
  visible: number,
  { reach, column }: RowBounds,
): number {
  const part = layout.spec.subColumns[j]!;
  const levels = layout.levels(j);
  const [head] = outputSegments(part, levels);
  const probabilities = scratch.subarray(0, head!.codes);
  logitsOf(layout, weights, j, units, head!, probabilities);
  const { sum } = exponentiate(probabilities);
  const shares = Float64Array.from(probabilities, (p) => p / sum);
  const columnAt = (unit: number, code: number) =>
    dropScale * weights[layout.output(j) + unit * layout.outputWidth(j) + code]!;
  const active = [...units.keys()].filter((unit) => units[unit]! > 0);
  const means = active.map((unit) => shares.reduce((total, p, code) => total + p * columnAt(unit, code), 0));
  const length = active.reduce((total, unit) => total + units[unit]! ** 2, 0);
  const square = shares.reduce((total, p) => total + p * p, 0);
  const second = levels ? 2 : 0;
  const norms = Array.from(shares, (share, code) => {
    const back = active.reduce((total, unit, k) => total + (means[k]! - columnAt(unit, code)) ** 2, 0);
    return (
      (1 + square - 2 * share + second) * (1 + length) +
      (Math.sqrt(back) + second * dropScale * column) ** 2 * (1 + reach * visible)
    );
  });
  // The kernels' sums are of single precision: the bound is a little higher.
  return Math.sqrt(1.00001 * Math.max(...norms));
}
