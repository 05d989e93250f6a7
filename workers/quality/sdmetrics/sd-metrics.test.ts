import { describe, expect, it } from 'vitest';
import { numbers, texts } from '../testing/make-columns';
import { quietPacer } from '../testing/quiet-pacer';
import { kolmogorovSmirnov, sdColumn } from './column-scores';
import { sdPairs } from './pair-scores';

const score = (real: ReturnType<typeof numbers>, synthetic: ReturnType<typeof numbers>) =>
  sdColumn('a', real.data, synthetic.data);

describe('sdColumn', () => {
  it('compares cumulative distributions of numbers and their range', () => {
    expect(kolmogorovSmirnov(Float64Array.of(1, 2, 3, 4), Float64Array.of(3, 4, 5, 6))).toBe(0.5);
    const { shape, validity } = score(numbers('a', [1, 2, 3, 4]), numbers('a', [3, 4, 5, null]));
    expect(shape).toBe(0.5);
    // 5 is outside, and no real row lacks a value.
    expect(validity).toBe(0.5);
    expect(score(numbers('a', [1, null]), numbers('a', [1, null])).validity).toBe(1);
    expect(score(numbers('a', [null]), numbers('a', [1]))).toMatchObject({ shape: null, validity: null });
  });

  it('compares shares of categories that are there', () => {
    const { shape, validity } = sdColumn(
      'a',
      texts('a', ['x', 'x', 'y', 'y']).data,
      texts('a', ['x', 'y', 'z', null]).data,
    );
    expect(shape).toBeCloseTo(1 - 1 / 3, 12);
    expect(validity).toBe(0.5);
  });
});

describe('sdPairs', () => {
  const x = Array.from({ length: 40 }, (_, i) => i);
  const table = (slope: number) => [
    numbers('x', x),
    numbers(
      'y',
      x.map((value) => slope * value),
    ),
    texts(
      'half',
      x.map((value) => (value < 20 ? 'low' : 'high')),
    ),
    numbers(
      'noise',
      x.map((value) => (value * 17) % 7),
    ),
  ];

  it('scores pairs that depend on each other, worst first, and counts the others', async () => {
    const { pairs, weakPairs } = await sdPairs(table(1), table(-1), quietPacer());
    expect(pairs.find(({ column2 }) => column2 === 'y')).toEqual({
      column1: 'x',
      column2: 'y',
      metric: 'CorrelationSimilarity',
      score: 0,
    });
    expect(pairs.find(({ column1, column2 }) => column1 === 'x' && column2 === 'half')).toMatchObject({
      ...{ metric: 'ContingencySimilarity', score: 1 },
    });
    expect(pairs.length + weakPairs).toBe(6);
    expect(weakPairs).toBeGreaterThan(0);
  });
});
