import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SharedFronts, type Words } from './shared-fronts';

/** Words of texts of the same length; words with a common front stand together. */
function wordsOf(texts: readonly string[]): Words {
  const distinct = [...new Set(texts)].sort();
  const positions = distinct[0]?.length ?? 0;
  const codes = Uint16Array.from(distinct.join(''), (char) => char.charCodeAt(0));
  return { codes, positions, wordOf: Int32Array.from(texts, (text) => distinct.indexOf(text)) };
}

function standIns(fronts: SharedFronts, rows: number): string[] {
  const codes = fronts.standIns(1);
  return Array.from({ length: rows }, (_, row) => String.fromCharCode(...codes.map((part) => part[row]!)));
}

const TEXTS = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 6, maxLength: 6 }), {
  minLength: 20,
  maxLength: 200,
});

describe('SharedFronts', () => {
  it('keeps of each word the front that enough rows share, and no character more', () => {
    fc.assert(
      fc.property(TEXTS, fc.integer({ min: 2, max: 12 }), (texts, threshold) => {
        const words = wordsOf(texts);
        const { shared } = new SharedFronts(words, threshold, null);
        texts.forEach((text, row) => {
          const length = shared[words.wordOf[row]!]!;
          const holders = (front: string) => texts.filter((other) => other.startsWith(front)).length;
          expect(holders(text.slice(0, length))).toBeGreaterThanOrEqual(threshold);
          if (length < 6) expect(holders(text.slice(0, length + 1))).toBeLessThan(threshold);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('gives back words that enough rows hold, and of the others the shared front', () => {
    fc.assert(
      fc.property(TEXTS, (texts) => {
        const words = wordsOf(texts);
        const fronts = new SharedFronts(words, 5, null);
        standIns(fronts, texts.length).forEach((text, row) => {
          const length = fronts.shared[words.wordOf[row]!]!;
          expect(text.slice(0, length)).toBe(texts[row]!.slice(0, length));
        });
      }),
      { numRuns: 50 },
    );
  });

  it('shows no character that few rows have at its position, even where their words begin alike', () => {
    const texts = [...Array.from({ length: 40 }, (_, i) => `ab${'cdef'[i % 4]}x`), 'abcZ', 'abdZ', 'abeZ'];
    const fronts = new SharedFronts(wordsOf(texts), 5, null);
    expect(fronts.kept[3]).toEqual(['x'.charCodeAt(0)]);
    expect(standIns(fronts, texts.length).join('')).not.toContain('Z');
  });

  it('makes no rare word where the form is wide, and does not avoid them where it is full of them', () => {
    const digits = (value: number, length: number) => String(value).padStart(length, '0');
    const wide = Array.from({ length: 500 }, (_, i) => digits((i * 7_919_993) % 10_000_000, 7));
    const made = standIns(new SharedFronts(wordsOf(wide), 5, null), 500);
    expect(made.filter((text) => wide.includes(text))).toEqual([]);
    const full = Array.from({ length: 700 }, (_, i) => digits(i, 3));
    const inside = standIns(new SharedFronts(wordsOf(full), 5, null), 700);
    expect(inside.filter((text) => full.includes(text)).length).toBeGreaterThan(350);
  });

  it('counts subjects: what one person repeats is not shared', () => {
    const texts = [...Array.from({ length: 60 }, () => 'mine'), ...Array.from({ length: 60 }, () => 'ours')];
    const subjects = Uint32Array.from(texts, (text, row) => (text === 'mine' ? 0 : 1 + (row % 20)));
    const fronts = new SharedFronts(wordsOf(texts), 5, subjects);
    expect(new Set(standIns(fronts, texts.length))).toEqual(new Set(['ours']));
    expect(fronts.hidden).toBe(1);
    expect(fronts.hiddenRows).toBe(60);
  });

  it('knows nothing where fewer rows than the threshold are there', () => {
    const fronts = new SharedFronts(wordsOf(['abc', 'abc', 'abc']), 5, null);
    expect([...fronts.shared]).toEqual([0]);
    expect(fronts.kept).toEqual([[], [], []]);
    expect(new SharedFronts(wordsOf([]), 5, null).standIns(1)).toEqual([]);
  });

  it('takes the natural range of a position where common codes cover too few rows', () => {
    const texts = Array.from({ length: 30 }, (_, i) => `a${String.fromCharCode(97 + (i % 10))}`);
    const range = Array.from({ length: 26 }, (_, i) => 97 + i);
    expect(new SharedFronts(wordsOf(texts), 5, null, () => range).kept[1]).toEqual(range);
    expect(new SharedFronts(wordsOf(texts), 5, null).kept[1]).toEqual([]);
  });
});
