import { addTree, growTree, type NamedColumn } from './engine';

const TREES = 100;
const SETTINGS = { depth: 5, minRows: 20, shrinkage: 1, learningRate: 0.1 };
/** Codes of a column at most. */
const CODES = 64;

/**
 * How well boosted trees that learned one column from rows predict it for held-out rows: AUC, ½ is chance. Text columns:
 * the second most frequent value of the holdout against all others; numbers: above the holdout's median or not.
 * @param training rows to learn from, original or synthetic
 */
export function predictionAuc(
  training: readonly NamedColumn[],
  holdout: readonly NamedColumn[],
  target: string,
): number {
  const find = (table: readonly NamedColumn[], name: string) => table.find((column) => column.name === name)!;
  const positive = labeller(find(holdout, target));
  const [labels, truth] = [training, holdout].map((table) => positive(find(table, target))) as [
    Uint8Array,
    Uint8Array,
  ];
  const features = holdout.filter(({ name }) => name !== target && find(training, name));
  const coders = features.map(coder);
  const codesOf = (table: readonly NamedColumn[]) =>
    features.map(({ name }, f) => coders[f]!(find(table, name)));
  const [learned, asked] = [codesOf(training), codesOf(holdout)];
  const sums = new Float64Array(labels.length);
  const scores = new Float64Array(truth.length);
  const rows = Uint32Array.from(labels.keys());
  const cardinalities = features.map(() => CODES + 2);
  for (let k = 0; k < TREES; k++) {
    const tree = growTree(learned, cardinalities, labels, sums, rows, SETTINGS);
    addTree(tree, learned, sums);
    addTree(tree, asked, scores);
  }
  return areaUnderCurve(scores, truth);
}

function labeller({ data }: NamedColumn): (column: NamedColumn) => Uint8Array {
  if (data.kind === 'number') {
    const known = data.values.filter((_, row) => data.nulls?.[row] !== 1).sort();
    const median = known[known.length >> 1]!;
    return ({ data: own }) => {
      if (own.kind !== 'number') throw new Error('The target is a number in one table alone.');
      return Uint8Array.from(own.values, (value, row) => Number(own.nulls?.[row] !== 1 && value > median));
    };
  }
  const positive = byFrequency(data.codes, data.dictionary)[1]!;
  return ({ data: own }) => {
    if (own.kind !== 'text') throw new Error('The target is a text in one table alone.');
    const code = own.dictionary.indexOf(positive);
    return Uint8Array.from(own.codes, (value) => Number(value === code));
  };
}

/** Codes of a column by its quantiles or its most frequent values; 0 = missing, the last = any other. */
function coder({ data }: NamedColumn): (column: NamedColumn) => Uint16Array {
  if (data.kind === 'number') {
    const known = data.values.filter((_, row) => data.nulls?.[row] !== 1).sort();
    const edges = Array.from({ length: CODES }, (_, k) => known[Math.floor((k * known.length) / CODES)]!);
    return ({ data: own }) => {
      if (own.kind !== 'number') throw new Error('A column is a number in one table alone.');
      return Uint16Array.from(own.values, (value, row) => {
        if (own.nulls?.[row] === 1) return 0;
        let code = 0;
        while (code < CODES && edges[code]! <= value) code++;
        return code;
      });
    };
  }
  const values = new Map(
    byFrequency(data.codes, data.dictionary)
      .slice(0, CODES)
      .map((value, k) => [value, k + 1]),
  );
  return ({ data: own }) => {
    if (own.kind !== 'text') throw new Error('A column is a text in one table alone.');
    const codes = own.dictionary.map((value) => values.get(value) ?? CODES + 1);
    return Uint16Array.from(own.codes, (code) => (code < 0 ? 0 : codes[code]!));
  };
}

function byFrequency(codes: Int32Array, dictionary: readonly string[]): string[] {
  const counts = new Float64Array(dictionary.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  return [...dictionary.keys()].sort((a, b) => counts[b]! - counts[a]!).map((code) => dictionary[code]!);
}

/** Share of pairs of a positive and a negative row in which the positive scores higher; ties count half. */
function areaUnderCurve(scores: Float64Array, truth: Uint8Array): number {
  const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  let positives = 0;
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && scores[order[end]!] === scores[order[i]!]) end++;
    for (let k = i; k < end; k++) {
      if (truth[order[k]!] === 0) continue;
      rankSum += (i + 1 + end) / 2;
      positives++;
    }
    i = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
