import { createHash } from 'node:crypto';
import type { Job } from '../src/domain/job';
import { expect, testOnOnePage as test } from './app';
import { peopleTable, wideTable } from './tables';

test('the example of the README runs', async ({ page, home: _ }) => {
  const { accuracy, bytes, log } = await page.evaluate(async () => {
    const { sources, generators, syntheticDatasets, reports, probes } = window.doppelgrid;
    const log: string[] = [];

    const source = await sources.create({ demo: 'penguins' });
    const { config } = generators.propose(source.id);
    Object.assign(config.tables[0]!.tabularModelConfiguration, { maxEpochs: 5 });
    const generator = generators.create(config);
    await generators.train(generator.id, {
      onMessage: ({ epoch, validationLoss }) => log.push(`${epoch}: ${validationLoss}`),
    });

    const probe = await probes.create(generator.id, { rows: 5 });
    const rows = syntheticDatasets.propose(generator.id);
    rows.tables[0]!.configuration.sampleSize = 1_000;
    const dataset = await syntheticDatasets.generate(syntheticDatasets.create(rows).id);
    const report = reports.get(dataset.reportId!);
    const file = await syntheticDatasets.download(dataset.id, 'parquet');
    return { accuracy: report.metrics.accuracy.overall, bytes: file.size, log: [...log, probe.rows.length] };
  });
  expect(accuracy).toBeGreaterThan(0.5);
  expect(bytes).toBeGreaterThan(1_000);
  expect(log.at(-1)).toBe(5);
  expect(log.length).toBeGreaterThan(4);
});

test('the same data, configuration, protection key and seeds give the same bytes', async ({
  page,
  home: _,
}) => {
  const hashOf = async (seed: number, key: string) => {
    const bytes = await page.evaluate(
      async ({ text, randomState, protectionKey }) => {
        const { sources, generators, syntheticDatasets } = window.doppelgrid;
        const source = await sources.create({ name: 'people.csv', text });
        const { config } = generators.propose(source.id);
        Object.assign(config.tables[0]!.tabularModelConfiguration, { maxEpochs: 3 });
        const generator = await generators.train(
          generators.create({ ...config, randomState }, { protectionKey }).id,
        );
        const rows = { ...syntheticDatasets.propose(generator.id), randomState };
        rows.tables[0]!.configuration.enableDataReport = false;
        const dataset = await syntheticDatasets.generate(syntheticDatasets.create(rows).id);
        const file = await syntheticDatasets.download(dataset.id, 'parquet');
        return [...new Uint8Array(await file.arrayBuffer())];
      },
      { text: String(peopleTable().content), randomState: seed, protectionKey: key.repeat(32) },
    );
    return createHash('sha256').update(Buffer.from(bytes)).digest('hex');
  };
  const first = await hashOf(1, 'a1');
  expect(await hashOf(1, 'a1')).toBe(first);
  expect(await hashOf(2, 'a1')).not.toBe(first);
  expect(await hashOf(1, 'b2')).not.toBe(first);
});

test('an aborted call says so and leaves what was there', async ({ page, home: _ }) => {
  const outcome = await page.evaluate(
    async (text) => {
      const { sources, generators } = window.doppelgrid;
      const source = await sources.create({ name: 'people.csv', text });
      const generator = generators.create(generators.propose(source.id).config);
      const controller = new AbortController();
      const training = generators.train(generator.id, {
        signal: controller.signal,
        onMessage: () => controller.abort(),
      });
      const error = await training.catch((reason: unknown) => reason as { code: string; name: string });
      const hasSource = sources.list().some(({ id }) => id === source.id);
      return { code: 'code' in error ? error.code : null, hasSource };
    },
    String(peopleTable(3000).content),
  );
  expect(outcome).toEqual({ code: 'canceled', hasSource: true });
});

test('a job says by name what it is busy with', async ({ page, home: _ }) => {
  const busy = await page.evaluate(
    async (text) => {
      const { sources, generators } = window.doppelgrid;
      const busy: { readonly name: string; readonly max: number | null }[] = [];
      const controller = new AbortController();
      const onProgress = ({ steps }: Job) => {
        for (const { status, phase, code, max } of steps) {
          if (status === 'IN_PROGRESS') busy.push({ name: phase ?? code, max });
          if (phase === 'CHOOSE_INPUTS' && max !== null) controller.abort();
        }
      };
      const source = await sources.create({ name: 'wide.csv', text }, { onProgress });
      const generator = generators.create(generators.propose(source.id).config);
      await generators.train(generator.id, { onProgress, signal: controller.signal }).catch(() => undefined);
      return busy;
    },
    wideTable(150, 3_000),
  );
  expect(busy[0]!.name).toBe('START_WORKER');
  const names = new Set(busy.map(({ name }) => name));
  expect([...names]).toEqual(expect.arrayContaining(['IMPORT_DATA', 'PULL_TRAINING_DATA', 'CHOOSE_INPUTS']));
  expect(busy).toContainEqual({ name: 'CHOOSE_INPUTS', max: expect.any(Number) });
});
