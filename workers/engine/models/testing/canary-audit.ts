import type { NamedColumn } from '../../../../src/domain/column-data';
import { quietJob } from '../../../../src/threads/testing/quiet-job';
import { KeyedRandom } from '../../privacy/keyed-random';
import type { TrainingJob, TrainingTable } from '../model';

/** What an audit found. */
export interface Audit {
  /** With 95 % confidence ε is no lower. */
  readonly lowerBound: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trainings: number;
}

const ROWS = 200;
/** Each of the two bounds fails in 2.5 % of audits. */
const FAILURE = 0.025;

/** Number by which an attack would say that the row took part, from all that one training of the table stores. */
export type CanaryScore = (table: TrainingTable, training: number) => Promise<number>;

/**
 * A lower bound of ε from many small trainings, half of them with one more row (Jagielski, Ullman & Oprea 2020,
 * https://arxiv.org/abs/2006.07709): the attack sees all that is stored and says “with” above a threshold, which one
 * half of the trainings sets and the other half tests.
 * @param trainings in all
 * @param canary the row to find, as codes; those of all others are equal
 */
export async function audit(
  delta: number,
  trainings: number,
  scoreOf: CanaryScore,
  canary: readonly [number, number] = [0, 0],
  pause: () => Promise<void> = async () => {},
): Promise<Audit> {
  const scores: [number[], number[]] = [[], []];
  for (let k = 0; k < trainings; k++) {
    scores[k % 2]!.push(await scoreOf(canaryTable(k % 2 === 1 ? canary : null), k));
    await pause();
  }
  const [without, withRow] = scores;
  const half = trainings >> 2;
  const sorted = [...without!.slice(0, half), ...withRow!.slice(0, half)].sort((a, b) => a - b);
  const above = (all: readonly number[], threshold: number) =>
    all.filter((score) => score > threshold).length;
  const boundAt = (threshold: number, part: (all: readonly number[]) => readonly number[]) => {
    const [tested, plain] = [part(withRow!), part(without!)];
    const hits = above(tested, threshold);
    const alarms = above(plain, threshold);
    const low = 1 - upperBound(tested.length - hits, tested.length);
    const high = upperBound(alarms, plain.length);
    const bound = low > delta ? Math.max(0, Math.log((low - delta) / high)) : 0;
    return { bound, truePositives: hits / tested.length, falsePositives: alarms / plain.length };
  };
  const tried = sorted
    .filter((_, k) => k % Math.max(1, sorted.length >> 6) === 0)
    .map((threshold) => {
      const { bound, ...rates } = boundAt(threshold, (all) => all.slice(0, half));
      return { threshold, bound, gain: rates.truePositives - rates.falsePositives };
    });
  // Where nothing is proved, the threshold that tells best; of equal ones that in the middle.
  const bound = Math.max(...tried.map((one) => one.bound));
  const gain = Math.max(...tried.filter((one) => one.bound === bound).map((one) => one.gain));
  const best = tried.filter((one) => one.bound === bound && one.gain === gain);
  const found = boundAt(best[best.length >> 1]!.threshold, (all) => all.slice(half));
  const { truePositives, falsePositives } = found;
  return { lowerBound: found.bound, truePositives, falsePositives, trainings };
}
/** Two equal columns of two frequent categories, which no threshold hides, and the row to find at the end. */
function canaryTable(canary: readonly [number, number] | null): TrainingTable {
  const rowCount = ROWS + (canary ? 1 : 0);
  const columns = ['a', 'b'].map((name, c): NamedColumn => {
    const codes = Int32Array.from({ length: rowCount }, (_, row) => (row === ROWS ? canary![c]! : row % 2));
    return { name, storageType: 'text', data: { kind: 'text', codes, dictionary: ['yes', 'no'] } };
  });
  return {
    name: 'audit',
    features: columns.map(({ name, storageType }, index) => ({
      schema: { name, originalName: name, storageType },
      encodingType: 'TABULAR_CATEGORICAL',
      sourceIndex: index,
      outputIndex: index,
    })),
    rowCount,
    randomState: 1,
    keyed: new KeyedRandom(''),
    rules: [],
    ties: [],
    holders: Uint32Array.from({ length: rowCount }, (_, row) => row),
    read: async (index) => ({ training: columns[index]!.data, validation: columns[index]!.data }),
  };
}

/** A training that nobody watches. */
export const UNWATCHED: TrainingJob = {
  ...quietJob(),
  onColumns: () => {},
  enter: () => {},
  update: () => {},
  onMessage: () => {},
  onBackend: () => {},
  onNotice: () => {},
  onCheckpoint: async () => {},
};

/** Clopper & Pearson 1934: the probability at which so few successes have a chance of `FAILURE`. */
export function upperBound(successes: number, trials: number): number {
  if (successes >= trials) return 1;
  let [low, high] = [successes / trials, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (lowerTail(successes, trials, middle) > FAILURE) low = middle;
    else high = middle;
  }
  return high;
}

/** Probability of at most so many successes. */
function lowerTail(successes: number, trials: number, p: number): number {
  let log = trials * Math.log1p(-p);
  let sum = Math.exp(log);
  for (let k = 1; k <= successes; k++) {
    log += Math.log((trials - k + 1) / k) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(log);
  }
  return sum;
}
