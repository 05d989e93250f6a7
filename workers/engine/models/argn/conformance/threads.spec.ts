import { expect } from '@playwright/test';
import { findBrowser } from '../../../../../scripts/lib/browser';
import { test } from './conformance-test';
import { openPlainTab } from './plain-browser';
import type { PoolOutcome } from './threads';

const CALLS = 60;
/** Milliseconds that three timers of 1 ms take one after the other. */
const THREE_TIMERS = `(async () => {
  const start = performance.now();
  for (let k = 0; k < 3; k++) await new Promise((resolve) => setTimeout(resolve, 1));
  return performance.now() - start;
})()`;

test('a training whose thread ends goes on with the same weights and says so', async ({ conformance }) => {
  const { page, run } = conformance;
  test.setTimeout(120_000);
  // Long enough that a thread is there to be ended.
  const calls = 4 * CALLS;
  const calm = await run('trainOnThreads', 1, calls);
  expect(calm.adapter).toBe('WASM SIMD, 1 thread');
  // One that is still ending would be counted as one of the two.
  await expect.poll(() => page.workers().length).toBe(0);
  const training = run('trainOnThreads', 2, calls);
  await expect.poll(() => page.workers().length).toBe(2);
  await page.waitForTimeout(300);
  // A worker that closes itself goes without an event, like one that ran out of memory.
  await page
    .workers()[1]!
    .evaluate(() => (globalThis as unknown as { close(): void }).close())
    .catch(() => undefined);
  const { sentences, adapter, hash } = await training;
  expect(sentences).toEqual([
    'A compute thread stopped unexpectedly, most likely for want of memory. The job goes on with WASM SIMD, 2 threads.',
  ]);
  expect(adapter).toBe('WASM SIMD, 2 threads');
  expect(hash).toBe(calm.hash);
  await expect.poll(() => page.workers().length).toBe(0);
});

test('a hidden tab trains on at full speed', async ({ conformance }) => {
  test.setTimeout(120_000);
  const tab = await openPlainTab(findBrowser()!, conformance.page.url(), test.info().outputPath('profile'));
  try {
    const run = () => tab.evaluate(`window.conformance.trainOnThreads(2, ${CALLS})`) as Promise<PoolOutcome>;
    // Between two documents there is nothing to ask, and asking fails.
    await expect(async () => expect(await tab.evaluate("'conformance' in window")).toBe(true)).toPass();
    await run();
    const shown = await run();
    await tab.cover();
    await expect.poll(() => tab.evaluate('document.visibilityState')).toBe('hidden');
    // The browser holds its timers back until the next full second.
    await expect.poll(() => tab.evaluate(THREE_TIMERS)).toBeGreaterThan(400);
    const hidden = await run();
    expect(hidden.hash).toBe(shown.hash);
    // One message a second would take a minute.
    expect(hidden.seconds).toBeLessThan(4 * shown.seconds + 2);
  } finally {
    tab.close();
  }
});
