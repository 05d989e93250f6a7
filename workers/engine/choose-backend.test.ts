import { afterEach, describe, expect, it } from 'vitest';
import { backendChooser } from './choose-backend';
import { runningShards, startInProcess } from './compute/pool/testing/start-node-worker';
import { specOf } from './compute/testing/samples';
import { loadKernels } from './compute/wasm/load-node';

const LARGE = specOf(Array.from({ length: 12 }, (_, column) => [60, 12, 64, column] as const));
const SMALL = specOf([[4, 3, 8, 0]]);

afterEach(() => expect(runningShards()).toBe(0));

/** What a person would read. */
async function adapterOf(...[choice, use]: Parameters<ReturnType<typeof backendChooser>>): Promise<string> {
  const backend = await backendChooser(loadKernels, { cores: 4, start: startInProcess })(choice, use);
  backend.dispose();
  return backend.adapter;
}

describe('backendChooser', () => {
  it('takes the threads that are asked for', async () => {
    expect(await adapterOf('wasm', { spec: SMALL, threads: 2 })).toBe('WASM SIMD, 2 threads');
    expect(await adapterOf('auto', { spec: LARGE, threads: 1 })).toBe('WASM SIMD, 1 thread');
  });

  it('chooses by cores and model when nobody asks', async () => {
    expect(await adapterOf('auto', { spec: LARGE, threads: null })).toBe('WASM SIMD, 3 threads');
    expect(await adapterOf('auto', { spec: SMALL, threads: null })).toBe('WASM SIMD, 1 thread');
    expect(await adapterOf('auto')).toBe('WASM SIMD, 1 thread');
  });

  it('starts no thread for the reference, or where none can be had', async () => {
    expect(await adapterOf('reference', { spec: LARGE, threads: 4 })).toMatch(/^TypeScript|reference/i);
    const alone = await backendChooser(loadKernels)('wasm', { spec: LARGE, threads: 4 });
    expect(alone.adapter).toBe('WASM SIMD, 1 thread');
  });

  it('falls back to TypeScript only if nobody insists on the kernels', async () => {
    const choose = backendChooser(() => Promise.reject(new Error('no SIMD')));
    expect((await choose('auto')).kind).toBe('reference');
    await expect(choose('wasm')).rejects.toThrow(/WebAssembly SIMD/);
  });
});
