import { expect, it } from 'vitest';
import type { NearestRecords } from './distance-metrics';
import { nearCopies } from './near-copies';

const found = (distances: readonly number[]) => ({
  distances: Float64Array.from(distances),
  second: Float64Array.from(distances),
  rows: new Uint32Array(distances.length),
});

it('counts rows that are far nearer to one set than to the other, ties of common rows left out', () => {
  const nearest: NearestRecords = {
    synTrn: found([0, 0.01, 0.2, 0.9, 0]),
    synHol: found([0.5, 0.2, 0.2, 0.1, 0]),
    trnHol: null,
  };
  expect(nearCopies(nearest)).toEqual({ training: 2, holdout: 1, rows: 5 });
  expect(nearCopies({ ...nearest, synHol: null })).toBeNull();
});
