import { hash, RandomStream } from '../../../../../src/domain/random';
import type { CodeSampler } from '../../../privacy/copy-search';
import { addTree, growTree, type Tree, type TreeSettings } from './boosted-trees';
import { type Discriminator, keepProbability } from './discriminator';
import type { Codes } from './seen-codes';

const SETTINGS: TreeSettings = { depth: 5, minRows: 40, shrinkage: 5, learningRate: 0.1 };
/** Trees without a better loss of held-back rows that end the growth. */
const PATIENCE = 8;
/** Share of the rows that each tree learns of (Friedman 2002, "Stochastic gradient boosting"). */
const ROWS_PER_TREE = 0.5;
/** Fewer rows cannot tell. */
const MIN_TRAINING = 2000;
const MIN_HELD_BACK = 300;
/** Of more sub-columns, trees would take too long. */
const MAX_PARTS = 200;
/** AUC of held-back rows that is worth the time of drawing more rows. */
const MIN_AUC = 0.54;
/** The same in a first look at a part of the rows. */
const FIRST_AUC = 0.525;
/** A lower AUC by this is worth drawing in fewer orders. */
const WORTH_FEWER = 0.01;
const FIRST_LOOK: Effort = { rows: 3000, checked: 1500, trees: 10 };
const FULL_LOOK: Effort = { rows: 12_000, checked: 12_000, trees: 120 };

/** With the AUC by which it told held-back rows from drawn ones: 0.5 without a tree. */
export interface LearnedDiscriminator extends Discriminator {
  readonly auc: number;
}

export interface LearnedTable {
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly cardinalities: readonly number[];
  /** Row numbers, one row of each subject: of those that the network learned, and of others. */
  readonly training: Uint32Array;
  readonly heldBack: Uint32Array;
  /** Codes as trees see them (`seen-codes.ts`). */
  readonly seen: (codes: Codes) => Codes;
}

/** How rows of the model may be drawn. */
export interface Draws {
  readonly all: CodeSampler;
  /** In the rotations that begin at these columns alone. */
  startingAt(starts: readonly number[]): CodeSampler;
  /** Starts of rotations that the model knows better than others; null = none is worse. */
  goodStarts(): Promise<readonly number[] | null>;
}

export interface LearnedDraws {
  /** Starts of the rotations to draw in; null = all. */
  readonly starts: readonly number[] | null;
  /** null = no rows are rejected. */
  readonly discriminator: LearnedDiscriminator | null;
}

/**
 * A discriminator between the training rows and rows drawn by the model, or null where held-back rows show that it can
 * hardly tell them apart; and the rotations to draw in, if it tells the rows of some better apart than those of others
 * (docs/model.md, Discriminator).
 * @param begin called if the table has rows enough to learn one
 */
export async function learnDiscriminator(
  table: LearnedTable,
  draws: Draws,
  seed: number,
  pause: () => Promise<void>,
  begin: () => void = () => {},
): Promise<LearnedDraws> {
  const none: LearnedDraws = { starts: null, discriminator: null };
  const isShort = table.training.length < MIN_TRAINING || table.heldBack.length < MIN_HELD_BACK;
  if (isShort || table.cardinalities.length > MAX_PARTS) return none;
  begin();
  const first = await grow(table, draws.all, hash(seed, 1), FIRST_LOOK, pause);
  if (first.auc < FIRST_AUC) return none;
  let learned = await grow(table, draws.all, hash(seed, 2), FULL_LOOK, pause);
  let starts = learned.auc < MIN_AUC ? null : await draws.goodStarts();
  if (starts) {
    const better = await grow(table, draws.startingAt(starts), hash(seed, 3), FULL_LOOK, pause);
    if (better.auc < learned.auc - WORTH_FEWER) learned = better;
    else starts = null;
  }
  return { starts, discriminator: learned.auc < MIN_AUC ? null : learned };
}

interface Effort {
  /** Rows of each kind to learn of, and to check with, at most. */
  readonly rows: number;
  readonly checked: number;
  readonly trees: number;
}

/** Trees up to the best loss of held-back rows, and their AUC. */
async function grow(
  { codes, rowCount, cardinalities, training, heldBack, seen }: LearnedTable,
  sample: CodeSampler,
  seed: number,
  effort: Effort,
  pause: () => Promise<void>,
): Promise<LearnedDiscriminator> {
  const stream = new RandomStream(seed, 'discriminator');
  const count = Math.min(effort.rows, training.length);
  const checked = Math.min(effort.checked, heldBack.length);
  const order = stream.permutation(training.length).subarray(0, count);
  const real = cardinalities.map((_, j) => {
    const own = codes.subarray(j * rowCount, (j + 1) * rowCount);
    return [
      Uint16Array.from(order, (index) => own[training[index]!]!),
      Uint16Array.from(heldBack.subarray(0, checked), (row) => own[row]!),
    ] as const;
  });
  const drawn = shuffled(
    await collected(sample(count + checked, hash(seed, 1)), cardinalities.length),
    stream.permutation(count + checked),
  );
  const train = seen(real.map(([own], j) => joined(own, drawn[j]!.subarray(0, count))));
  const test = seen(real.map(([, own], j) => joined(own, drawn[j]!.subarray(count))));
  const labels = Uint8Array.from({ length: 2 * count }, (_, row) => Number(row < count));
  const sums = new Float64Array(2 * count);
  const testSums = new Float64Array(2 * checked);
  const trees: Tree[] = [];
  let best = { loss: Math.LN2, trees: 0, auc: 0.5, keptShare: 1 };
  while (trees.length < effort.trees && trees.length - best.trees < PATIENCE) {
    const rows = stream.permutation(2 * count).subarray(0, Math.ceil(2 * count * ROWS_PER_TREE));
    const tree = growTree(train, cardinalities, labels, sums, rows, SETTINGS);
    trees.push(tree);
    addTree(tree, train, sums);
    addTree(tree, test, testSums);
    const loss = lossOf(testSums, checked);
    if (loss < best.loss) {
      const keptShare = keptShareOf(testSums.subarray(checked));
      best = { loss, trees: trees.length, auc: aucOf(testSums, checked), keptShare };
    }
    await pause();
  }
  const { auc, keptShare } = best;
  return { trees: trees.slice(0, best.trees), auc, keptShare };
}

async function collected(blocks: ReturnType<CodeSampler>, parts: number): Promise<Uint16Array[]> {
  const all: Uint16Array[][] = Array.from({ length: parts }, () => []);
  for await (const { codes } of blocks) {
    all.forEach((list, j) => {
      list.push(codes[j]!);
    });
  }
  return all.map((list) => joined(...list));
}

/** Rows come in groups of one column order: a part of them would know some orders alone. */
function shuffled(parts: readonly Uint16Array[], order: Uint32Array): Uint16Array[] {
  return parts.map((part) => Uint16Array.from(order, (row) => part[row]!));
}

function joined(...arrays: readonly Uint16Array[]): Uint16Array {
  const all = new Uint16Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const array of arrays) {
    all.set(array, end);
    end += array.length;
  }
  return all;
}

/** Mean probability of keeping rows of these log-odds. */
function keptShareOf(sums: Float64Array): number {
  return sums.reduce((total, sum) => total + keepProbability(sum), 0) / sums.length;
}

/** Mean logistic loss; the first `positives` rows are real. */
function lossOf(sums: Float64Array, positives: number): number {
  return (
    sums.reduce((loss, s, row) => loss + Math.log1p(Math.exp(row < positives ? -s : s)), 0) / sums.length
  );
}

/** Probability that a real row scores above a drawn one (Mann–Whitney), equal scores half. */
function aucOf(sums: Float64Array, positives: number): number {
  const order = Uint32Array.from(sums.keys()).sort((a, b) => sums[a]! - sums[b]!);
  let rankSum = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && sums[order[end]!] === sums[order[start]!]) end++;
    for (let at = start; at < end; at++) if (order[at]! < positives) rankSum += (start + end + 1) / 2;
  }
  const negatives = sums.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
