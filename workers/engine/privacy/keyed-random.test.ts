import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyedRandom } from './keyed-random';

const KEY = '0123456789abcdef'.repeat(4);
const purpose = fc.array(fc.oneof(fc.string(), fc.nat()), { maxLength: 3 });

describe('KeyedRandom', () => {
  it('is HMAC-SHA-256 of the purpose', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), purpose, (bytes, parts) => {
        const expected = createHmac('sha256', bytes).update(JSON.stringify(parts)).digest();
        const words = new KeyedRandom(Buffer.from(bytes).toString('hex')).words(...parts);
        expect([...words]).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((i) => expected.readUInt32BE(4 * i)));
      }),
    );
  });

  it('gives every purpose and every key its own', () => {
    const random = new KeyedRandom(KEY);
    const seeds = [
      random.seed('column', 'a'),
      random.seed('column', 'b'),
      random.seed('columna'),
      random.seed('training', 1),
      random.seed('training', '1'),
      random.seed('training', 2),
      new KeyedRandom(KEY.replace('0', '1')).seed('column', 'a'),
    ];
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(random.seed('column', 'a')).toBe(seeds[0]);
  });

  it('streams the words of its blocks one after another', () => {
    const random = new KeyedRandom(KEY);
    const stream = random.stream('counts', 3);
    const words = Array.from({ length: 20 }, () => stream.word());
    const blocks = [0, 1, 2].flatMap((block) => [...random.words('counts', 3, `block ${block}`)]);
    expect(words).toEqual(blocks.slice(0, 20));
    const again = random.stream('counts', 3);
    const other = random.stream('counts', 4);
    expect(again.uniform()).not.toBe(other.uniform());
    const draws = Array.from({ length: 2000 }, () => again.uniform());
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / draws.length));
  });
});
