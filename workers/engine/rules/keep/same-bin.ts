import { RandomStream } from '../../../../src/domain/random';

/** Rows that share a bin: half a hundredth on each side. */
const REACH = 0.005;

/**
 * Each number exchanged for a neighbour's of about the same bin: what codes tell of a column. NaN = missing, and stays.
 * @param purpose of columns that are exchanged together, each has another
 */
export function sameBin(values: Float64Array, purpose: number): Float64Array {
  const order = Uint32Array.from(values.keys())
    .filter((row) => Number.isFinite(values[row]!))
    .sort((x, y) => values[x]! - values[y]! || x - y);
  const reach = Math.max(1, Math.round(REACH * order.length));
  const stream = new RandomStream(purpose, 'same bin');
  const result = values.slice();
  for (const [at, row] of order.entries()) {
    const other = at - reach + stream.below(2 * reach + 1);
    result[row] = values[order[Math.min(order.length - 1, Math.max(0, other))]!]!;
  }
  return result;
}
