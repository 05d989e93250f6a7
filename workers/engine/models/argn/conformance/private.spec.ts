import { expect } from '@playwright/test';
import { TAIL } from '../network/keystream';
import { createLayout } from '../network/weight-layout';
import { keystreamNormals } from '../testing/reference-keystream';
import { randomPlan, type Shape, specOf } from '../testing/samples';
import { CLASSED, LIMITS, MIXED, randomShape } from './cases';
import type { TrainingCase } from './compare';
import { test } from './conformance-test';

const PRIVACY = { clip: 0.3, deviation: 2, expectedRows: 20, noiseSeed: 7 };
const SILENT = { ...PRIVACY, deviation: 0 };
/** Gradients are means over 20 rows of at most the clip: other factors, or other noise, would be seen. */
const TIGHT = { ...LIMITS, firstMoment: 3e-7, secondMoment: 1e-8, parameters: 1e-6, average: 1e-6 };

type Training = TrainingCase & { readonly limits?: Partial<typeof LIMITS> };
const TRAININGS: Record<string, Training> = {
  'one column': { shape: [[9, 3, 8, 0]], steps: 3, batchSize: 13, seed: 61, missing: 1, privacy: PRIVACY },
  'one code': {
    shape: [
      [1, 1, 4, 0],
      [5, 2, 8, 1],
    ],
    ...{ steps: 3, batchSize: 13, seed: 62, privacy: PRIVACY },
  },
  'two tiles of rows': { shape: MIXED, steps: 2, batchSize: 71, seed: 63, privacy: SILENT },
  'two tiles of rows in classes': {
    ...{ ...CLASSED, steps: 2, batchSize: 71, seed: 64, missing: 2 },
    privacy: { ...SILENT, clip: 0.02 },
  },
  'no rows': { ...CLASSED, steps: 3, batchSize: 4, seed: 65, missing: 4, privacy: PRIVACY },
  'more steps than a submit has': {
    shape: [
      [3, 2, 4, 0],
      [6, 3, 8, 1],
    ],
    ...{ steps: 70, batchSize: 8, seed: 66, missing: 2, privacy: PRIVACY },
    // Roundings of 70 steps.
    limits: { firstMoment: 1e-5 },
  },
};
for (const seed of [51, 52, 53, 54, 55, 56, 57, 58]) {
  TRAININGS[`random shape ${seed}`] = {
    shape: randomShape(seed),
    ...(seed > 54 && { classes: seed }),
    ...(seed === 57 && { lists: seed }),
    ...(seed % 4 === 0 && { dropout: 0.25 }),
    ...{ steps: 3, batchSize: 8 * (seed - 50) + 3, seed, missing: seed % 3 },
    privacy: { ...(seed % 2 === 0 ? SILENT : PRIVACY), clip: [0.05, 0.3, 100][seed % 3]! },
  };
}

for (const [name, { limits, ...given }] of Object.entries(TRAININGS)) {
  test(`a private training is the reference's: ${name}`, async ({ conformance }) => {
    const gaps = await conformance.run('compareTraining', given);
    expect(gaps).toMatchObject({ errors: [], repeated: true, submits: Math.ceil(given.steps / 64) });
    expect(gaps.dispatchesPerStep).toBeLessThanOrEqual(13);
    for (const [what, limit] of Object.entries({ ...TIGHT, ...limits }))
      expect(gaps[what as keyof typeof LIMITS], what).toBeLessThanOrEqual(limit);
  });
}

test('no row moves the sum by more than the clip', async ({ conformance }) => {
  for (const seed of [71, 72, 73, 74]) {
    const model = { shape: randomShape(seed), ...(seed > 72 && { classes: seed }) };
    for (const clip of [0.01, 0.3]) {
      const privacy = { ...SILENT, clip, expectedRows: 1 };
      const norms = await conformance.run('privateGradient', { ...model, seed, rows: 1, privacy });
      for (const norm of norms) expect(norm).toBeLessThanOrEqual(clip * (1 + 1e-5));
      expect(Math.max(...norms)).toBeGreaterThan(0.1 * clip);
    }
  }
});

test('rows whose numbers broke add nothing, and noise is added all the same', async ({ conformance }) => {
  const broken = { shape: MIXED, seed: 75, rows: 12, bias: 3e38 };
  const [first, ...others] = await conformance.run('privateGradient', { ...broken, privacy: SILENT });
  expect(first).toBe(0);
  for (const norm of others) expect(norm).toBeGreaterThan(0);
  const [noisy] = await conformance.run('privateGradient', { ...broken, privacy: PRIVACY });
  expect(noisy).toBeGreaterThan(0);
});

/** V of the first target alone has 170,400 numbers. */
const WIDE: Shape = [
  [600, 2, 284, 0],
  [2, 1, 4, 1],
];
/** Numbers of its first target that get noise, and where they begin: its one embedding is of two codes. */
const COUNT = createLayout(specOf(WIDE)).outputBias(0) + 600 - 8;
/** With 32 bits of radius but its smallest words. */
const OUTER = Math.sqrt(-2 * Math.log(TAIL / 2 ** 32));

test('noise is that of the keystream, far out as well', async ({ conformance }) => {
  const spec = specOf(WIDE);
  const plan = randomPlan(spec, { steps: 1, batchSize: 4, tableRows: 1, seed: 1 });
  const wanted = keystreamNormals({ ...PRIVACY, noiseSeed: 1 }, plan, 0, 0, 8)(COUNT);
  expect(wanted.some((normal) => Math.abs(normal) > OUTER)).toBe(true);
  const { normals, ...facts } = await conformance.run('drawNoise', { shape: WIDE, noiseSeed: 1 });
  expect(facts).toEqual({ areWhole: true, keepsEmbeddings: true, errors: [] });
  expect(normals).toHaveLength(COUNT);
  const gaps = normals.map((normal, k) => Math.abs(normal - wanted[k]!) / (1 + Math.abs(wanted[k]!)));
  expect(gaps.reduce((largest, gap) => Math.max(largest, gap), 0)).toBeLessThan(3e-6);
});

test('secure noise is normal, and other noise each time', async ({ conformance }) => {
  const draw = () => conformance.run('drawNoise', { shape: WIDE, noiseSeed: null });
  const [{ normals, ...facts }, other] = [await draw(), await draw()];
  expect(facts).toEqual({ areWhole: true, keepsEmbeddings: true, errors: [] });
  const equal = normals.filter((normal, k) => normal === other.normals[k]).length;
  expect(equal).toBeLessThan(10);
  const n = normals.length;
  const moment = (power: number) => normals.reduce((sum, x) => sum + x ** power, 0) / n;
  // Five standard errors of each.
  expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  const together = normals.reduce((sum, x, k) => sum + x * other.normals[k]!, 0) / Math.sqrt(n);
  expect(Math.abs(together)).toBeLessThan(5);
  for (const [bound, share] of [
    [0.1, 0.920344325],
    [1, 0.317310508],
    [3, 0.002699796],
  ] as const) {
    const beyond = normals.filter((x) => Math.abs(x) > bound).length;
    expect(Math.abs(beyond - n * share)).toBeLessThan(5 * Math.sqrt(n * share));
  }
});

test('a private training whose GPU is lost ends as it would have', async ({ conformance }) => {
  const { sentences, kind, gap } = await conformance.run('losePrivateTraining');
  expect(sentences).toHaveLength(1);
  expect(sentences[0]).toMatch(/The job goes on with TypeScript, 1 thread\.$/);
  expect(kind).toBe('reference');
  expect(gap).toBeLessThan(1e-4);
});
