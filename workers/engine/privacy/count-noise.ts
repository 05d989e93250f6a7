import { hash } from '../../../src/domain/random';
import type { KeyedRandom } from './keyed-random';
import { MIN_THRESHOLD } from './protection';

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
  /** [training rows] whose they are: 0, 1, …; null = each row is a subject of its own. */
  readonly subjects: Uint32Array | null;
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
  { codes, rowCount, trainingRows, subjects, cardinalities }: CountedCodes,
  keyed: KeyedRandom,
  pause: () => Promise<void>,
): Promise<Float32Array[]> {
  const order = subjects && rowsBySubject(subjects);
  const known = subjects ? subjectCount(subjects) : trainingRows;
  const words = [subjectWords(known, 1), subjectWords(known, 2)] as const;
  const noise: Float32Array[] = [];
  for (const [j, cardinality] of cardinalities.entries()) {
    const own = codes.subarray(j * rowCount, j * rowCount + trainingRows);
    // Sums of 64 bits per subject stand for their set.
    const counts = new Uint32Array(cardinality);
    const sums = [new Uint32Array(cardinality), new Uint32Array(cardinality)] as const;
    const last = subjects && new Int32Array(cardinality).fill(-1);
    for (let i = 0; i < trainingRows; i++) {
      const row = order ? order[i]! : i;
      const code = own[row]!;
      const subject = subjects ? subjects[row]! : row;
      if (last) {
        if (last[code] === subject) continue;
        last[code] = subject;
      }
      counts[code]!++;
      sums[0][code]! += words[0][subject]!;
      sums[1][code]! += words[1][subject]!;
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

function subjectWords(subjects: number, half: number): Uint32Array {
  return Uint32Array.from({ length: subjects }, (_, subject) => hash(half, subject));
}

function subjectCount(subjects: Uint32Array): number {
  return subjects.reduce((count, subject) => Math.max(count, subject + 1), 0);
}

/** Row numbers with those of one subject beside each other. */
function rowsBySubject(subjects: Uint32Array): Uint32Array {
  const starts = new Uint32Array(subjectCount(subjects) + 1);
  for (const subject of subjects) starts[subject + 1]!++;
  for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!;
  const rows = new Uint32Array(subjects.length);
  for (let row = 0; row < rows.length; row++) rows[starts[subjects[row]!]!++] = row;
  return rows;
}
