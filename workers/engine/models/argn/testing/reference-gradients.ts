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

/**
 * One row's gradient, clipped, added to the sum. Its norm is taken over W, V, b and c as they are released: a visible
 * input adds |δ|²·|E row|² to it, of which `reach` is the most.
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
  { clip, reach }: { clip: number; reach: number },
  sum: Gradients,
): number {
  const own: Gradients = {
    block: new Float64Array(sum.block.length),
    tables: sum.tables.map((table) => new Float64Array(table.length)),
  };
  const loss = accumulateRow(layout, weights, j, tables, view, scratch, drop, 1, own);
  const bias = layout.bias(j) - layout.blockStart(j);
  const { hidden } = layout.spec.subColumns[j]!;
  const square = (values: Float64Array) => values.reduce((total, value) => total + value * value, 0);
  const norm = Math.sqrt(
    square(own.block) + reach * view.visible.length * square(own.block.subarray(bias, bias + hidden)),
  );
  const factor = norm > clip ? clip / norm : 1;
  own.block.forEach((value, k) => {
    sum.block[k]! += factor * value;
  });
  own.tables.forEach((table, i) => {
    for (let k = 0; k < table.length; k++) sum.tables[i]![k]! += factor * table[k]!;
  });
  return loss;
}
