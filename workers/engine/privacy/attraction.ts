import { CodeSearch, type CodeTree } from './code-tree';

/**
 * How many of the samples each reference is nearest to; a sample between equally near ones is divided among them.
 * @param samples points of the tree's metric, row-major
 * @returns by place among the points of the tree; the sum is the number of samples
 */
export function attraction(samples: Uint16Array, references: CodeTree): Float64Array {
  const { dims } = references.metric;
  const attracted = new Float64Array(references.order.length);
  const search = new CodeSearch(references);
  for (let from = 0; from < samples.length; from += dims) {
    const nearest = search.nearest(samples, from);
    for (let i = 0; i < nearest.length; i++) attracted[nearest[i]!]! += 1 / nearest.length;
  }
  return attracted;
}
