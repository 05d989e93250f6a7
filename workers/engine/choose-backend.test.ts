import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors';
import { backendChooser } from './choose-backend';
import type { Backend, ModelSpec } from './compute/backend';
import { RaceMemory } from './compute/choice/race-memory';
import { createBackend, type GpuSupply } from './compute/create-backend';
import { ReferenceBackend } from './compute/reference/reference-backend';
import { courseOf } from './compute/testing/course';
import { loadKernels } from './compute/wasm/load-node';
import { tooLargeForGpu } from './compute/webgpu/errors';
import type { BackendUse } from './session';

const SPEC: ModelSpec = {
  columnCount: 2,
  subColumns: [3, 5].map((cardinality, column) => ({ cardinality, dimension: 3, hidden: 4, column })),
};
const TRAINING: BackendUse = { spec: SPEC, threads: 1, course: courseOf(SPEC, 4000, 2048) };
const GENERATION: BackendUse = { spec: SPEC, threads: 1, course: null };

/** A GPU that is there, or only in software, or gone by the time it is opened. */
function fakeGpu(make: () => Backend | null, software = false): GpuSupply & { opened: number } {
  const gpu = {
    opened: 0,
    identify: async () => (software ? null : 'ACME one'),
    open: async (allowSoftware: boolean) => {
      if (software && !allowSoftware) return null;
      gpu.opened++;
      return make();
    },
  };
  return gpu;
}

/** Stands for a GPU: computes as WASM does, in no time or a second a call by the clock that races go by. */
function backendOf(kind: 'fast' | 'slow' | 'too small', module: WebAssembly.Module): Backend {
  const backend = createBackend('wasm', module);
  const train = backend.train.bind(backend);
  if (kind === 'fast') backend.train = async ({ steps }) => new Float32Array(2 * steps);
  if (kind === 'slow')
    backend.train = async (plan) => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return train(plan);
    };
  if (kind === 'too small')
    backend.init = () => Promise.reject(tooLargeForGpu('The weights of this model', 3e9, 1e9));
  return Object.defineProperties(backend, {
    kind: { value: 'webgpu' },
    adapter: { value: 'ACME one through WebGPU' },
  });
}

async function chooser(kind: 'fast' | 'slow' | 'too small', races = new RaceMemory()) {
  const module = await loadKernels();
  const gpu = fakeGpu(() => backendOf(kind, module));
  return { gpu, races, choose: backendChooser(loadKernels, null, gpu, races) };
}

describe('backendChooser', () => {
  it('takes WASM by itself where there is no GPU or only a software adapter', async () => {
    expect((await backendChooser(loadKernels)('auto', TRAINING)).kind).toBe('wasm');
    const software = fakeGpu(() => new ReferenceBackend(), true);
    expect((await backendChooser(loadKernels, null, software)('auto', TRAINING)).kind).toBe('wasm');
    expect(software.opened).toBe(0);
  });

  it('races a GPU on the table and remembers that it won, also for generating', async () => {
    const { gpu, choose, races } = await chooser('fast');
    expect((await choose('auto', GENERATION)).kind).toBe('wasm');
    expect(gpu.opened).toBe(0);
    expect((await choose('auto', TRAINING)).kind).toBe('webgpu');
    expect((await choose('auto', GENERATION)).adapter).toBe('ACME one through WebGPU');
    const again = await chooser('slow', races);
    expect((await again.choose('auto', TRAINING)).kind).toBe('webgpu');
  });

  it('remembers that a GPU lost, and does not open it again', async () => {
    const { gpu, choose } = await chooser('slow');
    expect((await choose('auto', TRAINING)).kind).toBe('wasm');
    expect((await choose('auto', TRAINING)).kind).toBe('wasm');
    expect((await choose('auto', GENERATION)).kind).toBe('wasm');
    expect(gpu.opened).toBe(1);
  });

  it('takes WASM where the remembered GPU does not open any more', async () => {
    const { choose, races } = await chooser('fast');
    await choose('auto', TRAINING);
    const gone = fakeGpu(() => null);
    expect((await backendChooser(loadKernels, null, gone, races)('auto', TRAINING)).kind).toBe('wasm');
    const broken = fakeGpu(() => {
      throw new UserError('engine/unavailable', 'The browser found a GPU but could not open it.');
    });
    expect((await backendChooser(loadKernels, null, broken, races)('auto', TRAINING)).kind).toBe('wasm');
  });

  it('says once why a GPU without room for the model is not used, and does not hold it against it', async () => {
    const { choose, gpu, races } = await chooser('too small');
    const sentences: string[] = [];
    const onMove = (sentence: string) => sentences.push(sentence);
    expect((await choose('auto', { ...TRAINING, onMove })).kind).toBe('wasm');
    expect(sentences).toEqual([
      'The weights of this model take 3,000 MB on the GPU in one piece, which offers 1,000 MB. The job goes on with WASM SIMD, 1 thread.',
    ]);
    expect(gpu.opened).toBe(1);
    expect((await (await chooser('fast', races)).choose('auto', TRAINING)).kind).toBe('webgpu');
  });

  it('uses a GPU that was asked for without a race', async () => {
    const { gpu, choose } = await chooser('slow');
    expect((await choose('webgpu', TRAINING)).kind).toBe('webgpu');
    expect(gpu.opened).toBe(1);
  });

  it('goes on with WASM, with one sentence, where the GPU asked for has no room', async () => {
    const { choose } = await chooser('too small');
    const sentences: string[] = [];
    const backend = await choose('webgpu', { ...TRAINING, onMove: (sentence) => sentences.push(sentence) });
    const { codes, rowCount, hyper } = TRAINING.course!;
    await backend.init(SPEC, codes, rowCount, hyper);
    expect(backend.kind).toBe('wasm');
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(/ in one piece, .* The job goes on with WASM SIMD, 1 thread\.$/);
  });

  it('says what to do where the GPU asked for is not there', async () => {
    const choose = backendChooser(loadKernels);
    await expect(choose('webgpu', TRAINING)).rejects.toThrow(UserError);
    await expect(choose('webgpu', TRAINING)).rejects.toThrow(/Choose the backend “auto” or “wasm”/);
  });

  it('falls back to plain TypeScript only when nobody insisted on WASM', async () => {
    const choose = backendChooser(async () => Promise.reject(new Error('no SIMD')));
    expect((await choose('auto', TRAINING)).kind).toBe('reference');
    await expect(choose('wasm', TRAINING)).rejects.toThrow(/WebAssembly SIMD/);
  });
});
