import type { Page } from '@playwright/test';
import type { BackendChoice } from '../workers/engine/models/argn/family';
import { expect, test, testOnOnePage } from './app';

const ROWS = Array.from({ length: 60 }, (_, i) => `${'xyz'[i % 3]},${(i * 7) % 5},${i % 2 ? 'yes' : 'no'}`);

testOnOnePage('the main job computes on WebGPU when asked to', async ({ page, home: _ }) => {
  const outcome = await page.evaluate(
    async (text) => {
      const { sources, generators, syntheticDatasets } = window.doppelgrid;
      const source = await sources.create({ name: 'tiny.csv', text });
      const { config } = generators.propose(source.id);
      Object.assign(config.tables[0]!.tabularModelConfiguration, { backend: 'webgpu', maxEpochs: 1 });
      const generator = await generators.train(generators.create(config).id);
      const proposal = syntheticDatasets.propose(generator.id);
      Object.assign(proposal.tables[0]!.configuration, { sampleSize: 40, enableDataReport: false });
      const dataset = await syntheticDatasets.generate(syntheticDatasets.create(proposal).id);
      const preview = await syntheticDatasets.preview(dataset.id, 0, 40);
      return { backend: generator.summary!.backend, adapter: generator.summary!.adapter, rows: preview.rows };
    },
    `letter,digit,answer\n${ROWS.join('\n')}`,
  );
  expect(outcome.backend).toBe('webgpu');
  expect(outcome.adapter).toMatch(/ through WebGPU$/);
  expect(outcome.rows).toHaveLength(40);
  for (const [letter, digit, answer] of outcome.rows) {
    expect('xyz').toContain(letter);
    expect('01234').toContain(digit);
    // Truth words are read as booleans.
    expect(['true', 'false']).toContain(answer);
  }
});

testOnOnePage(
  'a private training computes on WebGPU, keeps its budget and draws secure noise',
  async ({ page, home: _ }) => {
    const { summary, epsilons } = await page.evaluate(
      async (text) => {
        const { sources, generators } = window.doppelgrid;
        const source = await sources.create({ name: 'tiny.csv', text });
        const { config } = generators.propose(source.id);
        const differentialPrivacy = { maxEpsilon: 20, valueProtectionEpsilon: null };
        const settings = { backend: 'webgpu', maxEpochs: 8, differentialPrivacy };
        Object.assign(config.tables[0]!.tabularModelConfiguration, settings);
        const { summary, messages } = await generators.train(generators.create(config).id);
        return { summary: summary!, epsilons: messages.map(({ epsilon }) => epsilon!) };
      },
      `letter,digit,answer\n${ROWS.join('\n')}`,
    );
    expect(summary.backend).toBe('webgpu');
    expect(summary.adapter).toMatch(/ through WebGPU$/);
    const { epsilon, noise, training } = summary.differentialPrivacy!;
    expect(noise).toBe('secure');
    expect(epsilon).toBeLessThanOrEqual(20);
    expect(training!.steps).toBeGreaterThan(0);
    expect(epsilons.at(-1)).toBe(epsilon);
  },
);

/** Trains two epochs of the tiny table and opens its generator. */
async function trainAndShow(page: Page, backend: BackendChoice): Promise<void> {
  const id = await page.evaluate(
    async ({ text, backend }) => {
      const { sources, generators } = window.doppelgrid;
      const source = await sources.create({ name: 'tiny.csv', text });
      const { config } = generators.propose(source.id);
      const model = { backend, maxEpochs: 2, batchSize: 4, privacyGuard: false };
      Object.assign(config.tables[0]!.tabularModelConfiguration, model);
      return (await generators.train(generators.create(config).id)).id;
    },
    { text: `letter,digit,answer\n${ROWS.join('\n')}`, backend },
  );
  await page.goto(`./#/generators/${id}`);
}

testOnOnePage('a software adapter counts as no GPU, and the page names WASM', async ({ page, home: _ }) => {
  await trainAndShow(page, 'auto');
  await expect(page.getByText(/^WASM SIMD, \d+ threads?$/)).toBeVisible();
});

test('a GPU lost in a training is told in one sentence, and the model is trained', async ({ page }) => {
  test.setTimeout(90_000);
  page.on('worker', (worker) => {
    worker.evaluate(destroyAtEncoder, 6).catch(() => undefined);
  });
  await page.goto('./');
  const sentence = page.getByText(/^The GPU .*\. The job goes on with .+ through WebGPU\.$/);
  const isTold = expect(sentence.first()).toBeVisible({ timeout: 60_000 });
  await Promise.all([isTold, trainAndShow(page, 'webgpu')]);
  await expect(page.getByRole('button', { name: 'Generate', exact: true })).toBeVisible();
});

/** Runs in a worker: ends its device when it is asked for that command encoder. */
function destroyAtEncoder(number: number): void {
  if (!('GPUDevice' in globalThis)) return;
  const { createCommandEncoder } = GPUDevice.prototype;
  let left = number;
  GPUDevice.prototype.createCommandEncoder = function (descriptor) {
    if (left-- === 0) this.destroy();
    return createCommandEncoder.call(this, descriptor);
  };
}
