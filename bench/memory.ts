import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { heldBy, takeInventory } from '../e2e/inventory';
import { HeadlessApp } from '../scripts/lib/headless-app';
import { importFile } from '../scripts/synthesize/job';
import type { ModelConfiguration } from '../src/domain/model-configuration';
import { print } from './adult-shape';
import { withGpuPage } from './gpu-page';

const ADULT = fileURLToPath(new URL('../../shared/data/bench_adult/train.csv.gz', import.meta.url));
const CALLS = 190;
const STEPS_PER_CALL = 16;

/**
 * Memory over 3,000 steps on the GPU (tiny shape) and over trainings of Adult in one page of the app: what its
 * workers hold after each, and the page's resident memory. `npm run bench -- memory [trainings]`
 */
export async function run(args: readonly string[]): Promise<void> {
  await overSteps();
  if (existsSync(ADULT)) await overTrainings(Number(args[0] ?? 10));
  else print(`MISSING, so no trainings in one page: ${ADULT}`);
}

async function overSteps(): Promise<void> {
  await withGpuPage(async (page) => {
    const { name } = await page.evaluate(() => window.conformance.adapterFacts());
    const { bytes, alive, aliveAfterDispose } = await page.evaluate(
      (calls) => window.conformance.endure(1, calls),
      CALLS,
    );
    const range = (values: readonly number[]) => `${Math.min(...values)} to ${Math.max(...values)} bytes`;
    print(`${CALLS * STEPS_PER_CALL} steps through ${name}, each 16 with validation and 40 rows drawn`);
    print(`buffers counted by the backend: ${range(bytes)}; alive in the page: ${range(alive)}`);
    print(`alive after it is disposed of: ${aliveAfterDispose} bytes`);
  });
}

async function overTrainings(trainings: number): Promise<void> {
  const app = await HeadlessApp.open(() => {});
  try {
    takeInventory(app.page);
    await app.give('adult', ADULT);
    const source = await importFile(app.page, 'adult');
    const megabytes = (size: number) => (size / 1e6).toFixed(0).padStart(6);
    print('Adult, 2 epochs each, one page:');
    print('training  computed by                   steps   RSS MB   GPU buffers   WASM MB   threads');
    // The last one is long: 3,000 steps and more.
    for (let training = 1; training <= trainings + 1; training++) {
      const isLong = training > trainings;
      const model = isLong
        ? { threads: 1, maxEpochs: 5, batchSize: 32 }
        : { threads: 1 + (training % 2), maxEpochs: 2 };
      const { adapter, steps } = await train(app.page, source.id, { backend: 'wasm', ...model });
      const held = await heldBy(app.page);
      const row = [`${training}`.padStart(8), `  ${adapter.padEnd(27)}`, `${steps}`.padStart(8)];
      row.push(megabytes(app.memory()?.now ?? 0).padStart(9), `${held.gpuBuffers}`.padStart(14));
      row.push(megabytes(held.wasmBytes).padStart(10), `${held.workers}`.padStart(10));
      print(row.join(''));
    }
  } finally {
    await app.close();
  }
}

/** Trains, draws a few rows and deletes the model. */
function train(page: Page, sourceId: string, model: Partial<ModelConfiguration>) {
  return page.evaluate(
    async ({ sourceId, model }) => {
      const { generators, probes } = window.doppelgrid;
      const { config } = generators.propose(sourceId);
      Object.assign(config.tables[0]!.tabularModelConfiguration, model);
      const { id } = generators.create(config);
      const { summary } = await generators.train(id);
      await probes.create(id, { rows: 100 });
      await generators.delete(id);
      return { adapter: summary!.adapter, steps: summary!.steps };
    },
    { sourceId, model },
  );
}
