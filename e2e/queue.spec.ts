import { expect, testOnOnePage as test } from './app';
import { LONG_TRAINING } from './pages/generator-page';
import { peopleTable } from './tables';

test('a second training waits, says for what, and starts by itself', async ({ page, bringIn, generator }) => {
  await bringIn(peopleTable(20_000));
  const [first, second, third] = await page.evaluate((settings) => {
    const { sources, generators } = window.doppelgrid;
    const { config } = generators.propose(sources.list().at(-1)!.id);
    Object.assign(config.tables[0]!.tabularModelConfiguration, settings);
    return ['one', 'two', 'three'].map((name) => {
      const { id } = generators.create({ ...config, name });
      generators.train(id).catch(() => undefined);
      return id;
    });
  }, LONG_TRAINING);
  await page.goto(`./#/generators/${third}`);
  await expect(page.getByText('Waiting for the training of “one”').first()).toBeVisible();
  await generator.button('Cancel').click();
  await expect(page.getByText('The training was cancelled.').first()).toBeVisible();
  await page.goto(`./#/generators/${second}`);
  await expect(page.getByText('Waiting for the training of “one”').first()).toBeVisible();
  await page.evaluate((id) => window.doppelgrid.generators.stop(id!), first);
  const status = () => page.evaluate((id) => window.doppelgrid.generators.get(id!).trainingStatus, second);
  await expect.poll(status).toBe('IN_PROGRESS');
  await generator.button('Stop and keep best').click();
  await expect(generator.button('Generate')).toBeVisible();
});
