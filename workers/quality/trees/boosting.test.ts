import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { quietPacer } from '../testing/quiet-pacer';
import { boost, DEFAULT_BOOSTING, predict } from './boosting';
import { bordersOf, codesOf, type Feature } from './features';

const ROWS = 3000;
const random = new RandomStream(1, 'rows');
const x = Float64Array.from({ length: ROWS }, () => random.normal());
const group = Uint8Array.from({ length: ROWS }, () => random.below(9));
const feature = codesOf(x, null, bordersOf(x.slice().sort()));
const category: Feature = { codes: group, bins: 10, isCategory: true };

function meanSquare(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length;
}

describe('boost', () => {
  it('learns a curve and a set of categories without an order', async () => {
    const target = x.map((value, i) => Math.sin(2 * value) + ([1, 4, 6].includes(group[i]!) ? 1 : 0));
    const boosted = await boost([feature, category], target, 'squares', DEFAULT_BOOSTING, quietPacer());
    expect(boosted.trees).toHaveLength(100);
    expect(meanSquare(predict(boosted, [feature, category], ROWS), target)).toBeLessThan(0.01);
  });

  it('learns log-odds', async () => {
    const target = x.map((value) => Number(random.uniform() < 1 / (1 + Math.exp(-value))));
    const settings = { ...DEFAULT_BOOSTING, trees: 30, maxLeaves: 4 };
    const sums = predict(await boost([feature], target, 'logistic', settings, quietPacer()), [feature], ROWS);
    expect(Math.sqrt(meanSquare(sums, x))).toBeLessThan(0.35);
  });

  it('tells rows without a value apart from all others', async () => {
    const nulls = Uint8Array.from({ length: ROWS }, (_, i) => Number(i % 5 === 0));
    const own = codesOf(x, nulls, bordersOf(x.slice().sort()));
    const target = Float64Array.from(nulls);
    const boosted = await boost([own], target, 'squares', DEFAULT_BOOSTING, quietPacer());
    expect(meanSquare(predict(boosted, [own], ROWS), target)).toBeLessThan(1e-6);
  });

  it('stops where held-back rows show no gain, and gives the same every time', async () => {
    const target = Float64Array.from({ length: ROWS }, () => random.below(2));
    const learn = () =>
      boost([feature], target, 'logistic', { ...DEFAULT_BOOSTING, patience: 5 }, quietPacer());
    const [first, second] = [await learn(), await learn()];
    expect(first.trees.length).toBeLessThan(60);
    expect(second).toEqual(first);
  });
});
