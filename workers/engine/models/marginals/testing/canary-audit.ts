import type { NamedColumn } from '../../../../../src/domain/column-data';
import { quietJob } from '../../../../../src/threads/testing/quiet-job';
import type { RandomBits } from '../../../privacy/dp/random-bits';
import { KeyedRandom } from '../../../privacy/keyed-random';
import type { TrainingJob, TrainingTable } from '../../model';
import { MarginalsConfiguration } from '../family';
import type { LearnedMarginals } from '../learned-marginals';
import { MarginalsModel } from '../model';

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

/**
 * A lower bound of ε from many small trainings, half of them with one more row (Jagielski, Ullman & Oprea 2020,
 * https://arxiv.org/abs/2006.07709): the attack sees all that is stored and says “with” above a threshold, which one
 * half of the trainings sets and the other half tests.
 * @param trainings in all
 * @param bits of a training; independent of each other
 */
export async function audit(
  settings: { readonly maxEpsilon: number; readonly delta: number },
  trainings: number,
  bits: (training: number) => RandomBits,
  pause: () => Promise<void> = async () => {},
): Promise<Audit> {
  const scores: [number[], number[]] = [[], []];
  for (let k = 0; k < trainings; k++) {
    scores[k % 2]!.push(await scoreOf(k % 2, settings, bits(k)));
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
    const bound = low > settings.delta ? Math.max(0, Math.log((low - settings.delta) / high)) : 0;
    return { bound, truePositives: hits / tested.length, falsePositives: alarms / plain.length };
  };
  let best = { threshold: sorted[0]!, bound: -1, gain: -1 };
  for (let k = 0; k < sorted.length; k += Math.max(1, sorted.length >> 6)) {
    const { bound, ...rates } = boundAt(sorted[k]!, (all) => all.slice(0, half));
    const gain = rates.truePositives - rates.falsePositives;
    // Where nothing is proved, the threshold that tells best.
    if (bound > best.bound || (bound === best.bound && gain > best.gain))
      best = { threshold: sorted[k]!, bound, gain };
  }
  const { bound, truePositives, falsePositives } = boundAt(best.threshold, (all) => all.slice(half));
  return { lowerBound: bound, truePositives, falsePositives, trainings };
}

/** Two columns of two categories each; the row to find is one of the frequent ones, which no threshold hides. */
async function scoreOf(more: number, settings: object, bits: RandomBits): Promise<number> {
  const codes = Int32Array.from({ length: ROWS + more }, (_, row) => (row >= ROWS ? 0 : row % 2));
  const columns: NamedColumn[] = ['a', 'b'].map((name) => ({
    name,
    storageType: 'text',
    data: { kind: 'text', codes, dictionary: ['yes', 'no'] },
  }));
  const table: TrainingTable = {
    name: 'audit',
    features: columns.map(({ name, storageType }, index) => ({
      schema: { name, originalName: name, storageType },
      encodingType: 'TABULAR_CATEGORICAL',
      sourceIndex: index,
      outputIndex: index,
    })),
    rowCount: ROWS + more,
    randomState: 1,
    keyed: new KeyedRandom(''),
    rules: [],
    ties: [],
    holders: Uint32Array.from({ length: ROWS + more }, (_, row) => row),
    read: async (index) => ({ training: columns[index]!.data, validation: columns[index]!.data }),
  };
  const configuration = MarginalsConfiguration.parse({ model: 'marginals', ...settings });
  const model = new MarginalsModel(() => bits);
  const encoded = await model.encode(table, configuration, QUIET);
  const { content } = (await model.train(encoded, configuration, QUIET)).learned;
  // What the row adds to its categories, against the others: their sum is the noisier number of all rows.
  const differences = (content as LearnedMarginals).columns.map(({ domain, counts }) => {
    const at = domain.kind === 'category' ? 2 + domain.values.indexOf('yes') : 2;
    return 2 * (counts[at] ?? 0) - counts.reduce((sum, count) => sum + count, 0);
  });
  return differences.reduce((sum, difference) => sum + difference, 0);
}

const QUIET: TrainingJob = {
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
