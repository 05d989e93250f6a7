import { describe, expect, it } from 'vitest';
import { shaderOf } from '../wgsl/kernel';
import { CONSTANTS_STRUCT, SLOT_BYTES } from './constants';
import { KERNELS } from './programs';

/** Default limits, which every device has (WebGPU, § Limits); we request larger buffers only. */
const LIMITS = { storageBuffers: 8, invocations: 256, workgroupBytes: 16_384, uniformAlignment: 256 };

describe.each(Object.entries(KERNELS))('kernel %s', (_, kernel) => {
  const code = shaderOf(kernel);

  it('needs no more than the default limits', () => {
    expect(kernel.bindings.length).toBeLessThanOrEqual(LIMITS.storageBuffers);
    const [, size] = /@workgroup_size\((\d+)\)/.exec(code)!;
    expect(Number(size)).toBeLessThanOrEqual(LIMITS.invocations);
    const shared = [...code.matchAll(/var<workgroup> \w+: array<[fu]32, (\d+)>/g)];
    expect(shared).toHaveLength([...code.matchAll(/var<workgroup>/g)].length);
    const bytes = shared.reduce((sum, [, count]) => sum + 4 * Number(count), 0);
    expect(bytes).toBeLessThanOrEqual(LIMITS.workgroupBytes);
  });

  it('binds no buffer twice and asks for no extension', () => {
    const buffers = kernel.bindings.map(({ buffer }) => buffer);
    expect(new Set(buffers).size).toBe(buffers.length);
    expect(code).not.toMatch(/\b(enable|requires)\s|subgroup|\bf16\b/);
  });
});

describe('constants', () => {
  it('lie in slots that a dynamic offset may choose', () => {
    expect(SLOT_BYTES % LIMITS.uniformAlignment).toBe(0);
    expect([...CONSTANTS_STRUCT.matchAll(/: [uf]32,/g)].length * 4).toBeLessThanOrEqual(SLOT_BYTES);
  });
});
