import { afterEach, describe, expect, it, vi } from 'vitest';
import { type BrowserView, describeAccelerator, listFeatures, viewBrowser } from './this-browser';

const NOTHING: BrowserView = {
  hasSimd: false,
  hasFiles: false,
  hasGpu: false,
  hasServiceWorker: false,
  hasLocks: false,
  isSecure: false,
};

afterEach(() => vi.unstubAllGlobals());

function stubGpu(requestAdapter: () => Promise<unknown>): void {
  vi.stubGlobal('navigator', { gpu: { requestAdapter } });
}

describe('viewBrowser', () => {
  it('tries WebAssembly SIMD with a module that has it', () => {
    vi.stubGlobal('window', { isSecureContext: true });
    vi.stubGlobal('navigator', { locks: {} });
    expect(viewBrowser(true)).toEqual({
      ...NOTHING,
      hasSimd: true,
      hasFiles: true,
      hasLocks: true,
      isSecure: true,
    });
    vi.stubGlobal('WebAssembly', { validate: () => false });
    expect(viewBrowser(true).hasSimd).toBe(false);
  });
});

describe('listFeatures', () => {
  it('lists each feature once, with what is there', () => {
    expect(listFeatures(NOTHING).filter(({ present }) => present)).toEqual([]);
    for (const [key, at] of Object.keys(NOTHING).map((name, index) => [name, index] as const)) {
      const present = listFeatures({ ...NOTHING, [key]: true }).map((feature) => feature.present);
      expect(present.indexOf(true)).toBe(at);
      expect(present.lastIndexOf(true)).toBe(at);
    }
  });
});

describe('describeAccelerator', () => {
  it.each([
    ['a card', { vendor: 'nvidia', architecture: 'ada', description: '', device: '' }, 'NVIDIA ada'],
    [
      'an adapter in software',
      { vendor: 'google', architecture: 'swiftshader', description: '', device: '' },
      null,
    ],
  ])('names %s', async (_, info, gpu) => {
    stubGpu(async () => ({ info: { isFallbackAdapter: false, ...info } }));
    expect((await describeAccelerator()).gpu).toBe(gpu);
  });

  it('says why WebAssembly computes', async () => {
    stubGpu(async () => null);
    expect((await describeAccelerator()).reason).toContain('offers no graphics card');
    stubGpu(() => Promise.reject(new Error('refused')));
    expect((await describeAccelerator()).gpu).toBeNull();
    vi.stubGlobal('navigator', {});
    vi.stubGlobal('window', { isSecureContext: false });
    expect((await describeAccelerator()).reason).toContain('HTTPS');
    vi.stubGlobal('window', { isSecureContext: true });
    expect((await describeAccelerator()).reason).toBe('This browser has no WebGPU.');
  });
});
