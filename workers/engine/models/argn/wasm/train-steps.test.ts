import { beforeAll, expect, it } from 'vitest';
import { createBackend } from '../backends/create-backend';
import type { Backend } from '../network/network-backend';
import { prepare, randomPlan, specOf } from '../testing/samples';
import { loadKernels } from './load-node';
import { rowParts } from './row-parts';

/** Rows of the second sub-column are added up in parts. */
const DOMINATED = specOf([
  [40, 6, 32, 0],
  [420, 12, 64, 1],
  [3, 2, 8, 1],
]);

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadKernels();
});

async function train(backend: Backend, batchSize: number) {
  await prepare(backend, DOMINATED, 700, 4);
  const losses: Float32Array[] = [];
  // A short step first and a long one last: no array of one may turn up in the other.
  for (const [firstStep, size] of [
    [0, 40],
    [1, batchSize],
    [2, batchSize],
  ] as const) {
    const options = {
      batchSize: size,
      steps: 1,
      tableRows: 700,
      seed: 4 + firstStep,
      dropout: 0.1,
      firstStep,
    };
    losses.push(await backend.train(randomPlan(DOMINATED, options)));
  }
  const { parameters, secondMoment } = await backend.getState();
  backend.dispose();
  return { losses: losses.flatMap((step) => [...step]), parameters, secondMoment };
}

it.each([130, 512, 601])(
  'parted rows have the gradients of whole batches of %i',
  { timeout: 60_000 },
  async (size) => {
    expect(rowParts(DOMINATED).map(({ count }) => count)).toEqual([1, 8, 1]);
    const parted = await train(createBackend('wasm', module), size);
    const plain = await train(createBackend('reference'), size);
    for (const name of ['losses', 'parameters', 'secondMoment'] as const) {
      expect(parted[name].length).toBe(plain[name].length);
      const gaps = Array.from(parted[name], (value, k) => Math.abs(value - plain[name][k]!));
      expect(gaps.reduce((largest, gap) => Math.max(largest, gap), 0)).toBeLessThan(1e-4);
      expect(gaps.reduce((a, b) => a + b, 0) / gaps.length).toBeLessThan(1e-6);
    }
  },
);
