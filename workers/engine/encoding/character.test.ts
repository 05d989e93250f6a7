import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { MAX_THRESHOLD } from '../privacy/protection';
import { analyseCharacter, decodeCharacter, encodeCharacter, encodeLearnedCharacter } from './character';
import { cells, options, repeat, textColumn } from './testing';

function roundTrip(values: readonly (string | null)[], overrides = {}) {
  const data = textColumn(values);
  const own = options(overrides);
  const analysed = analyseCharacter(data, 'text', own);
  const encoding = JSON.parse(JSON.stringify(analysed)) as typeof analysed;
  const learned = encodeLearnedCharacter(encoding, data, own);
  encoding.subColumns.forEach(({ cardinality }, i) => {
    expect(learned[i]!.every((code) => code < cardinality)).toBe(true);
  });
  return {
    encoding,
    learned: cells(decodeCharacter(encoding, learned)),
    plain: cells(decodeCharacter(encoding, encodeCharacter(encoding, data))),
  };
}

/** Codes of a form, as a shop numbers its orders. */
function orders(rows: number, name: string): string[] {
  const stream = new RandomStream(3, name);
  return Array.from(
    { length: rows },
    () => `${['AT', 'DE'][stream.below(2)]}-${String(stream.below(1e7)).padStart(7, '0')}`,
  );
}

describe('TABULAR_CHARACTER', () => {
  it('gives back every text of up to 50 characters without protection', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const special = fc.constantFrom(
      '',
      ' ',
      '_RARE_',
      '<<NULL>>',
      '\u0001',
      '\0',
      'a\0b',
      '🙂🙃',
      'x '.repeat(25),
    );
    const column = fc.array(fc.option(fc.oneof(text, special)), { maxLength: 40 });
    fc.assert(
      fc.property(column, (values) => {
        fc.pre(values.every((value) => Array.from(value ?? '').length <= 50));
        const { learned, plain } = roundTrip(values, { valueProtection: false });
        expect(plain).toEqual(values);
        expect(learned).toEqual(values);
      }),
    );
  });

  it('gives back texts that enough rows hold, under protection too', () => {
    const column = fc.uniqueArray(fc.string({ maxLength: 10 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(column, fc.nat(), (texts, seed) => {
        const values = repeat<string | null>([...texts, null], MAX_THRESHOLD);
        expect(roundTrip(values, { seed }).learned).toEqual(values);
      }),
      { numRuns: 50 },
    );
  });

  it('makes codes of the same form, none of which is a row’s', () => {
    const values = orders(2000, 'learned');
    const { learned, encoding } = roundTrip(values);
    expect(learned.every((value) => /^(AT|DE)-\d{7}$/.test(value as string))).toBe(true);
    expect(learned.filter((value) => values.includes(value as string))).toEqual([]);
    expect(encoding.hiddenValues).toBe(2000);
  });

  it('shows no character, and no length, that few rows have', () => {
    const canary = repeat(['§§§', `AT-${'9'.repeat(30)}`], 3);
    const { learned } = roundTrip([...orders(500, 'canaries'), ...canary]);
    expect(
      learned.filter((value) => value === null || `${value}`.includes('§') || `${value}`.length > 10),
    ).toEqual([]);
  });

  it('cuts long texts, counts emoji as one character, and ends texts where they end', () => {
    const long = roundTrip(repeat(['🙂'.repeat(80)], 30), { valueProtection: false });
    expect(new Set(long.plain)).toEqual(new Set(['🙂'.repeat(50)]));
    const ends = roundTrip(repeat(['a', 'ab', ''], 30));
    expect(ends.learned).toEqual(repeat(['a', 'ab', ''], 30));
  });

  it('is all null where nothing may show, and knows no nulls that few rows have', () => {
    expect(roundTrip(['a', 'b', 'c']).learned).toEqual([null, null, null]);
    expect(roundTrip(repeat<string | null>([null], 40)).learned).toEqual(repeat([null], 40));
    expect(roundTrip([...repeat(['x', 'y'], 40), null]).learned).not.toContain(null);
  });

  it('gives a character that it does not know a code, so that given cells can be drawn from', () => {
    const { encoding } = roundTrip(repeat(['AB', 'CD'], 30));
    const codes = encodeCharacter(encoding, textColumn(['ZZZZ', 'A']));
    encoding.subColumns.forEach(({ cardinality }, i) => {
      expect(codes[i]!.every((code) => code < cardinality)).toBe(true);
    });
  });
});
