import type { CodeMetric } from './code-points';
import { buildCodeTree, CodeSearch, type CodeTree } from './code-tree';

/** The table whose rows a model must not give away. */
export interface WatchedTable {
  readonly metric: CodeMetric;
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
}

/** Some rows of a model as codes, [sub-column][row]. */
export interface SampledCodes {
  readonly rows: number;
  readonly codes: readonly Uint16Array[];
}

/** Draws independent rows of a model as it is now; the same seed gives the same draws. */
export type CodeSampler = (rows: number, seed: number) => AsyncIterable<SampledCodes>;

/**
 * Some rows of the table, as a tree to search.
 * @param rows row numbers
 */
export function referenceTree({ metric, codes, rowCount }: WatchedTable, rows: ArrayLike<number>): CodeTree {
  return buildCodeTree(metric, metric.points(codes, rowCount, rows));
}

/**
 * Draws rows and counts how many of them each reference is nearest to. A sample equally near to several is divided
 * among them.
 * @param pause called between two blocks of samples
 * @returns samples attracted, by index of the reference; the sum is the number of samples
 */
export async function attractedSamples(
  sample: CodeSampler,
  request: { readonly references: CodeTree; readonly samples: number; readonly seed: number },
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const { references, samples, seed } = request;
  const { metric } = references;
  const total = new Float64Array(references.order.length);
  for await (const block of sample(samples, seed)) {
    attract(metric.pointsOf(block.codes, block.rows), references).forEach((count, r) => {
      total[r]! += count;
    });
    await pause();
  }
  return total;
}

/**
 * How many of the samples each reference is nearest to.
 * @param samples points of the tree's metric, row-major
 */
export function attract(samples: Uint16Array, references: CodeTree): Float64Array {
  const { dims } = references.metric;
  const attracted = new Float64Array(references.order.length);
  const search = new CodeSearch(references);
  for (let from = 0; from < samples.length; from += dims) {
    const nearest = search.nearest(samples, from);
    for (let i = 0; i < nearest.length; i++) attracted[nearest[i]!]! += 1 / nearest.length;
  }
  return attracted;
}
