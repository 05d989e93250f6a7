import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareWithCache, totalBytes } from './files';

const BASE = 'https://example.test/app/';
const FILES = [
  { path: 'assets/large-1a.wasm', bytes: 900 },
  { path: 'assets/small-2b.js', bytes: 10 },
  { path: 'demo/table.csv', bytes: 50 },
];

describe('compareWithCache', () => {
  it('names what is missing, the smallest first', () => {
    const { missing, outdated } = compareWithCache(FILES, BASE, [`${BASE}demo/table.csv`]);
    expect(missing.map(({ path }) => path)).toEqual(['assets/small-2b.js', 'assets/large-1a.wasm']);
    expect(outdated).toEqual([]);
  });

  it('drops files of earlier versions, and none of another app of the origin', () => {
    const cached = [`${BASE}assets/small-old.js`, 'https://example.test/other/assets/small-2b.js'];
    expect(compareWithCache(FILES, BASE, cached).outdated).toEqual([`${BASE}assets/small-old.js`]);
  });

  it('is satisfied once what was missing is there and what was outdated is not', () => {
    const path = fc.stringMatching(/^assets\/[a-z0-9-]{1,8}\.js$/);
    const files = fc.uniqueArray(fc.record({ path, bytes: fc.nat() }), { selector: (file) => file.path });
    fc.assert(
      fc.property(files, fc.array(path), (wanted, cached) => {
        const present = new Set(cached.map((name) => BASE + name));
        const { missing, outdated } = compareWithCache(wanted, BASE, present);
        for (const address of outdated) present.delete(address);
        for (const file of missing) present.add(BASE + file.path);
        expect(present).toEqual(new Set(wanted.map((file) => BASE + file.path)));
        expect(compareWithCache(wanted, BASE, present)).toEqual({ missing: [], outdated: [] });
      }),
    );
  });
});

describe('totalBytes', () => {
  it('adds up', () => {
    expect(totalBytes(FILES)).toBe(960);
    expect(totalBytes([])).toBe(0);
  });
});
