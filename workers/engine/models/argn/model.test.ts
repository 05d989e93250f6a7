import { describe, expect, it } from 'vitest';
import { seededBits } from '../../privacy/dp/random-bits';
import { MemoryDatabase } from '../../testing/memory-database';
import { trainRequest } from '../../testing/train-request';
import { planTraining } from '../../training-table';
import { UNWATCHED } from '../testing/canary-audit';
import type { BackendFactory } from './backends/choose-backend';
import { ArgnConfiguration } from './family';
import { ArgnModel } from './model';
import { openBackend } from './testing/open-backend';

const COLUMNS = [0, 1].map((shift) => ({
  name: `column ${shift}`,
  storageType: 'text' as const,
  data: {
    kind: 'text' as const,
    codes: Int32Array.from({ length: 400 }, (_, row) => (row >> shift) % 4),
    dictionary: ['north', 'east', 'south', 'west'],
  },
}));

describe('A private training', () => {
  it('is computed by what the person chose', async () => {
    const choices: [string, number | null][] = [];
    const open: BackendFactory = async (choice, use) => {
      choices.push([choice, use!.batchSize]);
      return openBackend('wasm');
    };
    const differentialPrivacy = { maxEpsilon: 8, valueProtectionEpsilon: null };
    for (const backend of ['auto', 'webgpu', 'wasm'] as const) {
      const configuration = { backend, maxEpochs: 0.5, differentialPrivacy };
      const request = trainRequest(COLUMNS, { configuration });
      const { table } = await planTraining(request, new MemoryDatabase({ source: COLUMNS }));
      const model = new ArgnModel(open, null, () => seededBits(1));
      const settings = ArgnConfiguration.parse({ model: 'argn', ...configuration });
      const encoded = await model.encode(table, settings, UNWATCHED);
      const { summary } = await model.train(encoded, settings, UNWATCHED);
      expect(summary.differentialPrivacy!.training!.steps).toBeGreaterThan(0);
    }
    // Rows of a step decide whether a GPU is worth it.
    expect(choices.map(([choice]) => choice)).toEqual(['auto', 'webgpu', 'wasm']);
    for (const [, batchSize] of choices) expect(batchSize).toBeGreaterThan(1);
  });
});
