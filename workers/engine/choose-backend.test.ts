import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors';
import { backendChooser, type GpuOpener } from './choose-backend';
import type { Backend, ModelSpec } from './compute/backend';
import { ReferenceBackend } from './compute/reference/reference-backend';
import { loadKernels } from './compute/wasm/load-node';

const SPEC: ModelSpec = {
  columnCount: 2,
  subColumns: [3, 5].map((cardinality, column) => ({ cardinality, dimension: 3, hidden: 4, column })),
};
const USE = { spec: SPEC, threads: 1 };

/** Stands for a GPU: computes as the reference does, which no clock prefers to WASM. */
function slowGpu(): { open: GpuOpener; opened: () => number } {
  let opened = 0;
  const open = async () => {
    opened++;
    return new ReferenceBackend() as Backend;
  };
  return { open, opened: () => opened };
}

describe('backendChooser', () => {
  it('takes WASM by itself where there is no GPU', async () => {
    const choose = backendChooser(loadKernels, null, async () => null);
    expect((await choose('auto', USE)).kind).toBe('wasm');
  });

  it('races a GPU once per shape and remembers the winner', async () => {
    const gpu = slowGpu();
    const choose = backendChooser(loadKernels, null, gpu.open);
    expect((await choose('auto', USE)).kind).toBe('wasm');
    expect((await choose('auto', USE)).kind).toBe('wasm');
    expect(gpu.opened()).toBe(1);
  });

  it('uses a GPU that was asked for without a race', async () => {
    const gpu = slowGpu();
    const choose = backendChooser(loadKernels, null, gpu.open);
    expect((await choose('webgpu', USE)).kind).toBe('reference');
    expect(gpu.opened()).toBe(1);
  });

  it('says what to do where the GPU asked for is not there', async () => {
    const choose = backendChooser(loadKernels, null, async () => null);
    await expect(choose('webgpu', USE)).rejects.toThrow(UserError);
    await expect(choose('webgpu', USE)).rejects.toThrow(/Choose the backend “auto” or “wasm”/);
  });

  it('falls back to plain TypeScript only when nobody insisted on WASM', async () => {
    const choose = backendChooser(async () => Promise.reject(new Error('no SIMD')));
    expect((await choose('auto', USE)).kind).toBe('reference');
    await expect(choose('wasm', USE)).rejects.toThrow(/WebAssembly SIMD/);
  });
});
