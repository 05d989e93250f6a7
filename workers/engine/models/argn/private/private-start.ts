import { noisyCounts } from '../../../privacy/dp/discrete-gaussian';
import type { RandomBits } from '../../../privacy/dp/random-bits';
import { initialise, type SubColumnFacts } from '../network/initialise';
import type { TrainingState } from '../network/network-backend';
import type { Layout } from '../network/weight-layout';

/**
 * Counts of the codes of each sub-column with noise; negative ones are 0.
 * @param codes column-major [sub-column][row]
 * @param rows one row of each subject, so that a subject changes one count of each sub-column by 1
 * @param noise in units of what a subject changes of all counts together, √(sub-columns)
 */
export function noisyFacts(
  facts: readonly SubColumnFacts[],
  codes: Uint16Array,
  rows: Uint32Array,
  noise: number,
  bits: RandomBits,
): SubColumnFacts[] {
  const rowCount = codes.length / facts.length;
  const sigma = noise * Math.sqrt(facts.length);
  return facts.map(({ ordinal, counts }, j) => {
    const own = new Uint32Array(counts.length);
    for (const row of rows) own[codes[j * rowCount + row]!]!++;
    return { ordinal, counts: noisyCounts(bits, own, sigma).map((count) => Math.max(0, count)) };
  });
}

/**
 * Initial weights of a private training. Embeddings are not trained, and every row of one has length 1: then |δ|² times
 * one more than the visible inputs is exactly what the inputs add to a row's squared gradient.
 */
export function initialisePrivately(
  layout: Layout,
  facts: readonly SubColumnFacts[],
  seed: number,
): TrainingState {
  const state = initialise(layout, facts, seed);
  const weights = state.parameters;
  layout.spec.subColumns.forEach((_, j) => {
    for (const i of layout.inputs(j)) {
      const width = layout.embeddingWidth(i);
      for (let code = 0; code < layout.spec.subColumns[i]!.cardinality; code++) {
        const start = layout.embedding(j, i) + code * width;
        const row = weights.subarray(start, start + width);
        const length = Math.hypot(...row) || 1;
        for (let k = 0; k < width; k++) row[k]! /= length;
      }
    }
  });
  state.average.set(weights);
  return state;
}
