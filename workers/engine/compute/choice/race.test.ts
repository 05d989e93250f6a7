import { describe, expect, it } from 'vitest';
import type { Backend, ModelSpec } from '../backend';
import { createBackend } from '../create-backend';
import { loadKernels } from '../wasm/load-node';
import { raceBackends } from './race';

const SPEC: ModelSpec = {
  columnCount: 3,
  subColumns: [4, 7, 3].map((cardinality, column) => ({ cardinality, dimension: 3, hidden: 8, column })),
};

/** A backend that counts its disposals and, if told, fails at `init`. */
function watched(backend: Backend, fails = false): { backend: Backend; disposals: () => number } {
  let disposals = 0;
  const dispose = backend.dispose.bind(backend);
  backend.dispose = () => {
    disposals++;
    dispose();
  };
  if (fails) backend.init = () => Promise.reject(new Error('no room'));
  return { backend, disposals: () => disposals };
}

async function wasm(fails = false) {
  return watched(createBackend('wasm', await loadKernels()), fails);
}

describe('raceBackends', () => {
  it('keeps the faster one and disposes of the other', async () => {
    const slow = watched(createBackend('reference'));
    const fast = await wasm();
    expect(await raceBackends([slow.backend, fast.backend], SPEC)).toBe(fast.backend);
    expect([slow.disposals(), fast.disposals()]).toEqual([1, 0]);
  });

  it('goes by the clock, not by the order', async () => {
    const [first, second] = [await wasm(), await wasm()];
    const times = [0, 5, 10, 90];
    const winner = await raceBackends([first.backend, second.backend], SPEC, () => times.shift()!);
    expect(winner).toBe(first.backend);
    expect([first.disposals(), second.disposals()]).toEqual([0, 1]);
  });

  it('lets a backend that fails drop out', async () => {
    const failing = await wasm(true);
    const last = await wasm();
    expect(await raceBackends([failing.backend, last.backend], SPEC)).toBe(last.backend);
    expect(failing.disposals()).toBe(1);
  });
});
