import { describe, expect, it } from 'vitest';
import { type AdapterInfo, adapterName, isSoftwareAdapter } from './gpu-adapter';

const info = (given: Partial<AdapterInfo>): AdapterInfo => ({
  vendor: '',
  architecture: '',
  description: '',
  device: '',
  isFallbackAdapter: false,
  ...given,
});

describe('adapterName', () => {
  it.each([
    [{ description: 'NVIDIA GeForce RTX 4070', vendor: 'nvidia' }, 'NVIDIA GeForce RTX 4070'],
    [{ vendor: 'intel', architecture: 'gen-12lp' }, 'Intel gen-12lp'],
    [{ vendor: 'acme' }, 'acme'],
    [{}, 'GPU'],
  ])('names %j %s', (given, name) => {
    expect(adapterName(info(given))).toBe(name);
  });
});

describe('isSoftwareAdapter', () => {
  it.each([
    [{ isFallbackAdapter: true }, true],
    [{ vendor: 'google', architecture: 'swiftshader' }, true],
    [{ description: 'Microsoft Basic Render Driver' }, true],
    [{ device: 'llvmpipe (LLVM 15.0.7, 256 bits)' }, true],
    [{ vendor: 'apple', architecture: 'metal-3' }, false],
  ])('%j: %s', (given, software) => {
    expect(isSoftwareAdapter(info(given))).toBe(software);
  });
});
