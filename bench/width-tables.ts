/** Generated tables in which a few related columns stand among many unrelated ones. */
import { type NamedColumn, RandomStream } from './engine';

export interface WidthTable {
  readonly rows: number;
  /** Columns that the outcome depends on; all others are noise. */
  readonly related: number;
  readonly columns: readonly NamedColumn[];
  /** Index of the outcome among the columns. */
  readonly target: number;
  /** Indices of the related columns. */
  readonly causes: readonly number[];
}

/** 1,000 to 30,000 rows, 10 to 300 columns (both log-uniform) and at most so many cells; 1 to 10 related columns. */
const ROWS = [1000, 30_000] as const;
const COLUMNS = [10, 300] as const;

const between = (stream: RandomStream, [low, high]: readonly [number, number]) =>
  Math.round(low * (high / low) ** stream.uniform());

/**
 * A random table of the family. The outcome, a number or yes and no, follows the sum of its causes, which explain 20 to
 * 60 % of it. Causes and noise alike are normal, skewed, uniform or few-valued numbers, or ordered or unordered
 * categories of unequal shares. The columns stand in random order.
 * @param maxCells tables of more rows × columns are cut to fewer rows
 */
export function widthTable(seed: number, maxCells = Number.POSITIVE_INFINITY): WidthTable {
  const stream = new RandomStream(seed, 'width table');
  const count = between(stream, COLUMNS);
  const wanted = between(stream, ROWS);
  const rows = Math.max(ROWS[0], Math.min(wanted, Math.floor(maxCells / count)));
  const related = 1 + stream.below(Math.min(10, count - 2));
  const order = stream.permutation(count);
  const effect = new Float64Array(rows);
  const columns: NamedColumn[] = new Array(count);
  for (let k = 0; k < count - 1; k++) {
    const { data, score } = feature(stream, rows);
    const weight = k < related ? (stream.uniform() < 0.5 ? -1 : 1) * (0.5 + stream.uniform()) : 0;
    for (let r = 0; weight !== 0 && r < rows; r++) effect[r]! += weight * score[r]!;
    const at = order[k]!;
    columns[at] = { name: `x${at}`, ...data };
  }
  const share = 0.2 + 0.4 * stream.uniform();
  const signal = standardised(effect).map((value) => value * Math.sqrt(share));
  const outcome = signal.map((value) => value + Math.sqrt(1 - share) * stream.normal());
  const target = order[count - 1]!;
  const binary = stream.uniform() < 0.6;
  const cut = (stream.uniform() - 0.5) * 1.2;
  columns[target] = {
    name: 'target',
    ...(binary
      ? numbers(
          outcome.map((v) => Number(v > cut)),
          1,
        )
      : numbers(outcome, 1000)),
  };
  return { rows, related, columns, target, causes: [...order.slice(0, related)] };
}

type Column = Omit<NamedColumn, 'name'>;

function numbers(values: Float64Array, grid: number): Column {
  const rounded = values.map((value) => Math.round(value * grid) / grid);
  return {
    storageType: grid === 1 ? 'integer' : 'float',
    data: { kind: 'number', values: rounded, nulls: null },
  };
}

/** A column, and its values as standardised numbers. */
function feature(stream: RandomStream, rows: number): { data: Column; score: Float64Array } {
  const kind = stream.below(6);
  const draw = (value: () => number) => Float64Array.from({ length: rows }, value);
  if (kind < 3) {
    const values = draw(() => [stream.normal(), Math.exp(0.7 * stream.normal()), stream.uniform()][kind]!);
    return { data: numbers(values, 1000), score: standardised(values) };
  }
  const levels = 2 + stream.below(kind === 3 ? 30 : 7);
  const weights = Float64Array.from({ length: levels }, () => 0.3 + stream.uniform());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const codes = draw(() => {
    let left = stream.uniform() * total;
    let level = 0;
    while (level < levels - 1 && left >= weights[level]!) left -= weights[level++]!;
    return level;
  });
  if (kind < 5) return { data: numbers(codes, 1), score: standardised(codes) };
  const means = Float64Array.from({ length: levels }, () => stream.normal());
  const dictionary = Array.from({ length: levels }, (_, level) => `v${level}`);
  return {
    data: { storageType: 'text', data: { kind: 'text', codes: Int32Array.from(codes), dictionary } },
    score: standardised(codes.map((code) => means[code]!)),
  };
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(variance || 1));
}
