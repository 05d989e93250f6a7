import { expect, test } from 'vitest';
import { seededBits } from '../../privacy/dp/random-bits';
import { audit, upperBound } from '../testing/canary-audit';
import { marginalsScore } from './testing/canary-score';

test('an audit finds no more than the stated ε, and finds out who states too little', async () => {
  const stated = { maxEpsilon: 1, delta: 1e-5 };
  const honest = await audit(stated.delta, 400, marginalsScore(stated, seededBits));
  expect(honest.lowerBound).toBeLessThan(1);
  // The noise of ε 30 under the name of ε 1.
  const careless = await audit(stated.delta, 400, marginalsScore({ ...stated, maxEpsilon: 30 }, seededBits));
  expect(careless.lowerBound).toBeGreaterThan(1);
});

test('bounds are those of Clopper and Pearson', () => {
  expect(upperBound(0, 10)).toBeCloseTo(0.3085, 4);
  expect(upperBound(5, 10)).toBeCloseTo(0.8129, 4);
  expect(upperBound(10, 10)).toBe(1);
});
