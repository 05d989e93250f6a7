import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeNames } from './column-names';

describe('safeNames', () => {
  it('keeps good names, trims, fills empty ones, numbers repeated ones', () => {
    expect(safeNames(['age', ' age ', '', 'age', '  ', 'age_2'])).toEqual([
      'age',
      'age_3',
      'column_3',
      'age_4',
      'column_5',
      'age_2',
    ]);
  });

  it('keeps markup and SQL, which are only text, and removes what is invisible or breaks lines', () => {
    expect(
      safeNames(['<b>x</b>', '"; DROP TABLE t; --', 'a\r\nb\tc\0', '\u202ereversed\u200b', '👩‍👧']),
    ).toEqual(['<b>x</b>', '"; DROP TABLE t; --', 'a b c', 'reversed', '👩‍👧']);
  });

  it('cuts names of 10,000 characters', () => {
    const [first, second] = safeNames(['😀'.repeat(10_000), '😀'.repeat(10_000)]);
    expect([...first!].length).toBe(80);
    expect(second).not.toBe(first);
  });

  it('yields unique, non-empty, trimmed names for anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), (originals) => {
        const names = safeNames(originals);
        expect(new Set(names).size).toBe(originals.length);
        for (const name of names) expect(name.trim() === name && name !== '').toBe(true);
      }),
    );
  });
});
