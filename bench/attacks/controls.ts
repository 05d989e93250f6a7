/** Synthetic tables that no model of the product made: what the figures of an attack are compared with. */
import { type NamedColumn, RandomStream, takeRows } from '../engine';
import { appendRows, pickRows, rowCount } from './populations';

/** Each column bootstrapped alone: all that a table of independent columns can give away. */
export function independentColumns(
  training: readonly NamedColumn[],
  rows: number,
  seed: number,
): NamedColumn[] {
  const total = rowCount(training);
  return training.map((column, c) => {
    const stream = new RandomStream(seed, `independent column ${c}`);
    return {
      ...column,
      data: takeRows(
        column.data,
        Uint32Array.from({ length: rows }, () => stream.below(total)),
      ),
    };
  });
}

/** The same through 100 bins of equally many rows: numbers are drawn evenly between the edges of a bin. */
export function plainBins(training: readonly NamedColumn[], rows: number, seed: number): NamedColumn[] {
  return independentColumns(training, rows, seed).map((column, c) => {
    const { data } = column;
    const original = training[c]!.data;
    if (data.kind === 'text' || original.kind === 'text') return column;
    const sorted = original.values.slice().sort();
    const edges = Float64Array.from(
      { length: 101 },
      (_, k) => sorted[Math.round((k * (sorted.length - 1)) / 100)]!,
    );
    const stream = new RandomStream(seed, `plain bins ${c}`);
    const values = data.values.map(() => {
      const bin = stream.below(100);
      return edges[bin]! + stream.uniform() * (edges[bin + 1]! - edges[bin]!);
    });
    return { ...column, data: { ...data, values } };
  });
}

/** Rows of which a share are copies of training rows and the others fresh, or of independent columns if there are none. */
export function memorised(
  training: readonly NamedColumn[],
  fresh: readonly NamedColumn[],
  rows: number,
  share: number,
  seed: number,
): NamedColumn[] {
  const stream = new RandomStream(seed, 'memorised rows');
  const copies = Math.round(share * rows);
  const copied = pickRows(
    training,
    Uint32Array.from({ length: copies }, () => stream.below(rowCount(training))),
  );
  const available = rowCount(fresh);
  const others =
    available > 0
      ? pickRows(
          fresh,
          Uint32Array.from({ length: rows - copies }, () => stream.below(available)),
        )
      : independentColumns(training, rows - copies, seed);
  return appendRows(copied, others);
}
