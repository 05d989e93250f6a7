/** The network of one target in plain loops with sums in float64: what all other backends are compared with. */

import { pcg } from '../../../../../src/domain/random';
import type { SubColumnSpec } from '../network/network-backend';
import { type Dropout, EXPONENT_CUTOFF } from '../network/numerics';
import type { OutputLevels, OutputSegment } from '../network/output-levels';
import type { Layout } from '../network/weight-layout';

/** One row seen from one target. */
export interface RowView {
  /** Code of each sub-column. */
  readonly codes: ArrayLike<number>;
  /** Inputs the target sees. */
  readonly visible: readonly number[];
}

/** T_ij = E_ij · W_ij for the given inputs: [input][card_i × hidden_j]; other entries are empty. */
export function materialise(
  layout: Layout,
  weights: Float32Array,
  j: number,
  inputs: Iterable<number>,
): Float32Array[] {
  const { hidden } = layout.spec.subColumns[j]!;
  const tables: Float32Array[] = layout.spec.subColumns.map(() => new Float32Array(0));
  for (const i of inputs) {
    const { cardinality, dimension } = layout.spec.subColumns[i]!;
    const table = new Float32Array(cardinality * hidden);
    const projection = layout.projection(j, i);
    for (let code = 0; code < cardinality; code++) {
      const embedding = layout.embedding(j, i) + code * layout.embeddingWidth(i);
      for (let unit = 0; unit < hidden; unit++) {
        let sum = 0;
        for (let k = 0; k < dimension; k++)
          sum += weights[embedding + k]! * weights[projection + k * hidden + unit]!;
        table[code * hidden + unit] = sum;
      }
    }
    tables[i] = table;
  }
  return tables;
}

/** h = relu(b + Σ visible table rows). */
export function hiddenUnits(
  layout: Layout,
  weights: Float32Array,
  j: number,
  tables: readonly Float32Array[],
  { codes, visible }: RowView,
  units: Float64Array,
): void {
  const { hidden } = layout.spec.subColumns[j]!;
  const bias = layout.bias(j);
  for (let unit = 0; unit < hidden; unit++) units[unit] = weights[bias + unit]!;
  for (const i of visible) {
    const table = tables[i]!;
    const start = codes[i]! * hidden;
    for (let unit = 0; unit < hidden; unit++) units[unit]! += table[start + unit]!;
  }
  for (let unit = 0; unit < hidden; unit++) units[unit] = Math.max(0, units[unit]!);
}

/** Drops units by the hash masks of `numerics.ts` and rescales the others. */
export function dropUnits(
  units: Float64Array,
  { threshold, scale }: Dropout,
  base: number,
  row: number,
): void {
  for (let unit = 0; unit < units.length; unit++) {
    units[unit] = dropoutByte(base, row, unit) < threshold ? 0 : units[unit]! * scale;
  }
}

/** logits = h · V + c over the columns of one softmax. @param logits out [segment.codes] */
export function logitsOf(
  layout: Layout,
  weights: Float32Array,
  j: number,
  units: Float64Array,
  { column, codes }: OutputSegment,
  logits: Float64Array,
): void {
  const width = layout.outputWidth(j);
  const output = layout.output(j) + column;
  const outputBias = layout.outputBias(j) + column;
  for (let code = 0; code < codes; code++) logits[code] = weights[outputBias + code]!;
  units.forEach((value, unit) => {
    const row = output + unit * width;
    for (let code = 0; code < codes; code++) logits[code]! += value * weights[row + code]!;
  });
}

/** logits become e^(logit − largest). @returns their sum and the largest logit */
export function exponentiate(logits: Float64Array): { sum: number; top: number } {
  let top = Number.NEGATIVE_INFINITY;
  for (const logit of logits) top = Math.max(top, logit);
  let sum = 0;
  for (let code = 0; code < logits.length; code++) {
    const e = expNegative(logits[code]! - top);
    logits[code] = e;
    sum += e;
  }
  return { sum, top };
}

/** e^x for x ≤ 0 with the cut-off. */
export function expNegative(x: number): number {
  return x < EXPONENT_CUTOFF ? 0 : Math.exp(x);
}

/** Byte that decides whether a hidden unit of a batch row is dropped. One hash serves four neighbouring units. */
export function dropoutByte(base: number, row: number, unit: number): number {
  return (pcg((pcg((base + row) >>> 0) + (unit >>> 2)) >>> 0) >>> ((unit & 3) * 8)) & 0xff;
}

/** One softmax of a row whose code is known, and the index of the code in it. */
export interface LabelledSegment extends OutputSegment {
  readonly label: number;
}

/** The softmaxes whose losses add up to −log p(code). */
export function segmentsOf(
  { cardinality }: SubColumnSpec,
  levels: OutputLevels | null,
  code: number,
): LabelledSegment[] {
  if (!levels) return [{ column: 0, codes: cardinality, label: code }];
  const k = levels.classOf[code]!;
  const ofClass = { column: 0, codes: levels.classes, label: k };
  const codes = levels.sizes[k]!;
  if (codes === 1) return [ofClass];
  return [ofClass, { column: levels.columns[k]!, codes, label: code - levels.starts[k]! }];
}
