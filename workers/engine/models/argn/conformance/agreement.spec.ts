import { expect } from '@playwright/test';
import { CLASSED, LIMITS, MANY, MIXED, randomShape, SMALL } from './cases';
import type { EvaluationCase, GenerationCase, TrainingCase } from './compare';
import { test } from './conformance-test';

/** `limits` are gaps that are allowed, where they are other than usual. */
type Training = TrainingCase & { readonly limits?: Partial<typeof LIMITS> };
const NONE = { loss: 0, firstMoment: 0, secondMoment: 0, parameters: 0, average: 0, evaluation: 0 };
const LONG = { steps: 20, batchSize: 24, seed: 11, dropout: 0.25, missing: 3 };

const TRAININGS: Record<string, Training> = {};
for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
  const given = { batchSize: 8 * seed - 3, dropout: seed % 2 === 0 ? 0.25 : 0, missing: seed % 3 };
  TRAININGS[`4 steps, random shape ${seed}`] = { shape: randomShape(seed), steps: 4, seed, ...given };
}
for (const seed of [31, 32, 33]) {
  const given = { batchSize: 21, dropout: 0.25, missing: 2, lists: seed };
  const shape = seed === 31 ? MIXED : randomShape(seed);
  TRAININGS[`4 steps, input lists ${seed}`] = { shape, steps: 4, seed, ...given };
}
for (const seed of [41, 42, 43, 44, 45, 46]) {
  const model = seed === 41 ? CLASSED : { shape: randomShape(seed), classes: seed };
  const given = { batchSize: 23, dropout: 0.25, missing: 2, ...(seed === 44 && { lists: seed }) };
  TRAININGS[`4 steps, classes ${seed}`] = { ...model, steps: 4, seed, ...given };
}
TRAININGS['20 steps'] = { ...LONG, shape: MIXED };
TRAININGS['20 steps, classes'] = { ...LONG, shape: CLASSED.shape, classes: 42 };
TRAININGS['2 steps without rows, which change nothing'] = {
  shape: MIXED,
  steps: 2,
  batchSize: 4,
  seed: 12,
  missing: 4,
  limits: NONE,
};
TRAININGS['a batch of more rows than one scan for a class holds'] = {
  shape: [
    [24, 2, 4, 0],
    [3, 1, 4, 1],
  ],
  classes: [[0, 1, 12, 13], null],
  steps: 1,
  batchSize: 2200,
  seed: 5,
  missing: 7,
  limits: { firstMoment: 1e-5 },
};
TRAININGS['20,000 codes in classes'] = {
  ...MANY,
  steps: 2,
  batchSize: 16,
  seed: 7,
  missing: 1,
  limits: { firstMoment: 1e-5 },
};

for (const [name, { limits, ...given }] of Object.entries(TRAININGS)) {
  test(`a training is the reference's, in one submit of at most ten dispatches a step: ${name}`, async ({
    conformance,
  }) => {
    const gaps = await conformance.run('compareTraining', given);
    expect(gaps).toMatchObject({ errors: [], repeated: true, submits: 1 });
    expect(gaps.dispatchesPerStep).toBeLessThanOrEqual(10);
    for (const [what, limit] of Object.entries({ ...LIMITS, ...limits }))
      expect(gaps[what as keyof typeof LIMITS], what).toBeLessThanOrEqual(limit);
  });
}

const mixed = (rest: Omit<GenerationCase, 'shape' | 'seed'>) => ({ shape: MIXED, seed: 21, ...rest });
const classed = (rest: Omit<GenerationCase, 'shape' | 'seed'>) => ({ ...CLASSED, seed: 24, ...rest });
/** Both draw in each of these ways. */
const WAYS: Record<string, GenerationCase['changes']> = {
  independent: {},
  'from a later row': { row0: 4_000_000_000 },
  'top-p': { topP: 0.8, temperature: 1.3 },
  'narrow top-p': { topP: 0.05 },
  'temperature 0': { temperature: 0 },
};
const AVERAGE = { changes: { weights: 'average' } } as const;
const BALANCED = { changes: { sampling: 'balanced' } } as const;
/** `apart` rows may differ: where a uniform falls on an edge, or on a tie of the balanced. */
const DRAWS: Record<string, GenerationCase & { readonly apart?: number }> = {
  'another order, colder': mixed({ changes: { order: [4, 1, 2, 0, 3], temperature: 0.7 } }),
  'input lists, another order': mixed({ changes: { order: [3, 4, 1, 2, 0] }, fixed: 4, lists: 3 }),
  'averaged weights, given and forbidden codes': mixed({ ...AVERAGE, fixed: 2, biased: 4 }),
  'another order, colder, classes': classed({ changes: { order: [3, 1, 2, 0], temperature: 0.7 } }),
  'averaged weights, given and forbidden codes, classes': classed({ ...AVERAGE, fixed: 0, biased: 3 }),
  balanced: { ...mixed({ ...BALANCED, fixed: 0, biased: 4 }), seed: 22, apart: 2 },
  'balanced, classes': { ...classed({ ...BALANCED, fixed: 2, biased: 0 }), seed: 25, apart: 2 },
  'balanced, classes, others forbidden': {
    ...classed({ ...BALANCED, fixed: 2, biased: 3 }),
    seed: 25,
    apart: 2,
  },
  'balanced, 20,000 codes in classes': { ...MANY, ...BALANCED, seed: 7, apart: 2 },
  'more than one block holds': { shape: SMALL, changes: { rows: 70_000 }, seed: 23, apart: 34 },
  'balanced, more than one block holds': {
    shape: SMALL,
    changes: { sampling: 'balanced', rows: 20_000 },
    seed: 23,
    apart: 9,
  },
  'balanced, classes, more than one block holds': {
    shape: SMALL,
    classes: [null, [0, 1]],
    changes: { sampling: 'balanced', rows: 20_000 },
    seed: 23,
    apart: 9,
  },
};
for (const [name, changes] of Object.entries(WAYS)) {
  DRAWS[name] = mixed({ changes });
  DRAWS[`${name}, classes`] = classed({ changes });
}

for (const [name, { apart = 1, ...given }] of Object.entries(DRAWS)) {
  test(`rows are the reference's: ${name}`, async ({ conformance }) => {
    const gaps = await conformance.run('compareGeneration', given);
    expect(gaps).toMatchObject({ errors: [], forbidden: 0 });
    expect(gaps.different).toBeLessThanOrEqual(apart);
    // A balanced draw spreads over all its rows, so a part of it is another draw.
    if (given.changes?.sampling !== 'balanced') expect(gaps.cuts).toBe(true);
  });
}

const EVALUATIONS: Record<string, EvaluationCase> = {
  '9,001 rows, in blocks': { shape: SMALL, rows: 9001 },
  '9,001 rows with classes, in blocks': { shape: SMALL, classes: [null, [0, 1]], rows: 9001 },
  'more codes than one dimension has workgroups': {
    shape: [
      [60_000, 1, 4, 0],
      [2, 1, 284, 1],
    ],
    rows: 8,
  },
};
for (const [name, given] of Object.entries(EVALUATIONS)) {
  test(`losses are the reference's: ${name}`, async ({ conformance }) => {
    expect(await conformance.run('compareEvaluation', given)).toBeLessThan(1e-5);
  });
}
