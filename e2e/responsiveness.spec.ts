import { gzipSync } from 'node:zlib';
import { expect, test, testOnOnePage } from './app';
import { longestTask } from './longest-task';
import { peopleTable } from './tables';

const LONGEST_TASK_MS = 50;
const FIRST_LOAD_BYTES = 250 * 1024;

testOnOnePage('the page answers while a model trains', async ({ page, home, source, generator }) => {
  await home.drop(peopleTable(100_000));
  await source.shows('people.csv');
  await generator.openLarge();
  await generator.button('Train').click();
  const trained = () => page.evaluate(() => window.doppelgrid.generators.list().at(-1)!.messages.length);
  await expect.poll(trained, { timeout: 30_000 }).toBeGreaterThan(1);
  const longest = await longestTask(page, () => page.waitForTimeout(2_000));
  expect(await page.evaluate(() => window.doppelgrid.generators.list().at(-1)!.trainingStatus)).toBe(
    'IN_PROGRESS',
  );
  expect(longest).toBeLessThanOrEqual(LONGEST_TASK_MS);
  await generator.button('Cancel').click();
});

test('the first screen needs little script and no engine', async ({ page }) => {
  const scripts: Promise<Buffer>[] = [];
  const urls: string[] = [];
  page.on('response', (response) => {
    const url = response.url();
    urls.push(url);
    if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.push(response.body());
  });
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  const bodies = await Promise.all(scripts);
  const gzipped = bodies.reduce((total, body) => total + gzipSync(body).length, 0);
  expect(gzipped).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  expect(urls.filter((url) => url.endsWith('.wasm'))).toEqual([]);
  // The worker that reads what is kept.
  expect(urls.filter((url) => url.includes('worker'))).toHaveLength(1);
});

test('a task that holds the page up would be seen', async ({ page, home: _ }) => {
  const longest = await longestTask(page, () =>
    page.evaluate(() => {
      const end = performance.now() + 300;
      while (performance.now() < end);
    }),
  );
  expect(longest).toBeGreaterThan(LONGEST_TASK_MS);
});
