import type { Layout } from '../network/weight-layout';

/**
 * The weights of the same network with embeddings whose longest row has length 1, for which W makes up. The bound of a
 * row's gradient has one length for all inputs, and that of the longest would be too much for the others.
 */
export function unitEmbeddings(layout: Layout, trained: Float32Array): Float32Array {
  const weights = trained.slice();
  const { subColumns } = layout.spec;
  for (const [j, { hidden }] of subColumns.entries()) {
    for (const i of layout.inputs(j)) {
      const { cardinality, dimension } = subColumns[i]!;
      const width = layout.embeddingWidth(i);
      const start = layout.embedding(j, i);
      const rows = weights.subarray(start, start + cardinality * width);
      let longest = 0;
      for (let code = 0; code < cardinality; code++)
        longest = Math.max(longest, Math.hypot(...rows.subarray(code * width, (code + 1) * width)));
      if (longest === 0) continue;
      for (let k = 0; k < rows.length; k++) rows[k]! /= longest;
      const projection = layout.projection(j, i);
      for (let k = projection; k < projection + dimension * hidden; k++) weights[k]! *= longest;
    }
  }
  return weights;
}
