import type { Edge } from './choose-tree';
import type { TreeNode } from './tree-model';

/**
 * What a tree says of any pair of columns, exactly: counts along the path between them, multiplied.
 * @returns (a, b) → [groups of a × groups of b]
 */
export function treePairs(
  nodes: readonly TreeNode[],
  sizes: readonly number[],
): (edge: Edge) => Float64Array {
  const nodeOf = new Map(nodes.map((node) => [node.column, node]));
  const links = sizes.map((_, column) => nodes.flatMap((node) => linkOf(node, column)));
  const from = new Map<number, Float64Array[]>();
  const marginOf = (column: number) => {
    const { counts } = nodeOf.get(column)!;
    const size = sizes[column]!;
    const margin = new Float64Array(size);
    for (const [k, count] of counts.entries()) margin[k % size]! += count;
    return margin;
  };
  const margins = sizes.map((_, column) => marginOf(column));
  const tablesFrom = (start: number) => {
    const tables: Float64Array[] = [];
    const size = sizes[start]!;
    const own = new Float64Array(size * size);
    for (let k = 0; k < size; k++) own[k * size + k] = margins[start]![k]!;
    tables[start] = own;
    const open = [start];
    while (open.length > 0) {
      const near = open.shift()!;
      for (const { column, node } of links[near]!) {
        if (tables[column]) continue;
        tables[column] = step(tables[near]!, margins[near]!, node, near, sizes);
        open.push(column);
      }
    }
    const total = margins[start]!.reduce((sum, count) => sum + count, 0);
    return sizes.map((width, c) => tables[c] ?? independent(margins[start]!, margins[c]!, width, total));
  };
  return ({ a, b }) => {
    if (!from.has(a)) from.set(a, tablesFrom(a));
    return from.get(a)![b]!;
  };
}

interface Link {
  readonly column: number;
  readonly node: TreeNode;
}

function linkOf(node: TreeNode, column: number): Link[] {
  if (node.parent < 0) return [];
  if (node.column === column) return [{ column: node.parent, node }];
  return node.parent === column ? [{ column: node.column, node }] : [];
}

/** [start × near] becomes [start × far]: times the joint counts of the two over the margin of the near one. */
function step(
  table: Float64Array,
  margin: Float64Array,
  node: TreeNode,
  near: number,
  sizes: readonly number[],
): Float64Array {
  const isParent = node.parent === near;
  const [m, n] = [margin.length, sizes[isParent ? node.column : node.parent]!];
  const rows = table.length / m;
  const result = new Float64Array(rows * n);
  for (let j = 0; j < m; j++) {
    if (margin[j] === 0) continue;
    for (let i = 0; i < rows; i++) {
      const factor = table[i * m + j]! / margin[j]!;
      if (factor === 0) continue;
      for (let k = 0; k < n; k++)
        result[i * n + k]! += factor * node.counts[isParent ? j * n + k : k * m + j]!;
    }
  }
  return result;
}

function independent(a: Float64Array, b: Float64Array, width: number, total: number): Float64Array {
  const table = new Float64Array(a.length * width);
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < width; j++) table[i * width + j] = (a[i]! * b[j]!) / total;
  return table;
}
