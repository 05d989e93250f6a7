import { expect, type Page, test } from '@playwright/test';
import type { Shape } from '../../workers/engine/models/argn/testing/samples';
import { expectLongRunToAgree, expectStepsToAgree } from './agreement';
import { type ConformancePage, openConformancePage } from './conformance-page';
import type { GenerationCase } from './page/compare';
import { randomShape } from './shapes';

/** The software adapter has no barriers worth the name (docs/kernels.md, WebGPU): shapes stay tiny. */
let opened: ConformancePage | null = null;
let page: Page;
const violations: unknown[] = [];

test.beforeAll(async () => {
  test.setTimeout(120_000);
  opened = await openConformancePage((report) => violations.push(report));
  page = opened.page;
});

test.afterAll(() => opened?.close());

const MIXED: Shape = [
  [7, 5, 8, 0],
  [10, 10, 12, 1],
  [33, 9, 20, 1],
  [2, 2, 16, 2],
  [70, 3, 24, 3],
];

test('the adapter of this browser is named and known for what it is', async () => {
  const facts = await page.evaluate(() => window.conformance.adapterFacts());
  expect(facts.name).not.toBe('');
  if (/swiftshader|llvmpipe/i.test(facts.name)) expect(facts.software).toBe(true);
});

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
  test(`four steps agree with the reference on random shape ${seed}`, async () => {
    const shape = randomShape(seed);
    const batchSize = 8 * seed - 3;
    const dropout = seed % 2 === 0 ? 0.25 : 0;
    const options = { shape, steps: 4, batchSize, seed, dropout, missing: seed % 3 };
    await expectStepsToAgree(page, options);
  });
}

test('twenty steps stay with the reference, in one submit of at most ten dispatches each', async () => {
  const options = { shape: MIXED, batchSize: 24, seed: 11, dropout: 0.25, missing: 3 };
  await expectLongRunToAgree(page, options);
});

for (const seed of [31, 32, 33]) {
  test(`four steps agree with the reference on a shape with input lists ${seed}`, async () => {
    const shape = seed === 31 ? MIXED : randomShape(seed);
    const options = { shape, steps: 4, batchSize: 21, seed, dropout: 0.25, missing: 2, lists: seed };
    await expectStepsToAgree(page, options);
  });
}

test('a step without rows changes nothing', async () => {
  const options = { shape: MIXED, steps: 2, batchSize: 4, seed: 12, missing: 4 };
  const gaps = await page.evaluate((given) => window.conformance.compareTraining(given), options);
  expect(gaps).toMatchObject({ loss: 0, parameters: 0, evaluation: 0, errors: [] });
});

const DRAWS: readonly [string, Omit<GenerationCase, 'shape' | 'seed'>][] = [
  ['independent', { changes: {} }],
  ['from a later row', { changes: { row0: 4_000_000_000 } }],
  ['another order, colder', { changes: { order: [4, 1, 2, 0, 3], temperature: 0.7 } }],
  ['top-p', { changes: { topP: 0.8, temperature: 1.3 } }],
  ['narrow top-p', { changes: { topP: 0.05 } }],
  ['temperature 0', { changes: { temperature: 0 } }],
  ['input lists, another order', { changes: { order: [3, 4, 1, 2, 0] }, fixed: 4, lists: 3 }],
  ['averaged weights, given and forbidden codes', { changes: { weights: 'average' }, fixed: 2, biased: 4 }],
];
for (const [name, draw] of DRAWS) {
  test(`rows are the reference's: ${name}`, async () => {
    const options = { ...draw, shape: MIXED, seed: 21 };
    const outcome = await page.evaluate((given) => window.conformance.compareGeneration(given), options);
    expect(outcome.errors).toEqual([]);
    expect(outcome.different).toBeLessThanOrEqual(1);
    expect(outcome.forbidden).toBe(0);
    expect(outcome.cuts).toBe(true);
  });
}

test('balanced rows are the reference’s, but for ties', async () => {
  const changes = { sampling: 'balanced' as const };
  const options = { changes, shape: MIXED, seed: 22, fixed: 0, biased: 4 };
  const outcome = await page.evaluate((given) => window.conformance.compareGeneration(given), options);
  expect(outcome.errors).toEqual([]);
  expect(outcome.different).toBeLessThanOrEqual(2);
  expect(outcome.forbidden).toBe(0);
});

const SMALL: Shape = [
  [3, 2, 4, 0],
  [6, 3, 8, 1],
];
for (const [sampling, rows] of [
  ['independent', 70_000],
  ['balanced', 20_000],
] as const) {
  test(`${rows} ${sampling} rows, more than one block holds`, async () => {
    const options = { changes: { sampling, rows }, shape: SMALL, seed: 23 };
    const outcome = await page.evaluate((given) => window.conformance.compareGeneration(given), options);
    expect(outcome.errors).toEqual([]);
    expect(outcome.different).toBeLessThan(rows / 2000);
    if (sampling === 'independent') expect(outcome.cuts).toBe(true);
  });
}

test('9,001 rows are evaluated in blocks', async () => {
  const gap = await page.evaluate((shape) => window.conformance.compareEvaluation({ shape }, 9001), SMALL);
  expect(gap).toBeLessThan(1e-5);
});

test('more codes than one dimension has workgroups', async () => {
  const shape: Shape = [
    [60_000, 1, 4, 0],
    [2, 1, 284, 1],
  ];
  const gap = await page.evaluate(
    (given) => window.conformance.compareEvaluation({ shape: given }, 8),
    shape,
  );
  expect(gap).toBeLessThan(1e-5);
});

test('buffers neither grow nor stay behind over ten trainings', async () => {
  const endured = await page.evaluate(() => window.conformance.endure(10, 4));
  expect(endured).toMatchObject({ finite: true, afterDispose: 0, aliveAfterDispose: 0 });
  const [bytes] = endured.bytes;
  expect(bytes).toBeGreaterThan(0);
  expect(new Set([...endured.bytes, ...endured.alive])).toEqual(new Set([bytes]));
});

test('a model without room on the GPU is refused in a sentence that names the way out', async () => {
  const shape: Shape = [
    [60_000, 1, 4, 0],
    [2, 1, 12_000, 1],
  ];
  const { message, bytes } = await page.evaluate((given) => window.conformance.refuse(given), shape);
  expect(message).toMatch(
    /^The first-layer tables of this model take 2,881 MB .* Choose the backend “wasm”\.$/,
  );
  expect(bytes).toBe(0);
});

test('a device destroyed under a call is told by a typed error', async () => {
  const outcome = await page.evaluate(() => window.conformance.loseDevice(5));
  expect(outcome.typed).toEqual([true, true]);
  expect(outcome.message).toBe(outcome.sentence);
});

test('an invalid command of one model is not held against another on the device', async () => {
  const { messages, same } = await page.evaluate(() => window.conformance.failBeside());
  expect(messages[0]).toMatch(/The GPU refused the work/);
  expect(messages[1]).toBe('');
  expect(same).toBe(true);
});

test('tfjs computes on the same device, by turns with the kernels', async () => {
  const result = await page.evaluate(() => window.conformance.shareWithTfjs());
  const wanted = Array.from({ length: 2000 }, (_, k) => (k % 7) ** 2).reduce((a, b) => a + b, 0);
  expect(result.before).toBe(wanted);
  expect(result.after).toBe(wanted);
  expect(result.reopened).toBe(wanted);
  expect(result.loss).toBe(result.alone);
});

test('the policy of the app lets all of this run', () => {
  expect(violations).toEqual([]);
});
