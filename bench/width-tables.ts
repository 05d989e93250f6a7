/** Generated tables in which a few related columns stand among many unrelated ones. */
import { type NamedColumn, RandomStream, takeRows } from './engine';

export interface WidthTable {
  readonly rows: number;
  /** Columns that the outcome depends on; all others are noise. */
  readonly related: number;
  readonly columns: readonly NamedColumn[];
  /** Further rows of the same columns, drawn as the others. */
  readonly heldBack: readonly NamedColumn[];
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
 * @param heldBack further rows; the table's own are the same with any number of them
 */
export function widthTable(seed: number, maxCells = Number.POSITIVE_INFINITY, heldBack = 0): WidthTable {
  const stream = new RandomStream(seed, 'width table');
  const count = between(stream, COLUMNS);
  const wanted = between(stream, ROWS);
  const rows = Math.max(ROWS[0], Math.min(wanted, Math.floor(maxCells / count)));
  const sources: Sources = { rows, heldBack, stream, further: new RandomStream(seed, 'held back') };
  const related = 1 + stream.below(Math.min(10, count - 2));
  const order = stream.permutation(count);
  const effect = new Float64Array(rows + heldBack);
  const columns: NamedColumn[] = new Array(count);
  for (let k = 0; k < count - 1; k++) {
    const { data, score } = feature(sources);
    const weight = k < related ? (stream.uniform() < 0.5 ? -1 : 1) * (0.5 + stream.uniform()) : 0;
    for (let r = 0; weight !== 0 && r < score.length; r++) effect[r]! += weight * score[r]!;
    const at = order[k]!;
    columns[at] = { name: `x${at}`, ...data };
  }
  const share = 0.2 + 0.4 * stream.uniform();
  const signal = standardised(effect, rows).map((value) => value * Math.sqrt(share));
  const noise = draw(sources, (from) => Math.sqrt(1 - share) * from.normal());
  const outcome = signal.map((value, r) => value + noise[r]!);
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
  const part = (from: number, to: number) => {
    const indices = Uint32Array.from({ length: to - from }, (_, k) => from + k);
    return columns.map((column) => ({ ...column, data: takeRows(column.data, indices) }));
  };
  return {
    rows,
    related,
    columns: part(0, rows),
    heldBack: part(rows, rows + heldBack),
    target,
    causes: [...order.slice(0, related)],
  };
}

/** Where the values of a table's rows come from, and those of further rows. */
interface Sources {
  readonly rows: number;
  readonly heldBack: number;
  readonly stream: RandomStream;
  readonly further: RandomStream;
}

/** A value for each row, then for each further row. */
function draw({ rows, heldBack, stream, further }: Sources, value: (from: RandomStream) => number) {
  return Float64Array.from({ length: rows + heldBack }, (_, r) => value(r < rows ? stream : further));
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
function feature(sources: Sources): { data: Column; score: Float64Array } {
  const { stream, rows } = sources;
  const kind = stream.below(6);
  if (kind < 3) {
    const values = draw(
      sources,
      (from) => [from.normal(), Math.exp(0.7 * from.normal()), from.uniform()][kind]!,
    );
    return { data: numbers(values, 1000), score: standardised(values, rows) };
  }
  const levels = 2 + stream.below(kind === 3 ? 30 : 7);
  const weights = Float64Array.from({ length: levels }, () => 0.3 + stream.uniform());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const codes = draw(sources, (from) => {
    let left = from.uniform() * total;
    let level = 0;
    while (level < levels - 1 && left >= weights[level]!) left -= weights[level++]!;
    return level;
  });
  if (kind < 5) return { data: numbers(codes, 1), score: standardised(codes, rows) };
  const means = Float64Array.from({ length: levels }, () => stream.normal());
  const dictionary = Array.from({ length: levels }, (_, level) => `v${level}`);
  return {
    data: { storageType: 'text', data: { kind: 'text', codes: Int32Array.from(codes), dictionary } },
    score: standardised(
      codes.map((code) => means[code]!),
      rows,
    ),
  };
}

/** With mean 0 and variance 1 in the first `rows`. */
function standardised(values: Float64Array, rows: number): Float64Array {
  const first = values.subarray(0, rows);
  const mean = first.reduce((sum, value) => sum + value, 0) / rows;
  const variance = first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
  return values.map((value) => (value - mean) / Math.sqrt(variance || 1));
}
