import { type AttackRows, addTree, growTree, RandomStream } from '../engine';

/** Bins of ranks, and categories that have a code of their own. */
const BINS = 128;
const CATEGORIES = 255;
const TREES = 60;
/** Rows that a tree learns of. */
const ROW_SHARE = 0.5;
const TREE = { depth: 4, minRows: 10, shrinkage: 1, learningRate: 0.1 };

/**
 * Boosted trees learn to tell synthetic from reference rows, equally many of each; the odds they give a target are an
 * estimate of the density ratio (Hayes et al. 2019, "LOGAN"; van Breugel et al. 2023, "Membership inference attacks
 * against synthetic data through overfitting detection", DOMIAS).
 * @returns log-odds, [target]
 */
export function classifierAttack(rows: AttackRows, seed: number): Float64Array {
  const { ordered, targets, synthetic, reference } = rows;
  const stream = new RandomStream(seed, 'classifier attack');
  const size = Math.min(synthetic[0]!.length, reference[0]!.length);
  const [drawn, known] = [synthetic, reference].map((set) =>
    stream.permutation(set[0]!.length).subarray(0, size),
  );
  const table: Uint16Array[] = [];
  const tested: Uint16Array[] = [];
  const cardinalities: number[] = [];
  targets.forEach((column, c) => {
    const learned = new Float32Array(2 * size);
    learned.set(Float32Array.from(drawn!, (row) => synthetic[c]![row]!));
    learned.set(
      Float32Array.from(known!, (row) => reference[c]![row]!),
      size,
    );
    const code = ordered[c] ? rankCode : categoryCoder(learned);
    table.push(Uint16Array.from(learned, code));
    tested.push(Uint16Array.from(column, code));
    cardinalities.push(ordered[c] ? BINS + 1 : CATEGORIES + 1);
  });
  const labels = Uint8Array.from({ length: 2 * size }, (_, row) => Number(row < size));
  const sums = new Float64Array(2 * size);
  const scores = new Float64Array(targets[0]!.length);
  for (let t = 0; t < TREES; t++) {
    const own = Uint32Array.from(labels.keys()).filter(() => stream.uniform() < ROW_SHARE);
    const tree = growTree(table, cardinalities, labels, sums, own, TREE);
    addTree(tree, table, sums);
    addTree(tree, tested, scores);
  }
  return scores;
}

function rankCode(rank: number): number {
  return rank < 0 ? 0 : 1 + Math.min(BINS - 1, Math.floor(rank * BINS));
}

/** Codes of the most frequent categories, in the order of how frequent they are; all others share the last. */
function categoryCoder(learned: Float32Array): (code: number) => number {
  const counts = new Map<number, number>();
  for (const code of learned) counts.set(code, (counts.get(code) ?? 0) + 1);
  const order = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
  const codes = new Map(order.slice(0, CATEGORIES).map((code, at) => [code, at]));
  return (code) => codes.get(code) ?? CATEGORIES;
}
