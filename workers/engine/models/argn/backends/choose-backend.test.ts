import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../../src/domain/errors';
import { tooLargeForGpu } from '../../../gpu/errors';
import type { Backend, ModelSpec } from '../network/network-backend';
import { ReferenceBackend } from '../testing/reference-backend';
import { HYPER, randomCodes } from '../testing/samples';
import { loadKernels } from '../wasm/load-node';
import { WasmBackend } from '../wasm/wasm-backend';
import { type BackendUse, backendChooser, type GpuSource } from './choose-backend';

const SPEC: ModelSpec = {
  columnCount: 2,
  subColumns: [3, 5].map((cardinality, column) => ({ cardinality, dimension: 3, hidden: 4, column })),
};
/** A step is about 20 ms of work for one core. */
const LARGE: ModelSpec = {
  columnCount: 20,
  subColumns: Array.from({ length: 20 }, (_, column) => ({
    cardinality: 100,
    dimension: 12,
    hidden: 80,
    column,
  })),
};
const TRAINING: BackendUse = { spec: LARGE, threads: 1, batchSize: 2048 };
const SMALL: BackendUse = { spec: SPEC, threads: 1, batchSize: 256 };

/** A GPU, real or in software, that `make` opens or has lost. */
function fakeGpu(make: () => Backend | null, software = false): GpuSource & { opened: number } {
  const gpu = {
    opened: 0,
    open: async (allowSoftware: boolean) => {
      if (software && !allowSoftware) return null;
      gpu.opened++;
      return make();
    },
  };
  return gpu;
}

/** Stands for a GPU: computes as WASM does, or is too small for the model. */
function backendOf(kind: 'working' | 'too small', module: WebAssembly.Module): Backend {
  const backend = new WasmBackend(module);
  if (kind === 'too small')
    backend.init = () => Promise.reject(tooLargeForGpu('The weights of this model', 3e9, 1e9));
  return Object.defineProperties(backend, {
    kind: { value: 'webgpu' },
    adapter: { value: 'ACME one through WebGPU' },
  });
}

async function chooser(kind: 'working' | 'too small') {
  const module = await loadKernels();
  const gpu = fakeGpu(() => backendOf(kind, module));
  return { gpu, choose: backendChooser(loadKernels, null, gpu) };
}

describe('backendChooser', () => {
  it('takes WASM by itself where there is no GPU or only a software adapter', async () => {
    expect((await backendChooser(loadKernels)('auto', TRAINING)).kind).toBe('wasm');
    const software = fakeGpu(() => new ReferenceBackend(), true);
    expect((await backendChooser(loadKernels, null, software)('auto', TRAINING)).kind).toBe('wasm');
    expect(software.opened).toBe(0);
  });

  it('takes a real GPU where a step has work enough for it, and does not open it for less', async () => {
    const { gpu, choose } = await chooser('working');
    expect((await choose('auto', SMALL)).kind).toBe('wasm');
    expect(gpu.opened).toBe(0);
    expect((await choose('auto', TRAINING)).adapter).toBe('ACME one through WebGPU');
    expect((await choose('auto', { ...SMALL, batchSize: null })).kind).toBe('wasm');
  });

  it('takes WASM where the GPU does not open', async () => {
    const gone = fakeGpu(() => null);
    expect((await backendChooser(loadKernels, null, gone)('auto', TRAINING)).kind).toBe('wasm');
    const broken = fakeGpu(() => {
      throw new UserError('engine/unavailable', 'The browser found a GPU but could not open it.');
    });
    expect((await backendChooser(loadKernels, null, broken)('auto', TRAINING)).kind).toBe('wasm');
  });

  it('uses a GPU that was asked for, whatever the work', async () => {
    const { gpu, choose } = await chooser('working');
    expect((await choose('webgpu', SMALL)).kind).toBe('webgpu');
    expect(gpu.opened).toBe(1);
  });

  it('goes on with WASM, with one sentence, where the GPU has no room', async () => {
    const { choose } = await chooser('too small');
    const sentences: string[] = [];
    const backend = await choose('auto', { ...TRAINING, onMove: (sentence) => sentences.push(sentence) });
    await backend.init(LARGE, randomCodes(LARGE, 40, 1), 40, HYPER);
    expect(backend.kind).toBe('wasm');
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(/ in one piece, .* The job goes on with WASM SIMD, 1 thread\.$/);
  });

  it('says what to do where the GPU asked for is not there', async () => {
    const choose = backendChooser(loadKernels);
    await expect(choose('webgpu', TRAINING)).rejects.toThrow(UserError);
    await expect(choose('webgpu', TRAINING)).rejects.toThrow(/Choose the backend “auto” or “wasm”/);
  });

  it('says what is missing where the kernels do not compile', async () => {
    const choose = backendChooser(async () => Promise.reject(new Error('no SIMD')));
    for (const choice of ['auto', 'wasm'] as const) {
      await expect(choose(choice, TRAINING)).rejects.toThrow(/WebAssembly SIMD.*Try a current/);
    }
  });
});
