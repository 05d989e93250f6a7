import { expect, type Page, test } from '@playwright/test';
import type { Shape } from '../../workers/engine/models/argn/testing/samples';
import { expectLongRunToAgree, expectStepsToAgree } from './agreement';
import { type ConformancePage, openConformancePage } from './conformance-page';
import type { GenerationCase } from './page/compare';
import { randomShape } from './shapes';

let opened: ConformancePage | null = null;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  opened = await openConformancePage();
  page = opened.page;
});

test.afterAll(() => opened?.close());

/** More hidden units than one job of places takes; classes of many codes, of one, and of nothing but one. */
const CLASSED: Shape = [
  [90, 3, 8, 0],
  [33, 9, 68, 1],
  [7, 2, 12, 1],
  [21, 3, 4, 2],
];
const CLASSES = [
  [0, 1, 2, 30, 31, 60],
  [0, 5, 6, 20, 32],
  null,
  Array.from({ length: 21 }, (_, code) => code),
];

for (const seed of [41, 42, 43, 44, 45, 46]) {
  test(`four steps agree with the reference on a shape with classes ${seed}`, async () => {
    const given =
      seed === 41 ? { shape: CLASSED, classes: CLASSES } : { shape: randomShape(seed), classes: seed };
    const lists = seed === 44 ? { lists: seed } : {};
    const options = { ...given, ...lists, steps: 4, batchSize: 23, seed, dropout: 0.25, missing: 2 };
    await expectStepsToAgree(page, options);
  });
}

test('twenty steps with classes stay with the reference, in one submit of at most ten dispatches each', async () => {
  const options = {
    shape: CLASSED,
    batchSize: 24,
    seed: 11,
    dropout: 0.25,
    missing: 3,
    classes: 42,
  };
  await expectLongRunToAgree(page, options);
});

test('a batch of more rows than one scan for a class holds agrees with the reference', async () => {
  const shape: Shape = [
    [24, 2, 4, 0],
    [3, 1, 4, 1],
  ];
  const options = { shape, steps: 1, batchSize: 2200, seed: 5, missing: 7, classes: [[0, 1, 12, 13], null] };
  const gaps = await page.evaluate((given) => window.conformance.compareTraining(given), options);
  expect(gaps.errors).toEqual([]);
  expect(gaps.loss).toBeLessThan(1e-4);
  expect(gaps.firstMoment).toBeLessThan(1e-5);
  expect(gaps.repeated).toBe(true);
});

test('a column of 20,000 codes in 141 classes agrees with the reference', async () => {
  const shape: Shape = [
    [20_000, 2, 8, 0],
    [3, 1, 4, 1],
  ];
  const starts = Array.from({ length: 141 }, (_, k) => k * 142);
  const options = { shape, steps: 2, batchSize: 16, seed: 7, missing: 1, classes: [starts, null] };
  const gaps = await page.evaluate((given) => window.conformance.compareTraining(given), options);
  expect(gaps.errors).toEqual([]);
  expect(gaps.loss).toBeLessThan(1e-4);
  expect(gaps.firstMoment).toBeLessThan(1e-5);
  expect(gaps.evaluation).toBeLessThan(1e-4);
  const draw = { changes: { sampling: 'balanced' as const }, shape, seed: 7, classes: [starts, null] };
  const drawn = await page.evaluate((given) => window.conformance.compareGeneration(given), draw);
  expect(drawn.errors).toEqual([]);
  expect(drawn.different).toBeLessThanOrEqual(2);
});

const CLASSED_DRAWS: readonly [string, Omit<GenerationCase, 'shape' | 'seed'>][] = [
  ['independent', { changes: {} }],
  ['from a later row', { changes: { row0: 4_000_000_000 } }],
  ['another order, colder', { changes: { order: [3, 1, 2, 0], temperature: 0.7 } }],
  ['top-p', { changes: { topP: 0.8, temperature: 1.3 } }],
  ['narrow top-p', { changes: { topP: 0.05 } }],
  ['temperature 0', { changes: { temperature: 0 } }],
  ['averaged weights, given and forbidden codes', { changes: { weights: 'average' }, fixed: 0, biased: 3 }],
];
for (const [name, draw] of CLASSED_DRAWS) {
  test(`rows with classes are the reference’s: ${name}`, async () => {
    const options = { ...draw, shape: CLASSED, seed: 24, classes: CLASSES };
    const outcome = await page.evaluate((given) => window.conformance.compareGeneration(given), options);
    expect(outcome.errors).toEqual([]);
    expect(outcome.different).toBeLessThanOrEqual(1);
    expect(outcome.forbidden).toBe(0);
    expect(outcome.cuts).toBe(true);
  });
}

for (const biased of [0, 3]) {
  test(`balanced rows with classes are the reference’s, but for ties: forbidden codes of ${biased}`, async () => {
    const changes = { sampling: 'balanced' as const };
    const options = { changes, shape: CLASSED, seed: 25, fixed: 2, biased, classes: CLASSES };
    const outcome = await page.evaluate((given) => window.conformance.compareGeneration(given), options);
    expect(outcome.errors).toEqual([]);
    expect(outcome.different).toBeLessThanOrEqual(2);
    expect(outcome.forbidden).toBe(0);
  });
}

const SMALL: Shape = [
  [3, 2, 4, 0],
  [6, 3, 8, 1],
];
const SMALL_CLASSES = [null, [0, 1]];

test('20,000 balanced rows with classes, more than one block holds', async () => {
  const changes = { sampling: 'balanced' as const, rows: 20_000 };
  const options = { changes, shape: SMALL, seed: 23, classes: SMALL_CLASSES };
  const outcome = await page.evaluate((given) => window.conformance.compareGeneration(given), options);
  expect(outcome.errors).toEqual([]);
  expect(outcome.different).toBeLessThan(10);
});

test('9,001 rows with classes are evaluated in blocks', async () => {
  const options = { shape: SMALL, classes: SMALL_CLASSES };
  const gap = await page.evaluate((given) => window.conformance.compareEvaluation(given, 9001), options);
  expect(gap).toBeLessThan(1e-5);
});
