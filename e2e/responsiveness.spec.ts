import { gzipSync } from 'node:zlib';
import { expect, test, testOnOnePage } from './app';
import { longestTask } from './longest-task';
import { peopleTable, wideTable } from './tables';

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

testOnOnePage(
  'the page answers while 300 columns are searched, sorted, scrolled and changed',
  async ({ page, home, source, generator }) => {
    test.slow();
    await home.drop({ name: 'many.csv', content: wideTable(300, 100) });
    await source.shows('many.csv');
    await source.configure();
    await generator.isOpen();
    const search = page.getByLabel('Search columns');
    await expect(page.getByText('300 columns', { exact: true })).toBeVisible();
    const selected = page.getByRole('region', { name: 'Selected columns' });
    const works: Readonly<Record<string, () => Promise<void>>> = {
      search: async () => {
        await search.pressSequentially('c12', { delay: 60 });
        await expect(page.getByText('11 of 300 columns')).toBeVisible();
        await search.fill('');
        await expect(page.getByText('300 columns', { exact: true })).toBeVisible();
      },
      sort: async () => {
        const sortBy = page.getByLabel('Sort by');
        for (const order of ['Decision', 'Type', 'Name']) await sortBy.selectOption(order);
      },
      scroll: async () => {
        await page.getByRole('region', { name: 'Column settings' }).hover();
        for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(0, 400);
        await page.getByRole('button', { name: 'Next' }).click();
      },
      select: async () => {
        await page.getByRole('button', { name: 'Select all 300' }).click();
        await expect(selected).toBeVisible();
      },
      change: async () => {
        await selected.getByRole('combobox').selectOption('Categorical');
        await selected.getByRole('button', { name: 'Apply' }).click();
        await expect(selected.getByRole('status')).toHaveText('300 of 300 changed.');
      },
      undo: async () => page.getByRole('button', { name: 'Undo', exact: true }).click(),
    };
    // Of three rounds the best counts: other processes only add to a task's time, the page's own work is in each.
    const longest: Record<string, number> = {};
    const tooLong = () =>
      Object.entries(longest).filter(([, milliseconds]) => milliseconds > LONGEST_TASK_MS);
    for (let round = 0; round === 0 || (round < 3 && tooLong().length > 0); round++) {
      if (round > 0) await page.reload();
      await expect(page.getByText('300 columns', { exact: true })).toBeVisible();
      for (const [name, work] of Object.entries(works)) {
        const milliseconds = await longestTask(page, async () => {
          await work();
          await page.waitForTimeout(300);
        });
        longest[name] = Math.min(milliseconds, longest[name] ?? Number.POSITIVE_INFINITY);
      }
    }
    expect(tooLong(), JSON.stringify(longest)).toEqual([]);
  },
);

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
  const timer = await longestTask(page, () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          setTimeout(() => {
            const end = performance.now() + 300;
            while (performance.now() < end);
            resolve();
          });
        }),
    ),
  );
  expect(timer).toBeGreaterThan(LONGEST_TASK_MS);
  // What the page does when the driver changes a field counts, too.
  await page.evaluate(() => {
    document.addEventListener('change', () => {
      const end = performance.now() + 300;
      while (performance.now() < end);
    });
  });
  const event = await longestTask(page, () => page.locator('body').dispatchEvent('change'));
  expect(event).toBeGreaterThan(LONGEST_TASK_MS);
});
