import { expect } from '@playwright/test';
import { test } from './conformance-test';

test('the adapter of this browser is named and known for what it is', async ({ conformance }) => {
  const { name, software } = await conformance.run('adapterFacts');
  expect(name).not.toBe('');
  if (/swiftshader|llvmpipe/i.test(name)) expect(software).toBe(true);
});

test('buffers neither grow nor stay behind over ten trainings', async ({ conformance }) => {
  const endured = await conformance.run('endure', 10, 4);
  expect(endured).toMatchObject({ finite: true, afterDispose: 0, aliveAfterDispose: 0 });
  const [bytes] = endured.bytes;
  expect(bytes).toBeGreaterThan(0);
  expect(new Set([...endured.bytes, ...endured.alive])).toEqual(new Set([bytes]));
});

test('a model without room on the GPU is refused in a sentence that names the way out', async ({
  conformance,
}) => {
  const { message, bytes } = await conformance.run('refuse', [
    [60_000, 1, 4, 0],
    [2, 1, 12_000, 1],
  ]);
  expect(message).toMatch(
    /^The first-layer tables of this model take 2,881 MB .* Choose the backend “wasm”\.$/,
  );
  expect(bytes).toBe(0);
});

test('a device destroyed under a call is told by a typed error', async ({ conformance }) => {
  const outcome = await conformance.run('loseDevice', 5);
  expect(outcome.typed).toEqual([true, true]);
  expect(outcome.message).toBe(outcome.sentence);
});

test('an invalid command of one model is not held against another on the device', async ({ conformance }) => {
  const { messages, same } = await conformance.run('failBeside');
  expect(messages[0]).toMatch(/The GPU refused the work/);
  expect(messages[1]).toBe('');
  expect(same).toBe(true);
});

test('tfjs computes on the same device, by turns with the kernels', async ({ conformance }) => {
  const { sums, losses } = await conformance.run('shareWithTfjs');
  const wanted = Array.from({ length: 2000 }, (_, k) => (k % 7) ** 2).reduce((a, b) => a + b, 0);
  expect(sums).toEqual([wanted, wanted, wanted]);
  expect(losses[0]).toBeGreaterThan(0);
  expect(losses[0]).toBe(losses[1]);
});

const REASONS = {
  destroyed: /^The GPU /,
  'out-of-memory': /^The GPU has no memory left for this job\. /,
  validation: /^The GPU refused the work \(.+\)\. /,
} as const;

for (const during of ['training', 'validating', 'generating'] as const) {
  for (const fault of ['destroyed', 'out-of-memory', 'validation'] as const) {
    // Each training loses its device at another random step; `npm run bench -- faults` runs more.
    const seeds = during === 'training' && fault === 'destroyed' ? [0, 1, 2] : [7];
    const times = seeds.length > 1 ? `, ${seeds.length} times` : '';
    test(`${fault} while ${during}${times}: the work goes on and the person reads one sentence`, async ({
      conformance,
    }) => {
      test.slow();
      for (const seed of seeds) {
        const outcome = await conformance.run('disturb', { seed, faults: [fault], during });
        expect(outcome).toMatchObject({ kind: 'webgpu', happened: 1 });
        expect(outcome.gap).toBeLessThan(1e-2);
        expect(outcome.sentences).toHaveLength(1);
        expect(outcome.sentences[0]).toMatch(REASONS[fault]);
        expect(outcome.sentences[0]).toMatch(/ The job goes on with .+ through WebGPU\.$/);
      }
    });
  }
}

test('a device that replaces a lost one and is lost too leaves the work to the processor', async ({
  conformance,
}) => {
  const outcome = await conformance.run('disturb', {
    seed: 3,
    faults: ['destroyed', 'destroyed'],
    during: 'training',
  });
  expect(outcome).toMatchObject({ kind: 'reference', happened: 2 });
  expect(outcome.gap).toBeLessThan(1e-2);
  expect(outcome.sentences.at(-1)).toMatch(/ The job goes on with TypeScript, 1 thread\.$/);
});
