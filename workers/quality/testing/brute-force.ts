import type { PointSet } from '../distances/encode';

/** The exhaustive search that the tree's must equal. */
export function nearestDistancesBruteForce(queries: PointSet, data: PointSet): Float64Array {
  const { dims } = data;
  return Float64Array.from({ length: queries.rows }, (_, query) => {
    let best = Number.POSITIVE_INFINITY;
    for (let row = 0; row < data.rows; row++) {
      let sum = 0;
      for (let d = 0; d < dims; d++) {
        const difference = queries.data[query * dims + d]! - data.data[row * dims + d]!;
        sum += difference * difference;
      }
      if (sum < best) best = sum;
    }
    return Math.sqrt(best);
  });
}
