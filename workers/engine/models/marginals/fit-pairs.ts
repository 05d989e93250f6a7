import { RandomStream } from '../../../../src/domain/random';
import { drawTree } from './draw-tree';
import { fitFactors, type PairFactors, type PairTarget } from './pair-model';
import type { TreeNode } from './tree-model';

/** Rows that are drawn on and on while factors are fitted. */
const ROWS = 6000;
const PASSES = 36;
/** Of the chance of fitting, which has nothing private: any seed will do. */
const SEED = 1;

/**
 * Factors of the pairs of a tree and of others. They begin as those of the tree alone.
 * @param targets pairs of the tree first, in any order
 */
export async function fitPairs(
  targets: readonly PairTarget[],
  nodes: readonly TreeNode[],
  sizes: readonly number[],
  margins: readonly Float64Array[],
  pause: () => Promise<void>,
  onPass: (done: number, total: number) => void = () => {},
): Promise<PairFactors[]> {
  const inTree = nodes.filter(({ parent }) => parent >= 0);
  if (targets.length === inTree.length) return [];
  const pairs = targets.map(({ a, b, counts }) => ({
    a,
    b,
    factors: startOf({ a, b, counts }, inTree, sizes),
  }));
  const stream = new RandomStream(SEED, 'fit pairs');
  const groups = drawTree(nodes, sizes, ROWS, stream);
  await fitFactors(groups, sizes, pairs, targets, margins, { passes: PASSES, stream, pause, onPass });
  return pairs;
}

/**
 * Of a pair in the tree its counts over those of the parent, so that the product over all pairs is the tree's
 * probability; a root's own counts stay in the first pair that has it. Of other pairs 1.
 */
function startOf(
  { a, b, counts }: PairTarget,
  inTree: readonly TreeNode[],
  sizes: readonly number[],
): Float64Array {
  const node = inTree.find(
    ({ column, parent }) =>
      Math.min(column, parent) === Math.min(a, b) && Math.max(column, parent) === Math.max(a, b),
  );
  if (!node) return new Float64Array(counts.length).fill(1);
  const [m, n] = [sizes[a]!, sizes[b]!];
  const isRoot = !inTree.some(({ column }) => column === node.parent);
  const first = inTree.find(({ parent }) => parent === node.parent);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (isRoot && first === node) return counts.map((count) => count / total);
  const margin = new Float64Array(node.parent === a ? m : n);
  for (let k = 0; k < counts.length; k++)
    margin[node.parent === a ? Math.floor(k / n) : k % n]! += counts[k]!;
  return counts.map((count, k) => {
    const own = margin[node.parent === a ? Math.floor(k / n) : k % n]!;
    return own > 0 ? count / own : 0;
  });
}
