import type { Backend } from '../network/network-backend';
import { rotation } from './groups';

/** Rotations that are compared, at most; evenly spread over the columns. */
const MAX_ROTATIONS = 32;
/** Held-back rows that they are compared on. */
const MAX_ROWS = 1000;
/** Fewer rows do not tell. */
const MIN_ROWS = 300;
/** A rotation is good if its loss is at most so many nats per row above the least one. */
const TOLERANCE = 0.1;

export interface RotatedTable {
  readonly columnCount: number;
  /** Columns at the end that come first in every rotation. */
  readonly factorCount: number;
  /** Row numbers of the backend's code table that the model did not learn. */
  readonly rows: Uint32Array;
}

/**
 * Columns that those rotations of the table's order begin at which the averaged weights know about as well as the best
 * one (docs/model.md, Discriminator). The loss of the same rows is comparable between orders, as each
 * is the logarithm of the whole row's probability.
 * @param pause called after each rotation
 * @returns ascending; null = every column, or too few rows to tell
 */
export async function goodStarts(
  backend: Backend,
  { columnCount, factorCount, rows }: RotatedTable,
  pause: () => Promise<void>,
): Promise<readonly number[] | null> {
  if (rows.length < MIN_ROWS) return null;
  const own = columnCount - factorCount;
  const compared = rows.subarray(0, MAX_ROWS);
  const count = comparedRotations({ columnCount, factorCount });
  const losses: number[] = [];
  for (let k = 0; k < count; k++) {
    const parts = await backend.evaluate({
      rows: compared,
      orders: { count: 1, ranks: rotation(columnCount, startOf(k, count, own), factorCount) },
      orderOf: new Uint16Array(compared.length),
      weights: 'average',
    });
    losses.push(parts.reduce((sum, loss) => sum + loss, 0));
    await pause();
  }
  const limit = Math.min(...losses) + TOLERANCE * compared.length;
  const good = losses.flatMap((loss, k) => (loss <= limit ? [startOf(k, count, own)] : []));
  return good.length === count || good.length === 0 ? null : good;
}

/** How many rotations `goodStarts` compares. */
export function comparedRotations({
  columnCount,
  factorCount,
}: Pick<RotatedTable, 'columnCount' | 'factorCount'>): number {
  return Math.min(columnCount - factorCount, MAX_ROTATIONS);
}

function startOf(k: number, count: number, columns: number): number {
  return Math.floor((k * columns) / count);
}
