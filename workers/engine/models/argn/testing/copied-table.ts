import { hash, RandomStream } from '../../../../../src/domain/random';
import type { GenerationRequest, ModelSpec } from '../network/network-backend';
import type { WatchedCodes } from '../training/training-setup';

const COLUMNS = 5;
const CARDINALITY = 30;

/** A model of independent columns: rows that lie near each other do so by chance or are copies. */
export const NOISE_SPEC: ModelSpec = {
  columnCount: COLUMNS,
  subColumns: Array.from({ length: COLUMNS }, (_, column) => ({
    cardinality: CARDINALITY,
    dimension: 4,
    hidden: 4,
    column,
  })),
};

/** A table of noise as the guard sees it. */
export function noiseTable(rows: number, seed: number): WatchedCodes {
  const stream = new RandomStream(seed, 'noise');
  return {
    codes: Uint16Array.from({ length: COLUMNS * rows }, () => stream.below(CARDINALITY)),
    rowCount: rows,
    order: 'natural',
    logitBias: NOISE_SPEC.subColumns.map(() => null),
    relations: [],
  };
}

/** Draws noise, or with probability `share` a copy of one of `rows`. */
export function drawCopies(
  { codes, rowCount }: WatchedCodes,
  rows: Uint32Array,
  share: number,
  request: Pick<GenerationRequest, 'rows' | 'row0' | 'seed'>,
): Uint16Array {
  const drawn = new Uint16Array(COLUMNS * request.rows);
  for (let i = 0; i < request.rows; i++) {
    const stream = new RandomStream(request.seed, hash(request.row0 + i, 1));
    const copies = stream.uniform() < share;
    const row = rows[stream.below(rows.length)]!;
    for (let j = 0; j < COLUMNS; j++) {
      const noise = stream.below(CARDINALITY);
      drawn[j * request.rows + i] = copies ? codes[j * rowCount + row]! : noise;
    }
  }
  return drawn;
}
