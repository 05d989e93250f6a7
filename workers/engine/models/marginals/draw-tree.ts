import type { RandomStream } from '../../../../src/domain/random';
import type { TreeNode } from './tree-model';

/**
 * Groups of rows by a tree, [column][row]. Of the rows with the same group of the parent, each group gets its share to
 * the nearest row, in random order: drawn one by one, shares would vary as in a sample and be less like the counts.
 * @param sizes groups of each column
 */
export function drawTree(
  nodes: readonly TreeNode[],
  sizes: readonly number[],
  rows: number,
  stream: RandomStream,
): Uint16Array[] {
  const groups = sizes.map(() => new Uint16Array(rows));
  for (const { column, parent, counts } of nodes) {
    const size = sizes[column]!;
    const strata = parent < 0 ? [allRows(rows)] : rowsByGroup(groups[parent]!, sizes[parent]!);
    for (const [k, stratum] of strata.entries()) {
      const drawn = apportion(counts.slice(k * size, (k + 1) * size), stratum.length, stream);
      for (const [i, row] of stratum.entries()) groups[column]![row] = drawn[i]!;
    }
  }
  return groups;
}

/** Codes in numbers as near to the weights as can be, their fractions by chance, shuffled. */
export function apportion(weights: ArrayLike<number>, rows: number, stream: RandomStream): Uint16Array {
  const drawn = new Uint16Array(rows);
  if (rows === 0) return drawn;
  let total = 0;
  for (let code = 0; code < weights.length; code++) total += weights[code]!;
  // Equal steps through the weights from a random start (systematic sampling: Madow 1944).
  const start = stream.uniform();
  let code = 0;
  let below = total > 0 ? weights[0]! : 1;
  const weightOf = (at: number) => (total > 0 ? weights[at]! : 1);
  const sum = total > 0 ? total : weights.length;
  for (let i = 0; i < rows; i++) {
    const at = ((i + start) / rows) * sum;
    while (at >= below && code + 1 < weights.length) below += weightOf(++code);
    drawn[i] = code;
  }
  return stream.shuffle(drawn);
}

function allRows(rows: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => row);
}

/** The rows of each group, ascending. */
export function rowsByGroup(groups: Uint16Array, size: number): Uint32Array[] {
  const counts = new Uint32Array(size);
  for (const group of groups) counts[group]!++;
  const rows = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(size);
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row]!;
    rows[group]![filled[group]!++] = row;
  }
  return rows;
}
