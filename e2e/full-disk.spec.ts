import { expect, test } from './app';
import { peopleTable } from './tables';

test('a full disk: what does not fit is told with what can be deleted, and what was there stays', async ({
  page,
  bringIn,
}) => {
  await bringIn(peopleTable(300));
  const devTools = await page.context().newCDPSession(page);
  const limit = async (bytes?: number) =>
    devTools.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(page.url()).origin,
      ...(bytes !== undefined && { quotaSize: bytes }),
    });
  const made = await page.evaluate(async () => {
    const { generators, sources, syntheticDatasets, workspace } = window.doppelgrid;
    const { config } = generators.propose(sources.list()[0]!.id);
    Object.assign(config.tables[0]!.tabularModelConfiguration, { maxEpochs: 2 });
    const generator = await generators.train(generators.create(config).id);
    const dataset = syntheticDatasets.create(syntheticDatasets.propose(generator.id));
    await syntheticDatasets.generate(dataset.id);
    await workspace.flush();
    return { datasetId: dataset.id, used: (await workspace.usage()).used! };
  });
  await limit(made.used);
  const outcome = await page.evaluate(async ({ datasetId }) => {
    const { generators, sources, syntheticDatasets, jobs } = window.doppelgrid;
    const message = (call: Promise<unknown>) => call.then(() => null).catch((error: Error) => error.message);
    const warnings: string[] = [];
    window.doppelgrid.subscribe((event) => event.type === 'storage' && warnings.push(event.sentence));
    const text = `a,b\n${Array.from({ length: 200_000 }, (_, i) => `${i},${(i * 7919) % 1013}`).join('\n')}`;
    await message(sources.create({ name: 'large.csv', text }));
    const rows = syntheticDatasets.propose(generators.list()[0]!.id);
    rows.tables[0]!.configuration.sampleSize = 300_000;
    const generated = await message(syntheticDatasets.generate(syntheticDatasets.create(rows).id));
    const copied = await message(generators.duplicate(generators.list()[0]!.id));
    const rowCount = (await syntheticDatasets.preview(datasetId, 0, 5)).rowCount;
    return { warnings, generated, copied, rowCount, failed: jobs.list({ status: 'FAILED' }).length };
  }, made);
  const named = /storage is full.*people/is;
  expect(outcome.warnings[0]).toMatch(named);
  expect(outcome.generated).toMatch(named);
  expect(outcome.rowCount).toBe(300);
  // Opened again while there is still no space.
  await page.goto('./#/');
  await page.reload();
  await expect(page.getByRole('region', { name: 'Your work' })).toContainText('people');
  const after = await page.evaluate(async ({ datasetId }) => {
    const { syntheticDatasets, workspace } = window.doppelgrid;
    const { rowCount } = await syntheticDatasets.preview(datasetId, 0, 5);
    await syntheticDatasets.delete(datasetId);
    return { rowCount, setAside: workspace.setAside(), used: (await workspace.usage()).used! };
  }, made);
  expect(after).toMatchObject({ rowCount: 300, setAside: [] });
  // What is deleted is off the disk, though nothing could be written.
  expect(after.used).toBeLessThan(made.used);
  await limit();
});
