import { expect, test } from 'vitest';
import { dcrShare, distanceCurve, distanceMetrics } from './distance-metrics';

test('ties count half', () => {
  const { share, standardError } = dcrShare(Float64Array.of(0, 1, 1, 2), Float64Array.of(1, 1, 0, 3));
  expect(share).toBe(0.625);
  // Values 1, ½, 0, 1 about 0.625: variance 0.171875, over 4 rows.
  expect(standardError).toBeCloseTo(Math.sqrt(0.171875 / 4), 12);
});

test('identical means within a millionth; figures are rounded', () => {
  const metrics = distanceMetrics({
    synTrn: Float64Array.of(0, 1e-6, 2e-6, 0.12345),
    synHol: Float64Array.of(1, 1, 1, 0),
    trnHol: Float64Array.of(0.25, 0.25, 0.25, 0.25),
  });
  expect(metrics).toEqual({
    imsTraining: 0.5,
    imsHoldout: 0.25,
    imsTrnHol: 0,
    dcrTraining: 0.031,
    dcrHoldout: 0.75,
    dcrTrnHol: 0.25,
    dcrShare: 0.75,
    dcrShareStandardError: 0.2165,
  });
});

test('without holdout only the training distances are known', () => {
  const metrics = distanceMetrics({ synTrn: Float64Array.of(1), synHol: null, trnHol: null });
  expect(metrics.dcrTraining).toBe(1);
  expect(metrics.dcrShare).toBeNull();
  expect(metrics.dcrShareStandardError).toBeNull();
  expect(metrics.imsHoldout).toBeNull();
  expect(metrics.dcrTrnHol).toBeNull();
});

test('the curve runs from nothing to the distance of 99 %, not to that of a single row', () => {
  const { x, y } = distanceCurve(Float64Array.from({ length: 101 }, (_, i) => 100 - i));
  expect(x).toHaveLength(101);
  expect([x[0], x[50], x[100]]).toEqual([0, 50, 99]);
  expect([y[0], y[50], y[100]]).toEqual([0, 0.5, 1]);
  expect(distanceCurve(Float64Array.of(3)).x[100]).toBe(3);
});
