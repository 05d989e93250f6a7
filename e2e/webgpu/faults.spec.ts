import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { findBrowser } from '../../scripts/lib/browser';
import { type RunningServer, serve } from '../../scripts/serve/server';
import { buildPage } from './build-page';
import type { FaultCase, FaultOutcome } from './page/faults';

let server: RunningServer;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  server = await serve({ root: await buildPage(), port: 0 });
  browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-gpu-watchdog'],
  });
  page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => 'conformance' in window);
});

test.afterAll(async () => {
  await browser?.close();
  await server?.close();
});

function disturb(given: FaultCase): Promise<FaultOutcome> {
  return page.evaluate((test) => window.conformance.disturb(test), given);
}

/** Trainings of which each loses its device at another random step; `npm run bench -- faults` runs twenty. */
const TRAININGS = 10;

test(`${TRAININGS} trainings whose device is destroyed at a random step end where they would have`, async () => {
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
