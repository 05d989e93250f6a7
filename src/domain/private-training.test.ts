import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { riskOfBudget } from './attack-risk';
import { ModelConfiguration } from './model-configuration';
import {
  lacksValueProtection,
  privacyOf,
  privacyProblem,
  privacySummary,
  privacyWarnings,
  regeneratesIdentifiers,
  riskInWords,
  withModelInPrivate,
} from './private-training';

const parse = (configuration: object) => ModelConfiguration.parse(configuration);
const plain = parse({});
const counts = (settings: object = {}) => parse({ model: 'marginals', ...settings });
const neural = (settings: object = {}) =>
  parse({ differentialPrivacy: { valueProtectionEpsilon: null, ...settings } });

describe('a private training before it begins', () => {
  it('is known by its configuration', () => {
    expect(privacyOf(plain)).toBeNull();
    expect(privacyOf(counts({ maxEpsilon: 2 }))).toEqual({
      ...{ maxEpsilon: 2, delta: 1e-5, valueProtectionEpsilon: null, maxRowsPerSubject: 1 },
    });
    expect(privacyOf(neural({ maxEpsilon: 2 }))).toEqual({
      ...{ maxEpsilon: 2, delta: 1e-5, valueProtectionEpsilon: null, noiseMultiplier: 2, maxGradNorm: 1 },
    });
  });

  it('has the same budget by default, whatever learns', () => {
    const { maxEpsilon, delta } = privacyOf(counts())!;
    expect(privacyOf(neural())).toMatchObject({ maxEpsilon, delta });
  });

  it('needs a part of ε for value domains that leaves something', () => {
    expect(privacyProblem(plain)).toBeNull();
    expect(privacyProblem(neural())).toBeNull();
    expect(privacyProblem(neural({ valueProtectionEpsilon: 0.5 }))).toBeNull();
    expect(privacyProblem(counts({ maxEpsilon: 1, valueProtectionEpsilon: 0.5 }))).toBeNull();
    expect(privacyProblem(counts({ maxEpsilon: 1, valueProtectionEpsilon: 1 }))).toContain(
      'Give value domains less, or raise ε.',
    );
  });

  it('warns of a δ of one in the number of subjects, and of more', () => {
    const warned = (delta: number, subjects: number | null) => privacyWarnings(counts({ delta }), subjects);
    expect(warned(1e-5, 99_999)).toEqual([]);
    expect(warned(1e-5, 100_000)).toHaveLength(1);
    expect(warned(0.01, null)).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1e7 }), (subjects) => {
        const [sentence] = warned(Math.min(0.9, 2 / subjects), subjects);
        const advised = Number(/tenth of it: (\S+)\.$/.exec(sentence!)![1]);
        expect(advised * subjects).toBeGreaterThan(0.05);
        expect(warned(advised, subjects)).toEqual([]);
      }),
    );
  });

  it('is summed up with its attack risk, and any other not', () => {
    expect(privacySummary(plain)).toBeNull();
    expect(riskInWords(plain)).toBe('');
    expect(privacySummary(neural({ maxEpsilon: 2.5, delta: 1e-6 }))).toBe(
      'With differential privacy (neural model with private gradients): ε at most 2.5, δ 0.000001 for each subject.',
    );
    expect(riskInWords(counts({ maxEpsilon: 3 }))).toBe(
      'An attack that falsely accuses 1 in 100 people of having taken part finds at most 5.36 in 100 of those who did.',
    );
  });

  it('stays private with the same budget when its model is switched', () => {
    const budget = { maxEpsilon: 1, delta: 1e-7 };
    expect(privacyOf(withModelInPrivate(counts(budget), 'argn'))).toMatchObject(budget);
    expect(privacyOf(withModelInPrivate(neural(budget), 'marginals'))).toMatchObject(budget);
    expect(privacyOf(withModelInPrivate(plain, 'argn'))).toBeNull();
  });

  it('is without value protection only where that protects, and regenerates only where nothing is counted', () => {
    expect(lacksValueProtection(parse({ valueProtection: false }))).toBe(true);
    expect(lacksValueProtection({ ...neural(), valueProtection: false } as ModelConfiguration)).toBe(true);
    expect(lacksValueProtection(counts({ valueProtection: false }))).toBe(false);
    expect([plain, neural(), counts()].map(regeneratesIdentifiers)).toEqual([true, false, false]);
  });
});

describe('ε as attack risk', () => {
  it.each(['gaussian', 'any'] as const)(
    'grows with ε and stays between chance and certainty (%s)',
    (account) => {
      const epsilon = fc.double({ min: 0.01, max: 30, noNaN: true });
      const delta = fc.double({ min: 1e-9, max: 1e-3, noNaN: true });
      fc.assert(
        fc.property(epsilon, epsilon, delta, (a, b, d) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)].map((maxEpsilon) =>
            riskOfBudget(account, { maxEpsilon, delta: d }),
          );
          low!.forEach(({ falsePositives, truePositives }, k) => {
            expect(truePositives).toBeGreaterThanOrEqual(falsePositives * (1 - 1e-9));
            expect(truePositives).toBeLessThanOrEqual(high![k]!.truePositives + 1e-9);
            expect(high![k]!.truePositives).toBeLessThanOrEqual(1);
          });
        }),
      );
    },
  );

  it('is less for Gaussian noise than for any mechanism with the same ε and δ', () => {
    const settings = { maxEpsilon: 3, delta: 1e-5 };
    const [gaussian, any] = [riskOfBudget('gaussian', settings), riskOfBudget('any', settings)];
    for (const [k, { truePositives }] of gaussian.entries()) {
      expect(truePositives).toBeLessThan(any[k]!.truePositives);
    }
  });
});
