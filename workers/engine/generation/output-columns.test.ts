import { describe, expect, it } from 'vitest';
import { makeKeys } from './output-columns';

describe('makeKeys', () => {
  it('counts whole numbers from 1 across blocks', () => {
    const keys = makeKeys('integer', 3, 10, 1);
    expect(keys.kind === 'number' && [...keys.values]).toEqual([11, 12, 13]);
  });

  it('makes distinct version 4 UUIDs that depend on seed and row alone', () => {
    const uuids = (rows: number, row0: number, seed: number) => {
      const keys = makeKeys('text', rows, row0, seed);
      return keys.kind === 'text' ? Array.from(keys.codes, (code) => keys.dictionary[code]!) : [];
    };
    const all = uuids(5000, 0, 9);
    expect(new Set(all).size).toBe(5000);
    for (const uuid of all) {
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(uuids(10, 100, 9)).toEqual(all.slice(100, 110));
    expect(uuids(10, 0, 10)).not.toEqual(all.slice(0, 10));
  });
});
