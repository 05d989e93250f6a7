import { hash } from '../../../src/domain/random';
import { MIN_THRESHOLD } from '../../../src/domain/rarity';
import type { KeyedRandom } from './keyed-random';

/**
 * Standard deviation of the noise on a count of subjects. Two counts that differ by one are then told apart with an
 * AUC of Φ(1 / (3·√2)) = .593, however many rows are drawn (docs/privacy.md, Noise on counts).
 */
const NOISE_SUBJECTS = 3;

/** A noisy count is at least this: that a code occurs is known anyway. */
const MIN_NOISY_COUNT = 1;

/** Codes between two pauses, at some 10 µs each. */
const CODES_PER_PAUSE = 2000;

/** Codes of a table, column-major [sub-column][row], the training rows first. */
export interface CountedCodes {
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly trainingRows: number;
  /** [training rows] whose they are: numbers that stay the same in another training on other rows of the table. */
  readonly holders: Uint32Array;
  /** Per sub-column. */
  readonly cardinalities: readonly number[];
}

/**
 * How many times as often a code comes out: the noisy count divided by the count. Counts below the threshold, of which
 * no value is shown, are treated as it.
 * @param draw standard normal
 */
export function noiseFactor(count: number, draw: number): number {
  const known = Math.max(count, MIN_THRESHOLD);
  return Math.max(known + NOISE_SUBJECTS * draw, MIN_NOISY_COUNT) / known;
}

/**
 * What the logarithm of each code's frequency is changed by, so that the number of subjects that hold it can be told to
 * within a few only. The noise is a function of the key and of the set of subjects: where the same ones share a code in
 * several columns, or are trained on again, it is the same, and does not average out.
 * @param pause called several times a second
 * @returns per sub-column, [cardinality], natural logarithms; 0 for a code of no row
 */
export async function drawCountNoise(
  { codes, rowCount, trainingRows, holders, cardinalities }: CountedCodes,
  keyed: KeyedRandom,
  pause: () => Promise<void>,
): Promise<Float32Array[]> {
  const order = rowsByHolder(holders);
  const words = [holderWords(holders, 1), holderWords(holders, 2)] as const;
  const noise: Float32Array[] = [];
  for (const [j, cardinality] of cardinalities.entries()) {
    const own = codes.subarray(j * rowCount, j * rowCount + trainingRows);
    // Sums of 64 bits per subject stand for their set.
    const counts = new Uint32Array(cardinality);
    const sums = [new Uint32Array(cardinality), new Uint32Array(cardinality)] as const;
    const last = new Float64Array(cardinality).fill(-1);
    for (const row of order) {
      const code = own[row]!;
      if (last[code] === holders[row]) continue;
      last[code] = holders[row]!;
      counts[code]!++;
      sums[0][code]! += words[0][row]!;
      sums[1][code]! += words[1][row]!;
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

/** [rows] a word for the holder of each. */
function holderWords(holders: Uint32Array, half: number): Uint32Array {
  return holders.map((holder) => hash(half, holder));
}

/** Row numbers with those of one holder beside each other. */
function rowsByHolder(holders: Uint32Array): Uint32Array {
  const starts = new Uint32Array(holders.reduce((count, holder) => Math.max(count, holder + 1), 0) + 1);
  for (const holder of holders) starts[holder + 1]!++;
  for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!;
  const rows = new Uint32Array(holders.length);
  for (let row = 0; row < rows.length; row++) rows[starts[holders[row]!]!++] = row;
  return rows;
}
