import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TAIL } from '../network/keystream';
import { createLayout } from '../network/weight-layout';
import { chachaBlock, keystreamNormals } from './reference-keystream';
import { randomPlan, specOf } from './samples';

const words = fc.array(fc.nat(2 ** 32 - 1), { minLength: 8, maxLength: 8 });

describe('The keystream', () => {
  it('is ChaCha20 as OpenSSL computes it', () => {
    fc.assert(
      fc.property(words, fc.nat(2 ** 32 - 1), fc.nat(2 ** 31), (key, counter, step) => {
        const iv = Buffer.from(Uint32Array.of(counter, step, 1, 0).buffer);
        const cipher = createCipheriv('chacha20', Buffer.from(Uint32Array.from(key).buffer), iv);
        const bytes = cipher.update(new Uint8Array(64));
        const block = chachaBlock(Uint32Array.from(key), counter, [step, 1, 0]);
        expect(Buffer.from(block.buffer).equals(bytes)).toBe(true);
      }),
    );
  });

  it('gives each number of the parameters its own normal, however they are cut', () => {
    const spec = specOf([[5, 3, 8, 0]]);
    expect(createLayout(spec).total).toBeGreaterThan(60);
    const plan = randomPlan(spec, { steps: 2, batchSize: 4, tableRows: 5, seed: 1 });
    const privacy = { clip: 1, deviation: 1, expectedRows: 1, noiseSeed: 4 };
    const normals = (first: number, count: number, step = 0) =>
      keystreamNormals(privacy, plan, step, 0, first)(count);
    const all = normals(0, 60);
    fc.assert(
      fc.property(fc.nat(14), fc.nat(14), (from, fours) => {
        const count = Math.min(60 - 4 * from, 4 * fours);
        expect(normals(4 * from, count)).toEqual(all.subarray(4 * from, 4 * from + count));
      }),
    );
    expect(normals(0, 60, 1)).not.toEqual(all);
  });

  it('is normal, with the tail that 64 bits have', () => {
    const spec = specOf([[5, 3, 8, 0]]);
    const plan = randomPlan(spec, { steps: 1, batchSize: 4, tableRows: 5, seed: 1 });
    const privacy = { clip: 1, deviation: 1, expectedRows: 1, noiseSeed: 4 };
    const count = 400_000;
    const normals = keystreamNormals(privacy, plan, 0, 0, 0)(count);
    const mean = normals.reduce((sum, x) => sum + x, 0) / count;
    const square = normals.reduce((sum, x) => sum + x * x, 0) / count;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    // Beyond what a radius of 32 bits without its smallest words could be.
    const outer = Math.sqrt(-2 * Math.log(TAIL / 2 ** 32));
    expect(normals.some((x) => Math.abs(x) > outer)).toBe(true);
  });
});
