import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test, testOnOnePage } from './app';
import { LONG_TRAINING } from './pages/generator-page';
import { peopleTable } from './tables';
import { violationsInBoth } from './violations';

/** Trains a generator of the newest source that takes a while, started as a script would. */
async function trainLong(page: Page, name: string): Promise<string> {
  return page.evaluate(
    ({ name, settings }) => {
      const { sources, generators } = window.doppelgrid;
      const { config } = generators.propose(sources.list().at(-1)!.id);
      Object.assign(config.tables[0]!.tabularModelConfiguration, settings);
      const { id } = generators.create({ ...config, name });
      generators.train(id).catch(() => undefined);
      return id;
    },
    { name, settings: LONG_TRAINING },
  );
}

testOnOnePage(
  'every page shows what runs, the tab how far it is, and the end is told elsewhere',
  async ({ page, bringIn }) => {
    await bringIn(peopleTable(20_000));
    await trainLong(page, 'first');
    await trainLong(page, 'second');
    await page.goto('./#/');
    await expect(page).toHaveTitle(/^\d+ % · Training first – Doppelgrid$/);
    await page.getByRole('button', { name: /^2 jobs under way/ }).click();
    const list = page.getByRole('dialog', { name: 'Jobs under way' });
    await expect(list.getByRole('link')).toHaveCount(3);
    await expect(list.getByText('Waiting for the training of “first”')).toBeVisible();
    await list.getByRole('link', { name: /Training first/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'first' })).toBeVisible();
    await page.goto('./#/');
    await page.evaluate(() => {
      const { jobs, generators } = window.doppelgrid;
      return generators.stop(jobs.list({ kind: 'training', status: 'IN_PROGRESS' })[0]!.resource.id);
    });
    const told = page.getByRole('region', { name: 'Notifications' });
    await expect(told.getByText('“first” has been trained.')).toBeVisible();
    await told.getByText('“first” has been trained.').getByRole('link', { name: 'Open' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'first' })).toBeVisible();
  },
);

test('the jobs page finds, stops, cancels, tries again and keeps logs', async ({ page, bringIn }) => {
  await page.goto('./#/jobs');
  await expect(page.getByText('Nothing has run yet')).toBeVisible();
  expect(await violationsInBoth(page), 'no jobs').toEqual([]);
  await bringIn(peopleTable(20_000));
  await trainLong(page, 'first');
  await trainLong(page, 'second');
  await page.goto('./#/jobs');
  const list = page.getByRole('list', { name: 'Jobs' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await page.getByRole('button', { name: 'Stop and keep the training of first' }).click();
  const first = list.getByRole('listitem').filter({ hasText: 'Training of first' });
  await expect(first.getByText('Done')).toBeVisible();

  await page.getByRole('button', { name: 'Cancel the training of second' }).click();
  const second = list.getByRole('listitem').filter({ hasText: 'Training of second' });
  await expect(second.getByText('Cancelled')).toBeVisible();
  await page.getByRole('button', { name: 'Try the training of second again' }).click();
  await expect(second).toHaveCount(2);
  await page.getByLabel('Status').selectOption('Cancelled');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await page.getByLabel('Status').selectOption('Any status');

  await first.getByText(/^Log/).click();
  await expect(first.getByRole('region', { name: /^Log of/ })).toContainText('TRAIN_MODEL');
  expect(await violationsInBoth(page), 'jobs, one under way').toEqual([]);
  const saving = page.waitForEvent('download');
  await first.getByRole('button', { name: 'Download the log' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe('first-training-log.txt');
  expect(await readFile(await download.path(), 'utf8')).toContain('validation_loss');
});

test('cancelling what has run for half a minute asks first', async ({ page, bringIn, generator }) => {
  await page.clock.install();
  await bringIn(peopleTable(20_000));
  const id = await trainLong(page, 'long');
  await page.goto(`./#/generators/${id}`);
  await expect(generator.button('Stop and keep best')).toBeEnabled();
  // The page's clock alone: half a minute passes for the question.
  await page.clock.fastForward(31_000);
  await generator.button('Cancel').click();
  const question = page.getByRole('dialog', { name: 'Cancel the training of “long”?' });
  await question.getByRole('button', { name: 'Go on' }).click();
  await expect(question).toBeHidden();
  await generator.button('Cancel').click();
  await question.getByRole('button', { name: 'Stop and keep the model' }).click();
  await expect(generator.button('Generate')).toBeVisible();
});

test('the system tells of a long job that ends while the tab is hidden, on consent', async ({
  page,
  bringIn,
  context,
}) => {
  await context.grantPermissions(['notifications']);
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    window.Notification = class {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(_title: string, options: NotificationOptions) {
        told.push(options.body!);
      }
      close() {}
    } as unknown as typeof Notification;
  });
  await page.clock.install();
  await page.reload();
  await bringIn(peopleTable(20_000));
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  const run = async (name: string) => {
    const id = await trainLong(page, name);
    await page.waitForFunction((id) => window.doppelgrid.generators.get(id).messages.length > 0, id);
    await page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true, configurable: true }));
    await page.clock.fastForward(31_000);
    await page.evaluate((id) => window.doppelgrid.generators.stop(id), id);
    await page.waitForFunction((id) => window.doppelgrid.generators.get(id).trainingStatus === 'DONE', id);
    await page.evaluate(() =>
      Object.defineProperty(document, 'hidden', { value: false, configurable: true }),
    );
  };
  await run('unasked');
  expect(await told()).toEqual([]);
  await page.goto('./#/settings');
  await page.getByRole('switch', { name: /Notify me/ }).click();
  await run('asked');
  expect(await told()).toEqual(['“asked” has been trained.']);
});
