import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PackedMap } from './packed-map';
import { packText, unpackText } from './packing';

vi.mock('./packing', { spy: true });

/** Values of so many characters each, enough of them to be packed. */
function filled(count = 40, length = 3000): PackedMap<{ n: number; text: string }> {
  const map = new PackedMap<{ n: number; text: string }>();
  for (let n = 0; n < count; n++) map.set(`id-${n}`, { n, text: `${'é'.repeat(length)}\ud800` });
  return map;
}

/** As if the garbage collector had taken whatever nobody holds. */
function forgetHeld(): void {
  vi.stubGlobal(
    'WeakRef',
    class {
      deref() {
        return undefined;
      }
    },
  );
}

describe('a map that packs its values', () => {
  beforeEach(() => vi.clearAllMocks());
  afterEach(() => vi.unstubAllGlobals());

  it('gives packed values as they were, in their order', async () => {
    forgetHeld();
    const map = filled();
    const before = map.values();
    await map.pack();
    expect(map.values()).toEqual(before);
    expect(map.get('id-7')).toEqual(before[7]);
    expect(map.get('id-7')).not.toBe(before[7]);
    expect(map.has('id-40')).toBe(false);
    expect(map.get('id-40')).toBeUndefined();
    expect(vi.mocked(unpackText)).toHaveBeenCalled();
  });

  it('holds a tenth of what repeats itself', async () => {
    await filled().pack();
    const sizes = await Promise.all(vi.mocked(packText).mock.results.map(({ value }) => value));
    const packed = sizes.reduce((sum, { characters }) => sum + characters.length, 0);
    const whole = vi.mocked(packText).mock.calls.reduce((sum, [text]) => sum + text.length, 0);
    expect(whole).toBeGreaterThan(40 * 3000);
    expect(packed).toBeLessThan(whole / 10);
  });

  it('gives the same object as long as somebody holds it, and never reads it then', async () => {
    const map = filled();
    const before = map.values();
    await map.pack();
    expect(map.values().every((value, i) => value === before[i])).toBe(true);
    expect(vi.mocked(unpackText)).not.toHaveBeenCalled();
  });

  it('takes changes and deletions while it packs, and after', async () => {
    forgetHeld();
    const map = filled();
    const packing = map.pack();
    map.set('id-3', { n: 300, text: 'changed' });
    map.delete('id-4');
    await packing;
    map.set('id-5', { n: 500, text: 'changed' });
    map.delete('id-6');
    expect(map.get('id-3')?.n).toBe(300);
    expect(map.values().map(({ n }) => n)).toEqual([
      ...[0, 1, 2, 300, 500],
      ...Array.from({ length: 33 }, (_, k) => k + 7),
    ]);
  });

  it('leaves what is little, and what a text cannot hold', async () => {
    await filled(5).pack();
    expect(vi.mocked(packText).mock.calls.length).toBe(0);
    forgetHeld();
    const map = new PackedMap<object>();
    const odd = [{ at: new Date(0) }, { of: [Number.NaN] }, { by: -0 }, { to: [undefined] }, { in: 1n }];
    for (const [i, value] of odd.entries()) map.set(`odd-${i}`, value);
    for (let n = 0; n < 40; n++) map.set(`id-${n}`, { text: 'x'.repeat(3000) });
    await map.pack();
    expect(vi.mocked(packText).mock.calls.length).toBe(2);
    for (const [i, value] of odd.entries()) expect(map.get(`odd-${i}`)).toBe(value);
  });

  it('gives back whatever JSON holds', async () => {
    forgetHeld();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), async (values) => {
        const map = new PackedMap<object>();
        const filling = { text: 'x'.repeat(20_000) };
        for (const [i, value] of [...values, filling].entries()) map.set(`${i}`, value);
        await map.pack();
        expect(map.values()).toEqual([...values, filling]);
      }),
      { numRuns: 10 },
    );
  });
});
