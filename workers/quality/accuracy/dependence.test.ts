import { expect, test } from 'vitest';
import { cramersV } from './dependence';

test('one for a bijection, whatever empty bins there are', () => {
  expect(cramersV([50, 0, 0, 0, 50, 0, 0, 0, 0], 3, 3)).toBeCloseTo(1, 10);
});

test('zero for independence and for constants', () => {
  expect(cramersV([25, 25, 25, 25], 2, 2)).toBe(0);
  expect(cramersV([10, 20], 1, 2)).toBe(0);
  expect(cramersV([0, 0, 0, 0], 2, 2)).toBe(0);
});

test('a hand-computed table', () => {
  // χ²/n = (40²/50² + 10²/50²)·2 − 1 = 0.36; the correction takes 1/99, the sizes shrink to 1 − 1/99.
  expect(cramersV([40, 10, 10, 40], 2, 2)).toBeCloseTo(Math.sqrt((0.36 - 1 / 99) / (1 - 1 / 99)), 12);
});
