import { expect, test } from '../app';

const ROWS = Array.from({ length: 60 }, (_, i) => `${'xyz'[i % 3]},${(i * 7) % 5},${i % 2 ? 'yes' : 'no'}`);

test('the main job computes on WebGPU when asked to', async ({ page, home: _ }) => {
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
    expect(['yes', 'no']).toContain(answer);
  }
});
