import { RandomStream } from '../../../src/domain/random';
import type { Pacer } from '../pacing';
import type { AttackRows, CodedRows } from './attack-rows';

const TREES = 40;
const DEPTH = 12;
/** Learned rows below which a leaf is not split. */
const MIN_ROWS = 12;
/** Splits tried at a node, each of a random column at a random value. */
const TRIED = 4;
/** Rows by which the splits of a node are compared, at most. */
const COMPARED = 400;
/** Added to each count of a leaf. */
const PRIOR = 1;

/** Rows of both kinds in one table: synthetic ones first, then those of the reference, then targets. */
interface Forest {
  readonly columns: readonly Float32Array[];
  readonly ordered: readonly boolean[];
  readonly synthetic: number;
  readonly learned: number;
  readonly stream: RandomStream;
  /** Synthetic rows that a reference row stands for. */
  readonly scale: number;
  readonly scores: Float64Array;
}

/**
 * A classifier that learned to tell synthetic from reference rows; its odds for a target estimate the ratio of densities
 * (Hayes et al. 2019, "LOGAN"; van Breugel et al. 2023, DOMIAS). Extremely randomised trees (Geurts, Ernst & Wehenkel
 * 2006): of a few random splits the best by Gini, each tree with all rows, and the mean of log odds in the leaves.
 * @returns [target], larger for likelier members
 */
export async function treesAttack(rows: AttackRows, seed: number, pacer: Pacer): Promise<Float64Array> {
  const { ordered, synthetic, reference, targets } = rows;
  const drawn = synthetic[0]?.length ?? 0;
  const known = reference[0]?.length ?? 0;
  const total = drawn + known + (targets[0]?.length ?? 0);
  const forest: Forest = {
    columns: joined([synthetic, reference, targets], total),
    ordered,
    synthetic: drawn,
    learned: drawn + known,
    stream: new RandomStream(seed, 'trees attack'),
    scale: drawn / known,
    scores: new Float64Array(total - drawn - known),
  };
  const order = new Uint32Array(total);
  for (let tree = 0; tree < TREES; tree++) {
    for (let row = 0; row < total; row++) order[row] = row;
    grow(forest, order, forest.learned, DEPTH);
    if (pacer.advance(0)) await pacer.yield();
  }
  return forest.scores.map((sum) => sum / TREES);
}

function joined(sets: readonly CodedRows[], total: number): Float32Array[] {
  return sets[0]!.map((_, c) => {
    const column = new Float32Array(total);
    let from = 0;
    for (const set of sets) {
      column.set(set[c]!, from);
      from += set[c]!.length;
    }
    return column;
  });
}

/** @param rows those of a node, the `learned` ones before the targets; reordered */
function grow(forest: Forest, rows: Uint32Array, learned: number, depth: number): void {
  if (rows.length === learned) return;
  const split = depth > 0 && learned >= MIN_ROWS ? bestSplit(forest, rows.subarray(0, learned)) : null;
  if (!split) {
    const drawn = countDrawn(forest, rows.subarray(0, learned));
    const odds = Math.log((drawn + PRIOR) / ((learned - drawn) * forest.scale + PRIOR));
    for (const row of rows.subarray(learned)) forest.scores[row - forest.learned]! += odds;
    return;
  }
  const [ofLeft, ofRight] = [
    parted(forest, rows.subarray(0, learned), split),
    parted(forest, rows.subarray(learned), split),
  ];
  const left = chained(ofLeft.left, ofRight.left);
  const right = chained(ofLeft.right, ofRight.right);
  grow(forest, left, ofLeft.left.length, depth - 1);
  grow(forest, right, ofLeft.right.length, depth - 1);
}

function chained(first: Uint32Array, second: Uint32Array): Uint32Array {
  const all = new Uint32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

interface Split {
  readonly column: number;
  readonly value: number;
}

function parted(forest: Forest, rows: Uint32Array, split: Split): { left: Uint32Array; right: Uint32Array } {
  const values = forest.columns[split.column]!;
  const isOrdered = forest.ordered[split.column]!;
  const left = new Uint32Array(rows.length);
  const right = new Uint32Array(rows.length);
  let [l, r] = [0, 0];
  for (const row of rows) {
    const value = values[row]!;
    if (isOrdered ? value <= split.value : value === split.value) left[l++] = row;
    else right[r++] = row;
  }
  return { left: left.subarray(0, l), right: right.subarray(0, r) };
}

function bestSplit(forest: Forest, rows: Uint32Array): Split | null {
  let best: Split | null = null;
  let purest = 0;
  const step = Math.max(1, rows.length / COMPARED);
  for (let trial = 0; trial < TRIED; trial++) {
    const column = forest.stream.below(forest.columns.length);
    const value = forest.columns[column]![rows[forest.stream.below(rows.length)]!]!;
    const gain = gainOf(forest, rows, step, { column, value });
    if (gain <= purest) continue;
    purest = gain;
    best = { column, value };
  }
  return best;
}

/** How much purer the two sides are; 0 where one is empty. */
function gainOf(forest: Forest, rows: Uint32Array, step: number, { column, value }: Split): number {
  const values = forest.columns[column]!;
  const isOrdered = forest.ordered[column]!;
  let [left, leftDrawn, all, drawn] = [0, 0, 0, 0];
  for (let at = 0; at < rows.length; at += step) {
    const row = rows[Math.floor(at)]!;
    const isDrawn = row < forest.synthetic ? 1 : 0;
    const own = values[row]!;
    all++;
    drawn += isDrawn;
    if (isOrdered ? own <= value : own === value) {
      left++;
      leftDrawn += isDrawn;
    }
  }
  const right = all - left;
  if (left === 0 || right === 0) return 0;
  const rightDrawn = drawn - leftDrawn;
  const impurity = (count: number, share: number) => (share * (count - share)) / count;
  return 1e-9 + impurity(all, drawn) - impurity(left, leftDrawn) - impurity(right, rightDrawn);
}

function countDrawn(forest: Forest, rows: Uint32Array): number {
  let drawn = 0;
  for (const row of rows) if (row < forest.synthetic) drawn++;
  return drawn;
}
