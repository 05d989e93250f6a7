import { expect, test } from '@playwright/test';
import { type ConformancePage, openConformancePage } from './conformance-page';
import type { FaultCase, FaultOutcome } from './page/faults';

let opened: ConformancePage | null = null;

test.beforeAll(async () => {
  opened = await openConformancePage();
});

test.afterAll(() => opened?.close());

function disturb(given: FaultCase): Promise<FaultOutcome> {
  return opened!.page.evaluate((test) => window.conformance.disturb(test), given);
}

/** Trainings of which each loses its device at another random step; `npm run bench -- faults` runs twenty. */
const TRAININGS = 10;

test(`${TRAININGS} trainings whose device is destroyed at a random step end where they would have`, async () => {
  test.setTimeout(120_000);
  for (let seed = 0; seed < TRAININGS; seed++) {
    const outcome = await disturb({ seed, faults: ['destroyed'], during: 'training' });
    expect(outcome).toMatchObject({ kind: 'webgpu', happened: 1 });
    expect(outcome.gap).toBeLessThan(1e-2);
    expect(outcome.sentences).toHaveLength(1);
    expect(outcome.sentences[0]).toMatch(/^The GPU .*\. The job goes on with .+ through WebGPU\.$/);
  }
});

const REASONS = {
  destroyed: /^The GPU /,
  'out-of-memory': /^The GPU has no memory left for this job\. /,
  validation: /^The GPU refused the work \(.+\)\. /,
} as const;
for (const during of ['training', 'validating', 'generating'] as const) {
  for (const fault of ['destroyed', 'out-of-memory', 'validation'] as const) {
    if (during === 'training' && fault === 'destroyed') continue;
    test(`${fault} while ${during}: the work goes on and the person reads one sentence`, async () => {
      const outcome = await disturb({ seed: 7, faults: [fault], during });
      expect(outcome).toMatchObject({ kind: 'webgpu', happened: 1 });
      expect(outcome.gap).toBeLessThan(1e-2);
      expect(outcome.sentences).toHaveLength(1);
      expect(outcome.sentences[0]).toMatch(REASONS[fault]);
      expect(outcome.sentences[0]).toMatch(/ The job goes on with .+ through WebGPU\.$/);
    });
  }
}

test('a device that replaces a lost one and is lost too leaves the work to the processor', async () => {
  const outcome = await disturb({ seed: 3, faults: ['destroyed', 'destroyed'], during: 'training' });
  expect(outcome).toMatchObject({ kind: 'reference', happened: 2 });
  expect(outcome.gap).toBeLessThan(1e-2);
  expect(outcome.sentences.at(-1)).toMatch(/ The job goes on with TypeScript, 1 thread\.$/);
});
