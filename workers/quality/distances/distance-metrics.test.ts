import { expect, test } from 'vitest';
import { dcrShare, distanceCurve, distanceMetrics } from './distance-metrics';

const nearest = (...distances: number[]) => ({
  distances: Float64Array.from(distances),
  second: Float64Array.from(distances, (distance) => 2 * distance),
  rows: Uint32Array.from(distances.keys()),
});

test('ties count half', () => {
  const { share, standardError } = dcrShare(nearest(0, 1, 1, 2), nearest(1, 1, 0, 3), null);
  expect(share).toBe(0.625);
  // Values 1, ½, 0, 1 about 0.625: variance 0.171875, over 4 rows.
  expect(standardError).toBeCloseTo(Math.sqrt(0.171875 / 4), 12);
});

test('subjects that draw rows from everywhere make the error, not rows', () => {
  // Ten rows each are closest to the subjects 1 and 2 of training and 8 of holdout; the fourth of holdout draws none.
  const rows = 40;
  const which = Uint32Array.from({ length: rows }, (_, i) => i % 4);
  const ahead = (sign: number) => Float64Array.from(which, (w) => (w < 2 ? sign : w === 2 ? -sign : 0));
  const people = { training: Uint32Array.of(1, 2, 1, 1), holdout: Uint32Array.of(8, 8, 8, 9), subjects: 2 };
  const { share, standardError } = dcrShare(
    { distances: ahead(-1), second: ahead(1), rows: which },
    { distances: ahead(1), second: ahead(1), rows: which },
    people,
  );
  expect(share).toBe(0.625);
  // Draws 10, 10, 10, 0 about 7.5: two of four without replacement.
  expect(standardError).toBeCloseTo(Math.sqrt((75 * 4) / (4 * 3)) / rows, 12);
});

test('identical means within a millionth; figures are rounded', () => {
  const metrics = distanceMetrics(
    {
      synTrn: nearest(0, 1e-6, 2e-6, 0.12345),
      synHol: nearest(1, 1, 1, 0),
      trnHol: nearest(0.25, 0.25, 0.25, 0.25),
    },
    null,
  );
  expect(metrics).toEqual({
    imsTraining: 0.5,
    imsHoldout: 0.25,
    imsTrnHol: 0,
    // Fewer than ten ratios.
    ...{ nndrTraining: null, nndrHoldout: null, nndrTrnHol: null },
    dcrTraining: 0.031,
    dcrHoldout: 0.75,
    dcrTrnHol: 0.25,
    dcrShare: 0.75,
    dcrShareStandardError: 0.2165,
  });
});

test('without holdout only the training distances are known', () => {
  const metrics = distanceMetrics({ synTrn: nearest(1), synHol: null, trnHol: null }, null);
  expect(metrics.dcrTraining).toBe(1);
  expect(metrics.dcrShare).toBeNull();
  expect(metrics.dcrShareStandardError).toBeNull();
  expect(metrics.imsHoldout).toBeNull();
  expect(metrics.dcrTrnHol).toBeNull();
});

test('the curve runs from nothing to the distance of 99 %, not to that of a single row', () => {
  const { x, y } = distanceCurve(nearest(...Array.from({ length: 101 }, (_, i) => 100 - i)));
  expect(x).toHaveLength(101);
  expect([x[0], x[50], x[100]]).toEqual([0, 50, 99]);
  expect([y[0], y[50], y[100]]).toEqual([0, 0.5, 1]);
  expect(distanceCurve(nearest(3)).x[100]).toBe(3);
});
