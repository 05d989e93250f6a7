/** What a generated table keeps of an outcome's ties: correlations, and a naive Bayes score's AUC. */
import { columnLength, type NamedColumn } from './engine';

/** Levels of a number in the score. */
const LEVELS = 8;
/** Rows of the overall share beside those of a level. */
const PRIOR = 10;

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
 * AUC for the outcome being above its median (of two values: the higher one) in the tested rows, of the sum of the
 * logarithms of each column's likelihood ratio, as learned from another table with the same columns.
 */
export function scoreAuc(
  learned: readonly NamedColumn[],
  tested: readonly NamedColumn[],
  target: number,
): number {
  const outcome = valuesOf(tested[target]!);
  const cut = cutOf(outcome);
  const isHigh = valuesOf(learned[target]!).map((value) => Number(value > cut));
  const high = isHigh.reduce((sum, value) => sum + value, 0);
  const share = (high + PRIOR / 2) / (isHigh.length + PRIOR);
  const score = new Float64Array(outcome.length);
  learned.forEach((column, index) => {
    if (index === target) return;
    const level = levelsOf(tested[index]!);
    const totals = new Map<string, { rows: number; high: number }>();
    level(column).forEach((name, r) => {
      const entry = totals.get(name) ?? { rows: 0, high: 0 };
      totals.set(name, { rows: entry.rows + 1, high: entry.high + isHigh[r]! });
    });
    level(tested[index]!).forEach((name, r) => {
      const { rows, high: count } = totals.get(name) ?? { rows: 0, high: 0 };
      const part = (count + PRIOR * share) / (rows + PRIOR);
      score[r]! += Math.log(part / (1 - part)) - Math.log(share / (1 - share));
    });
  });
  return areaUnderCurve(
    score,
    outcome.map((value) => Number(value > cut)),
  );
}

/** Names the levels of a column like this one: its categories, or eighths of its rows. */
function levelsOf(like: NamedColumn): (column: NamedColumn) => string[] {
  if (like.data.kind === 'text')
    return ({ data }) =>
      data.kind === 'text' ? Array.from(data.codes, (code) => data.dictionary[code] ?? '') : [];
  const sorted = valuesOf(like).sort();
  const edges = Array.from(
    { length: LEVELS - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / LEVELS)]!,
  );
  return (column) =>
    Array.from(valuesOf(column), (value) => String(edges.filter((edge) => value >= edge).length));
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
