/** What a generated table keeps of an outcome's ties: correlations, and the AUC of boosted trees. */
import { addTree, columnLength, growTree, type NamedColumn, RandomStream } from './engine';

/** Bins of a number. */
const BINS = 64;
const TREES = 100;
/** Rows that a tree learns of. */
const ROW_SHARE = 0.5;
const TREE = { depth: 3, minRows: 10, shrinkage: 1, learningRate: 0.1 };

/** Correlation of each numeric cause with the outcome; 0 for categories. */
export function causeEffects(
  table: readonly NamedColumn[],
  target: number,
  causes: readonly number[],
): number[] {
  const outcome = valuesOf(table[target]!);
  return causes.map((cause) =>
    table[cause]!.data.kind === 'text' ? 0 : correlation(valuesOf(table[cause]!), outcome),
  );
}

/**
 * AUC for the outcome being above its median (of two values: the higher one) in the tested rows, of boosted trees that
 * learned it from another table with the same columns. Numbers are cut into bins of equally many of the learned rows.
 */
export function treesAuc(
  learned: readonly NamedColumn[],
  tested: readonly NamedColumn[],
  target: number,
  seed: number,
): number {
  const outcome = valuesOf(tested[target]!);
  const cut = cutOf(outcome);
  const labels = Uint8Array.from(valuesOf(learned[target]!), (value) => Number(value > cut));
  const inputs = learned.flatMap((column, i) => (i === target ? [] : [{ column, other: tested[i]! }]));
  const coders = inputs.map(({ column }) => coderOf(column));
  const table = inputs.map(({ column }, i) => coders[i]!.codes(column));
  const testedTable = inputs.map(({ other }, i) => coders[i]!.codes(other));
  const cardinalities = coders.map(({ cardinality }) => cardinality);
  const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const sums = new Float64Array(labels.length).fill(Math.log(share / (1 - share)));
  const score = new Float64Array(outcome.length);
  const stream = new RandomStream(seed, 'boosted trees');
  for (let t = 0; t < TREES; t++) {
    const rows = Uint32Array.from(labels.keys()).filter(() => stream.uniform() < ROW_SHARE);
    const tree = growTree(table, cardinalities, labels, sums, rows, TREE);
    addTree(tree, table, sums);
    addTree(tree, testedTable, score);
  }
  return areaUnderCurve(
    score,
    outcome.map((value) => Number(value > cut)),
  );
}

interface Coder {
  readonly cardinality: number;
  codes(column: NamedColumn): Uint16Array;
}

/** Codes of a column like this one: its categories in the order of their names, or bins. */
function coderOf(like: NamedColumn): Coder {
  if (like.data.kind === 'text') {
    const names = [...like.data.dictionary].sort();
    const codeOf = new Map(names.map((name, code) => [name, code]));
    return {
      cardinality: names.length + 1,
      codes: ({ data }) =>
        data.kind === 'text'
          ? Uint16Array.from(data.codes, (code) => codeOf.get(data.dictionary[code] ?? '') ?? names.length)
          : new Uint16Array(columnLength(data)),
    };
  }
  const sorted = valuesOf(like).sort();
  const quantiles = Array.from(
    { length: BINS - 1 },
    (_, k) => sorted[(((k + 1) * sorted.length) / BINS) | 0]!,
  );
  const edges = [...new Set(quantiles)];
  return {
    cardinality: edges.length + 1,
    codes: (column) => Uint16Array.from(valuesOf(column), (value) => binOf(edges, value)),
  };
}

/** Edges that are at most the value: by bisection. */
function binOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A copy. */
function valuesOf({ data }: NamedColumn): Float64Array {
  return data.kind === 'number' ? data.values.slice() : new Float64Array(columnLength(data));
}

function cutOf(values: Float64Array): number {
  if (new Set(values).size === 2) return Math.min(...new Set(values));
  return values.slice().sort()[values.length >> 1]!;
}

function correlation(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, r) => {
    xy += (value - mx) * (y[r]! - my);
    xx += (value - mx) ** 2;
    yy += (y[r]! - my) ** 2;
  });
  return xy / Math.sqrt(xx * yy || 1);
}

/** Mann–Whitney; ties count half. */
function areaUnderCurve(score: Float64Array, label: ArrayLike<number>): number {
  const order = Array.from(score.keys()).sort((a, b) => score[a]! - score[b]!);
  let [rankSum, positives] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && score[order[to]!] === score[order[from]!]) to++;
    for (const r of order.slice(from, to)) {
      rankSum += label[r]! * ((from + to + 1) / 2);
      positives += label[r]!;
    }
    from = to;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
