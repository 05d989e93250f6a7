import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { meanOf, roundTo, scoreCounts } from './distribution';

test('half of the rows apart is an accuracy of one half', () => {
  // {a, a, b, b} against {a, a, c, c}
  expect(scoreCounts([2, 2, 0], [2, 0, 2], 4, 4).accuracy).toBe(0.5);
});

test('the maximum follows the formula', () => {
  const p = [0.5, 0.3, 0.2];
  const expected = p.reduce((sum, q) => sum + Math.sqrt((2 / Math.PI) * q * (1 - q) * (1 / 100 + 1 / 50)), 0);
  expect(scoreCounts([50, 30, 20], [25, 15, 10], 100, 50)).toEqual({
    accuracy: 1,
    accuracyMax: roundTo(1 - expected / 2, 5),
  });
});

test.each([
  [[0.5, 0.2, 0.2, 0.1], 3000, 6000],
  [[0.9, 0.09, 0.01], 8000, 2000],
])('the maximum is what two samples of %j reach on average', (shares, rows, otherRows) => {
  const random = new RandomStream(7, 'bootstrap');
  const draw = (count: number) => {
    const counts = shares.map(() => 0);
    for (let i = 0; i < count; i++) {
      let rest = random.uniform();
      let cell = 0;
      while (cell < shares.length - 1 && rest >= shares[cell]!) rest -= shares[cell++]!;
      counts[cell]!++;
    }
    return counts;
  };
  const repetitions = 60;
  let sum = 0;
  for (let i = 0; i < repetitions; i++) {
    sum += scoreCounts(draw(rows), draw(otherRows), rows, otherRows).accuracy;
  }
  const exact = scoreCounts(
    shares.map((share) => share * rows),
    shares.map((share) => share * otherRows),
    rows,
    otherRows,
  );
  expect(Math.abs(sum / repetitions - exact.accuracyMax)).toBeLessThan(0.005);
});

test('rounds half to even, and means to seven decimals', () => {
  expect([roundTo(0.5, 0), roundTo(1.5, 0), roundTo(2.5, 0), roundTo(0.125, 2)]).toEqual([0, 2, 2, 0.12]);
  expect(meanOf([1, null, 0.5, 0.5])).toBe(0.6666667);
  expect(meanOf([null])).toBeNull();
});
