import { describe, expect, it } from 'vitest';
import type { ColumnData, TextColumn } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import type { AnalyseOptions } from './contract';
import { countedRows } from './counted-rows';
import { analyseColumn, decodeColumn, encodeColumn } from './encoder';
import type { NumericBinnedEncoding } from './numeric-binned';

const PEOPLE = 200;
const ROWS = 2000;
const stream = new RandomStream(5, 'people');
/** Ten rows for each of 200 people, in random order. */
const of = Uint32Array.from(stream.permutation(ROWS), (i) => i % PEOPLE);
const options: AnalyseOptions = {
  valueProtection: true,
  rareCategoryReplacementMethod: 'INVENT',
  seed: 3,
  subjects: of,
};

const numbers = (cellOf: (person: number, row: number) => number): ColumnData => ({
  kind: 'number',
  values: Float64Array.from(of, cellOf),
  nulls: null,
});

function texts(cellOf: (person: number, row: number) => string): TextColumn {
  const all = Array.from(of, cellOf);
  const dictionary = [...new Set(all)];
  return { kind: 'text', codes: Int32Array.from(all, (text) => dictionary.indexOf(text)), dictionary };
}

describe('what an encoding shows of people with several rows', () => {
  it('keeps a category that enough people hold, and not one that one person holds in all rows', () => {
    const data = texts((person, row) => {
      if (person === 0) return 'hers alone';
      return person < 20 && row % 3 === 0 ? 'shared' : 'usual';
    });
    const encoding = analyseColumn(data, 'text', 'TABULAR_CATEGORICAL', options);
    expect(encoding).toMatchObject({ categories: ['shared', 'usual'], rareCategories: 0 });
    const byRows = analyseColumn(data, 'text', 'TABULAR_CATEGORICAL', { ...options, subjects: null });
    expect(byRows).toMatchObject({ categories: ['hers alone', 'shared', 'usual'] });
  });

  it('keeps a number that enough people hold', () => {
    const data = numbers((person) => (person === 0 ? 99 : person % 4));
    const encoding = analyseColumn(data, 'integer', 'TABULAR_NUMERIC_DISCRETE', options);
    expect(encoding).toMatchObject({ values: [0, 1, 2, 3] });
  });

  it('has no point, bin edge or range that one person’s rows decide', () => {
    const others = Array.from({ length: PEOPLE }, () => 20_000 + stream.below(27_000));
    const salary = (person: number) => (person === 0 ? 900_000 : others[person]!);
    const encoding = analyseColumn(numbers(salary), 'float', 'TABULAR_NUMERIC_BINNED', options);
    const { tokens } = encoding as NumericBinnedEncoding;
    expect(tokens.every(({ kind }) => kind === 'bin')).toBe(true);
    const salaries = new Set(Array.from({ length: PEOPLE }, (_, person) => salary(person)));
    const codes = Uint16Array.from({ length: 5000 }, (_, i) => i % tokens.length);
    const drawn = decodeColumn(encoding, [codes], { seed: 4, column: 0 }, 0);
    if (drawn.kind !== 'number') throw new Error('not numbers');
    expect(Math.max(...drawn.values)).toBeLessThan(47_000);
    const exact = drawn.values.filter((value) => salaries.has(value)).length / 5000;
    // As often as chance hits one of 200 among 27,000 whole numbers.
    expect(exact).toBeLessThan(0.03);
  });
});

describe('the rows that ranges are found from', () => {
  it('are of seven different people wherever seven are neighbours, and nearly all where values are anybody’s', () => {
    const kinds: [(person: number) => number, number, number][] = [
      [() => stream.uniform(), 0.9, 1],
      [(person) => person + 0.3 * stream.uniform(), 0.1, 0.2],
      [(person) => person, 0.1, 0.1],
    ];
    for (const [cellOf, min, max] of kinds) {
      const data = numbers(cellOf);
      if (data.kind !== 'number') throw new Error('not numbers');
      const owner = new Map(Array.from(data.values, (value, row) => [value, of[row]!]));
      const counted = countedRows(data, 'TABULAR_NUMERIC_BINNED', options).data;
      if (counted.kind !== 'number') throw new Error('not numbers');
      const share = counted.values.length / ROWS;
      expect(share).toBeGreaterThanOrEqual(min);
      expect(share).toBeLessThanOrEqual(max);
      const owners = Array.from(counted.values.sort(), (value) => owner.get(value)!);
      owners.forEach((_, i) => {
        const near = owners.slice(i, i + 7);
        expect(new Set(near).size).toBe(near.length);
      });
    }
  });
});

describe('a column that identifies people', () => {
  const IDENTIFIES = { ...options, identifiesSubjects: true };

  function drawn(data: ColumnData, storageType: 'text' | 'integer', unseen: ColumnData | null = null) {
    const own = { ...IDENTIFIES, unseen };
    const encoding = analyseColumn(data, storageType, 'TABULAR_CATEGORICAL', own);
    const codes = encodeColumn(encoding, data);
    return decodeColumn(encoding, codes, { seed: 8, column: 1 }, 0);
  }

  it('comes out as texts of its form, none of the data’s, each in about as many rows', () => {
    const data = texts((person) => `P-${1000 + person * 37}`);
    const made = drawn(data, 'text');
    if (made.kind !== 'text') throw new Error('no text');
    const all = Array.from(made.codes, (code) => made.dictionary[code]!);
    expect(all.every((text) => /^P-\d{4,5}$/.test(text))).toBe(true);
    expect(all.some((text) => data.dictionary.includes(text))).toBe(false);
    const each = ROWS / new Set(all).size;
    expect(each).toBeGreaterThan(8);
    expect(each).toBeLessThan(13);
  });

  it('comes out as whole numbers where it holds such, not even those of held-back people', () => {
    const data = numbers((person) => 1 + person);
    const unseen = { kind: 'number' as const, values: Float64Array.of(201, 202, 203), nulls: null };
    const made = drawn(data, 'integer', unseen);
    if (made.kind !== 'number') throw new Error('no numbers');
    expect(made.nulls).toBeNull();
    for (const value of made.values) {
      expect(Number.isInteger(value)).toBe(true);
      expect(value < 1 || value > 203).toBe(true);
    }
  });
});
