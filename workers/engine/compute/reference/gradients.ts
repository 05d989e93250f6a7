/** Gradients of one target's block. */
import type { Layout } from '../layout';
import type { Dropout } from '../numerics';
import { dropUnits, exponentiate, hiddenUnits, logitsOf, type RowView } from './network';

/** What a pass over rows adds up; `block` is the gradient of the target's block, laid out like it. */
export interface Gradients {
  readonly block: Float64Array;
  /** Of T_ij, per input. */
  readonly tables: readonly Float64Array[];
}

/** Work arrays of one target. */
export interface Scratch {
  readonly units: Float64Array;
  readonly logits: Float64Array;
}

/**
 * Forward and backward for one row.
 * @param weight of the row in the gradient
 * @param row in the batch: names its dropout masks
 * @returns its loss in nats
 */
export function accumulateRow(
  layout: Layout,
  weights: Float32Array,
  j: number,
  tables: readonly Float32Array[],
  view: RowView,
  { units, logits }: Scratch,
  drop: { dropout: Dropout; base: number; row: number },
  weight: number,
  gradients: Gradients,
): number {
  const { cardinality, hidden } = layout.spec.subColumns[j]!;
  const start = layout.blockStart(j);
  const { block } = gradients;
  const label = view.codes[j]!;
  hiddenUnits(layout, weights, j, tables, view, units);
  if (drop.dropout.threshold > 0) dropUnits(units, drop.dropout, drop.base, drop.row);
  logitsOf(layout, weights, j, units, logits);
  const own = logits[label]!;
  const { sum, top } = exponentiate(logits);
  // logits ← dlogits = weight · (softmax − onehot)
  for (let code = 0; code < cardinality; code++) {
    logits[code] = (weight * logits[code]!) / sum - (code === label ? weight : 0);
    block[layout.outputBias(j) - start + code]! += logits[code]!;
  }
  const output = layout.output(j);
  const width = layout.outputWidth(j);
  for (let unit = 0; unit < hidden; unit++) {
    const value = units[unit]!;
    if (value <= 0) continue;
    const row = output + unit * width;
    let delta = 0;
    for (let code = 0; code < cardinality; code++) {
      block[row - start + code]! += value * logits[code]!;
      delta += weights[row + code]! * logits[code]!;
    }
    delta *= drop.dropout.scale;
    block[layout.bias(j) - start + unit]! += delta;
    for (const i of view.visible) gradients.tables[i]![view.codes[i]! * hidden + unit]! += delta;
  }
  return Math.log(sum) + top - own;
}

/** dE = dT · Wᵀ and dW = Eᵀ · dT for the given inputs, into the block's gradient. */
export function projectGradients(
  layout: Layout,
  weights: Float32Array,
  j: number,
  inputs: Iterable<number>,
  gradients: Gradients,
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
        block[embedding - start + k]! += sum;
      }
    }
  }
}
