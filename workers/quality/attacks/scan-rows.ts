import { type CodedRows, countBetween } from './attack-rows';

/** Nearest rows that are kept of each target. */
export const NEAREST = 20;

/** Neighbours that a local width is the mean distance of, and parts of it that local kernels are as wide as. */
const AVERAGED = 5;
const LOCAL_WIDTHS = [0.35, 0.7] as const;
const MIN_WIDTH = 0.02;

/** Width of the kernels that are the same everywhere. */
const WIDTH = 0.5;

/** Ranks this close match. */
const WINDOW = 0.01;

/** What the rows of one set say of each target. */
export interface Scan {
  /** Distances to the nearest rows, ascending, [target × NEAREST]; infinite where there are fewer. */
  readonly nearest: Float64Array;
  /** Logarithm of the mean kernel, [target]. */
  readonly logDensity: Float64Array;
  /** The same with kernels as wide as the rows are apart around the target, averaged over widths. */
  readonly localLogDensity: Float64Array;
  /** Mean distance to the nearest AVERAGED rows, [target]. */
  readonly meanNearest: Float64Array;
  /** Surprise in nats of the columns in which the row that matches most agrees, [target]. */
  readonly match: Float64Array;
}

/**
 * Compares each target with each row of a set. The distance is Euclidean: differences of ranks, 1 for two categories
 * that differ. A match counts by how rare it is.
 * @param widths local ones of each target; null for the mean distance to its nearest rows
 * @param surprise of a match in each column, [column][target] (`matchSurprise`)
 */
export function scanRows(
  ordered: readonly boolean[],
  targets: CodedRows,
  rows: CodedRows,
  surprise: readonly Float64Array[],
  widths: Float64Array | null,
): Scan {
  const count = targets[0]?.length ?? 0;
  const size = rows[0]?.length ?? 0;
  const nearest = new Float64Array(count * NEAREST).fill(Number.POSITIVE_INFINITY);
  const logDensity = new Float64Array(count);
  const localLogDensity = new Float64Array(count);
  const meanNearest = new Float64Array(count);
  const match = new Float64Array(count);
  const squares = new Float64Array(size);
  const matches = new Float64Array(size);
  for (let target = 0; target < count; target++) {
    squares.fill(0);
    matches.fill(0);
    rows.forEach((column, c) => {
      const own = targets[c]![target]!;
      const weight = surprise[c]![target]!;
      if (ordered[c]) {
        for (let row = 0; row < size; row++) {
          const difference = column[row]! - own;
          squares[row]! += difference * difference;
          if (difference <= WINDOW && difference >= -WINDOW) matches[row]! += weight;
        }
      } else {
        for (let row = 0; row < size; row++) {
          if (column[row] === own) matches[row]! += weight;
          else squares[row]!++;
        }
      }
    });
    meanNearest[target] = keepNearest(squares, nearest.subarray(target * NEAREST, (target + 1) * NEAREST));
    logDensity[target] = kernelDensity(squares, WIDTH);
    const width = Math.max(MIN_WIDTH, (widths ?? meanNearest)[target]!);
    for (const part of LOCAL_WIDTHS)
      localLogDensity[target]! += kernelDensity(squares, part * width) / LOCAL_WIDTHS.length;
    match[target] = matches.reduce((best, sum) => Math.max(best, sum), 0);
  }
  return { nearest, meanNearest, logDensity, localLogDensity, match };
}

/** Writes the smallest distances, ascending, and returns the mean of the first ones. */
function keepNearest(squares: Float64Array, kept: Float64Array): number {
  const last = kept.length - 1;
  for (const square of squares) {
    if (square >= kept[last]!) continue;
    let at = last;
    for (; at > 0 && kept[at - 1]! > square; at--) kept[at] = kept[at - 1]!;
    kept[at] = square;
  }
  for (let i = 0; i < kept.length; i++) kept[i] = Math.sqrt(kept[i]!);
  const count = Math.min(AVERAGED, squares.length);
  return kept.subarray(0, count).reduce((sum, distance) => sum + distance, 0) / Math.max(count, 1);
}

/** Logarithm of the mean Gaussian kernel. */
function kernelDensity(squares: Float64Array, width: number): number {
  const scale = -1 / (2 * width * width);
  let kernels = 0;
  for (const square of squares) {
    const exponent = square * scale;
    if (exponent > -30) kernels += Math.exp(exponent);
  }
  return Math.log(kernels / squares.length + 1e-12);
}

/** −log of the share of rows that match each target in each column, a row of its own added, [column][target]. */
export function matchSurprise(
  ordered: readonly boolean[],
  targets: CodedRows,
  rows: CodedRows,
): Float64Array[] {
  return rows.map((column, c) => {
    const sorted = column.slice().sort();
    const reach = ordered[c] ? WINDOW : 0;
    return Float64Array.from(targets[c]!, (own) => {
      const matching = countBetween(sorted, own - reach, own + reach);
      return -Math.log((matching + 1) / (sorted.length + 1));
    });
  });
}
