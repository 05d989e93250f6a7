import { hash } from '../../../src/domain/random';
import type { KeyedRandom } from './keyed-random';
import { MIN_THRESHOLD } from './protection';

/**
 * Standard deviation of the noise on a count, in rows. Two counts that differ by one row are then told apart with an
 * AUC of Φ(1 / (2.4·√2)) = .616, however many rows are drawn (docs/privacy.md, Noise on counts).
 */
const NOISE_ROWS = 2.4;

/** A noisy count is at least this: that a code occurs is known anyway. */
const MIN_NOISY_ROWS = 1;

/** Codes between two pauses, at some 10 µs each. */
const CODES_PER_PAUSE = 2000;

/** Codes of a table, column-major [sub-column][row], the training rows first. */
export interface CountedCodes {
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly trainingRows: number;
  /** Per sub-column. */
  readonly cardinalities: readonly number[];
}

/**
 * How many times as often a code comes out: the noisy count divided by the count. Counts below the threshold, of which
 * no value is shown, are treated as it.
 * @param draw standard normal
 */
export function noiseFactor(count: number, draw: number): number {
  const rows = Math.max(count, MIN_THRESHOLD);
  return Math.max(rows + NOISE_ROWS * draw, MIN_NOISY_ROWS) / rows;
}

/**
 * What the logarithm of each code's frequency is changed by, so that the number of rows that hold it can be told to
 * within a few rows only. The noise is a function of the key and of the set of rows: where the same rows share a code
 * in several columns, or are trained on again, it is the same, and does not average out.
 * @param pause called several times a second
 * @returns per sub-column, [cardinality], natural logarithms; 0 for a code of no row
 */
export async function drawCountNoise(
  { codes, rowCount, trainingRows, cardinalities }: CountedCodes,
  keyed: KeyedRandom,
  pause: () => Promise<void>,
): Promise<Float32Array[]> {
  const [first, second] = [rowWords(trainingRows, 1), rowWords(trainingRows, 2)];
  const noise: Float32Array[] = [];
  for (const [j, cardinality] of cardinalities.entries()) {
    const own = codes.subarray(j * rowCount, j * rowCount + trainingRows);
    // Sums of 64 bits per row stand for the set of rows.
    const counts = new Uint32Array(cardinality);
    const sums = [new Uint32Array(cardinality), new Uint32Array(cardinality)] as const;
    for (let row = 0; row < trainingRows; row++) {
      const code = own[row]!;
      counts[code]!++;
      sums[0][code]! += first[row]!;
      sums[1][code]! += second[row]!;
    }
    const factors = new Float32Array(cardinality);
    for (let code = 0; code < cardinality; code++) {
      if (code % CODES_PER_PAUSE === 0) await pause();
      const count = counts[code]!;
      if (count === 0) continue;
      const draw = keyed.stream('count', count, sums[0][code]!, sums[1][code]!).normal();
      factors[code] = Math.log(noiseFactor(count, draw));
    }
    noise.push(factors);
  }
  return noise;
}

function rowWords(rows: number, half: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => hash(half, row));
}
