import { describe, expect, it } from 'vitest';
import { newProtectionKey, readProtectionKey } from './protection-key';

describe('a protection key', () => {
  it('is 256 bits, another each time', () => {
    const keys = Array.from({ length: 50 }, newProtectionKey);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(keys).size).toBe(50);
    // Each digit takes many values: the chance that one takes fewer than 8 in 50 draws is below 10⁻⁹.
    for (let i = 0; i < 64; i++) expect(new Set(keys.map((key) => key[i])).size).toBeGreaterThan(7);
  });

  it('is read with the blanks around it and in capitals', () => {
    const key = newProtectionKey();
    expect(readProtectionKey(` ${key.toUpperCase()}\n`)).toBe(key);
  });

  it.each(['', 'secret', '0'.repeat(63), '0'.repeat(65), 'g'.repeat(64)])(
    'is not “%s”, nor said again',
    (text) => {
      expect(() => readProtectionKey(text)).toThrow('64 hexadecimal digits');
      if (text !== '') expect(() => readProtectionKey(text)).not.toThrow(text);
    },
  );
});
