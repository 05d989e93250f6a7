import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { aucOf, meanEstimate, separation, swappedAuc, truePositives, variance } from './attack-figures';

const scores = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 40 })
  .map((values) => Float64Array.from(values));

describe('separation', () => {
  it('is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(scores, scores, (members, others) => {
        let right = 0;
        for (const member of members) {
          for (const other of others) right += member > other ? 1 : member === other ? 0.5 : 0;
        }
        const { auc, above, below } = separation(members, others);
        const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(auc).toBeCloseTo(right / members.length / others.length, 12);
        expect(mean(above)).toBeCloseTo(auc, 12);
        expect(mean(below)).toBeCloseTo(auc, 12);
        expect(separation(others, members).auc).toBeCloseTo(1 - auc, 12);
      }),
    );
  });
});

describe('standard errors', () => {
  const draw = (random: RandomStream, shift: number) =>
    Float64Array.from({ length: 60 }, () => random.normal() + shift);

  it('are the spread of repeated AUCs', () => {
    const random = new RandomStream(1, 'repeated');
    const repeated = Array.from({ length: 400 }, () => aucOf(separation(draw(random, 0.5), draw(random, 0))));
    const spread = Math.sqrt(variance(Float64Array.from(repeated, ({ value }) => value)));
    const { error } = meanEstimate(repeated);
    expect(Math.abs(error * Math.sqrt(400) - spread) / spread).toBeLessThan(0.15);
  });

  it('of swapped pairs leave out what a row is by nature', () => {
    const random = new RandomStream(2, 'swapped');
    const values: number[] = [];
    let stated = 0;
    for (let i = 0; i < 400; i++) {
      const [a, b] = [draw(random, 0), draw(random, 0)];
      const noisy = (scores: Float64Array, shift: number) =>
        scores.map((score) => score + shift + 0.2 * random.normal());
      const pair = swappedAuc(separation(noisy(a, 0.1), noisy(b, 0)), separation(noisy(b, 0.1), noisy(a, 0)));
      values.push(pair.value);
      stated += pair.error / 400;
    }
    const spread = Math.sqrt(variance(Float64Array.from(values)));
    expect(spread).toBeLessThan(0.02);
    expect(Math.abs(stated - spread) / spread).toBeLessThan(0.25);
  });
});

describe('truePositives', () => {
  const others = Float64Array.from({ length: 100 }, (_, i) => i);

  it('counts members above all but the share of the others', () => {
    expect(truePositives(Float64Array.of(99.5, 98.5, 97.5, 0), others, 0.01)).toBe(0.5);
    expect(truePositives(Float64Array.of(99.5, 98.5, 97.5, 0), others, 0.1)).toBe(0.75);
  });

  it('of scores that are all equal is the share itself', () => {
    expect(truePositives(new Float64Array(7), new Float64Array(50), 0.1)).toBeCloseTo(0.1, 12);
  });
});
