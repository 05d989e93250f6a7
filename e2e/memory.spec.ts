import type { Page } from '@playwright/test';
import { findBrowser } from '../scripts/lib/browser';
import type { ModelConfiguration } from '../src/domain/model-configuration';
import { expect, test } from './app';
import { type Held, heldBy, NOTHING, takeInventory } from './inventory';
import { peopleTable } from './tables';

test.use({
  launchOptions: {
    executablePath: findBrowser() ?? undefined,
    args: ['--enable-unsafe-webgpu', '--js-flags=--expose-gc'],
  },
});

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  takeInventory(page);
  await page.goto('./');
});

/** Trains a model of so many rows, draws some from it and deletes it. */
function train(page: Page, rows: number, model: Partial<ModelConfiguration>, draws = 5) {
  return page.evaluate(
    async ({ text, model, draws }) => {
      const { sources, generators, probes } = window.doppelgrid;
      const source = sources.list()[0] ?? (await sources.create({ name: 'people.csv', text }));
      const { config } = generators.propose(source.id);
      Object.assign(config.tables[0]!.tabularModelConfiguration, model, { privacyGuard: false });
      const { id } = generators.create(config);
      const { summary } = await generators.train(id);
      if (draws > 0) await probes.create(id, { rows: draws });
      await generators.delete(id);
      return { steps: summary!.passes!.steps, adapter: summary!.adapter };
    },
    { text: String(peopleTable(rows).content), model, draws },
  );
}

test('ten trainings in one page, on every backend by turns, leave no buffer, memory or thread behind', async ({
  page,
}) => {
  const kinds = [
    { backend: 'wasm', threads: 1, adapter: 'WASM SIMD, 1 thread' },
    { backend: 'wasm', threads: 2, adapter: 'WASM SIMD, 2 threads' },
    { backend: 'webgpu', threads: null, adapter: 'through WebGPU' },
  ] as const;
  for (let training = 0; training < 10; training++) {
    const { adapter, ...model } = kinds[training % kinds.length]!;
    const trained = await train(page, 100, { ...model, maxEpochs: 1, batchSize: 32 });
    expect(trained.adapter).toContain(adapter);
    await expect.poll(() => heldBy(page)).toEqual(NOTHING);
  }
});

test('WASM memory stays the same over 3,000 steps', async ({ page }) => {
  let ended = false;
  const model = { backend: 'wasm', threads: 1, maxEpochs: 5, batchSize: 4 } as const;
  const training = train(page, 12_000, model, 0).finally(() => {
    ended = true;
  });
  const during: Held[] = [];
  while (!ended) {
    // Collecting garbage all the time would leave no time for the training.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const held = await heldBy(page);
    if (held.wasmMemories > 0) during.push(held);
  }
  expect((await training).steps).toBeGreaterThanOrEqual(3000);
  expect(during.length).toBeGreaterThan(2);
  expect(during[0]).toMatchObject({ wasmMemories: 1 });
  expect(during).toEqual(during.map(() => during[0]));
  await expect.poll(() => heldBy(page)).toEqual(NOTHING);
});
