import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MIN_THRESHOLD } from '../../../src/domain/rarity';
import { MAX_THRESHOLD } from '../privacy/protection';
import {
  analyseCategorical,
  type CategoricalEncoding,
  compareCodePoints,
  decodeCategorical,
  encodeCategorical,
  forbiddenCategorical,
} from './categorical';
import { cells, numberColumn, options, repeat, tally, textColumn } from './testing';

const SPECIAL = ['', ' ', '_RARE_', '<<NULL>>', '\x01_RARE_', '\x01', 'true', 'ß', '😀', '\uffff', '\u202e'];

function roundTrip(
  values: readonly (string | null)[],
  overrides = {},
  storageType: 'text' | 'boolean' = 'text',
) {
  const data = textColumn(values);
  const encoding = analyseCategorical(data, storageType, options(overrides));
  return { encoding, out: cells(decodeCategorical(encoding, encodeCategorical(encoding, data))) };
}

test('every value that protection allows returns exactly, the others as _RARE_', () => {
  const value = fc.oneof(fc.constantFrom(...SPECIAL), fc.string({ maxLength: 3 }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), fc.nat(), (values, seed) => {
      const counts = tally(values);
      const { out } = roundTrip(values, { seed });
      const isRare = (original: string | null) => original === null || counts.get(original)! < MIN_THRESHOLD;
      const rareRows = values.filter((original) => original !== null && isRare(original)).length;
      values.forEach((original, i) => {
        const count = counts.get(original)!;
        if (count >= MAX_THRESHOLD) expect(out[i]).toBe(original);
        else if (original !== null && isRare(original) && rareRows >= MAX_THRESHOLD) {
          expect(out[i]).toBe('_RARE_');
        } else expect([...(count < MIN_THRESHOLD ? [] : [original]), '_RARE_', null]).toContain(out[i]);
      });
    }),
  );
});

test('without protection everything returns, special spellings included', () => {
  const values = [...SPECIAL, null];
  expect(roundTrip(values, { valueProtection: false }).out).toEqual(values);
});

test('a literal _RARE_ and hidden categories share one dictionary entry', () => {
  const data = textColumn([
    ...repeat(['_RARE_', 'a'], 10),
    'secret',
    ...repeat(['other'], 4),
    ...repeat(['third'], 4),
  ]);
  const encoding = analyseCategorical(data, 'text', options());
  const decoded = decodeCategorical(encoding, encodeCategorical(encoding, data));
  expect(decoded).toMatchObject({ dictionary: ['_RARE_', 'a'] });
  expect(cells(decoded).at(-1)).toBe('_RARE_');
});

test('no code can be decoded to a value of fewer than 5 rows', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 1 }), { maxLength: 200 }), fc.nat(), (values, seed) => {
      const counts = tally(values);
      const { encoding } = roundTrip(values, { seed });
      for (const category of encoding.categories) expect(counts.get(category)).toBeGreaterThanOrEqual(5);
    }),
  );
});

test('categories are sorted by code point, not by UTF-16 unit', () => {
  const { encoding } = roundTrip(repeat(['😀', '\uffff', 'b', 'a', 'ab'], 8));
  expect(encoding.categories).toEqual(['a', 'ab', 'b', '\uffff', '😀']);
  expect(compareCodePoints('x😀', 'x\ue000')).toBeGreaterThan(0);
  expect(compareCodePoints('a', 'a')).toBe(0);
});

test('code 0 is rare and 1 null; without nulls 1 is the first category', () => {
  const withNull = roundTrip(repeat(['b', 'a', null], 8)).encoding;
  const codesOf = (encoding: CategoricalEncoding) =>
    Array.from(encodeCategorical(encoding, textColumn(['a', 'b', null, 'unseen'])));
  expect(codesOf(withNull)).toEqual([2, 3, 1, 0]);
  const without = roundTrip(repeat(['b', 'a'], 8)).encoding;
  expect(codesOf(without)).toEqual([1, 2, 0, 0]);
  expect(without.subColumns).toEqual([{ name: 'cat', cardinality: 3, ordinal: false }]);
});

test('SAMPLE and columns without rare categories never generate _RARE_', () => {
  const rare = [...repeat(['a', 'b'], 10), ...repeat(['c', 'd'], 4)];
  expect(forbiddenCategorical(roundTrip(rare).encoding)).toEqual([]);
  expect(forbiddenCategorical(roundTrip(rare, { rareCategoryReplacementMethod: 'SAMPLE' }).encoding)).toEqual(
    [0],
  );
  expect(forbiddenCategorical(roundTrip(repeat(['a', 'b'], 10)).encoding)).toEqual([0]);
});

test('a column of rare values alone shows none of them', () => {
  const unique = Array.from({ length: 30 }, (_, i) => `person ${i}`);
  const constant = roundTrip(unique);
  expect(new Set(constant.out)).toEqual(new Set(['_RARE_']));
  expect(forbiddenCategorical(constant.encoding)).toEqual([]);
  const sampled = roundTrip(unique, { rareCategoryReplacementMethod: 'SAMPLE' });
  expect(new Set(sampled.out)).toEqual(new Set([null]));
  expect(forbiddenCategorical(sampled.encoding)).toEqual([]);
});

test('a boolean column stays boolean', () => {
  const values = [...repeat(['true', null], 10), 'false'];
  const { encoding, out } = roundTrip(values, {}, 'boolean');
  expect(forbiddenCategorical(encoding)).toEqual([0]);
  expect(new Set(out)).toEqual(new Set(['true', null]));
});

test('numbers as categories come back as numbers, ±Infinity too, and never as text', () => {
  const values = [...repeat([10, 9, -0.5, Number.POSITIVE_INFINITY, 2 ** 62, null], 8), 77];
  const data = numberColumn(values);
  const encoding = analyseCategorical(data, 'float', options());
  expect(encoding.categories).toEqual(['-0.5', '9', '10', '4611686018427388000', 'Infinity']);
  const decoded = decodeCategorical(encoding, encodeCategorical(encoding, data));
  expect(cells(decoded)).toEqual([...values.slice(0, -1), null]);
  expect(forbiddenCategorical(encoding)).toEqual([0]);
});

test('more categories than codes: the most frequent 50,000 are kept, in classes', () => {
  const values = Array.from({ length: 70_000 }, (_, i) => `v${i}`);
  const data = textColumn([...values, 'v5', 'v69999']);
  const encoding = analyseCategorical(data, 'text', options({ valueProtection: false }));
  expect(encoding.categories).toHaveLength(50_000);
  expect(encoding.rareCategories).toBe(20_000);
  expect(encoding.categories.slice(0, 2)).toEqual(['v5', 'v69999']);
  expect(encoding.subColumns).toMatchObject([{ cardinality: 50_001 }]);
  expect(encoding.subColumns[0]!.classes!.length).toBeLessThan(1000);
  const codes = encodeCategorical(encoding, data);
  const kept = new Set(encoding.categories);
  const out = cells(decodeCategorical(encoding, codes));
  values.forEach((value, i) => {
    expect(out[i]).toBe(kept.has(value) ? value : '_RARE_');
  });
});

describe('a column with classes', () => {
  const RULE = { maxPlain: 20, alone: 3 };
  const names = Array.from({ length: 40 }, (_, i) => `c${i}`);
  const values = [
    ...names.flatMap((name, i) => repeat([name], 8 + ((i * 7) % 40))),
    ...repeat([null], 9),
    ...repeat(['rare', 'rarer'], 4),
  ];

  it('keeps one code per category, and gives rare, null and the most frequent a class each', () => {
    const { encoding, out } = roundTrip(values, { classRule: RULE });
    expect(out.slice(0, -8)).toEqual(values.slice(0, -8));
    expect(new Set(out.slice(-8))).toEqual(new Set(['_RARE_']));
    const [part, ...others] = encoding.subColumns;
    expect(others).toEqual([]);
    expect(part).toMatchObject({ name: 'cat', cardinality: 42, ordinal: false });
    const classes = part!.classes!;
    expect(classes.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(classes).toHaveLength(5 + 7);
    const sizes = classes.map((start, k) => (classes[k + 1] ?? 42) - start);
    expect([...new Set(sizes.slice(5))].sort()).toEqual([5, 6]);
    const counts = tally(values);
    const alone = encoding.categories.slice(0, 3).map((name) => counts.get(name)!);
    const rest = encoding.categories.slice(3).map((name) => counts.get(name)!);
    expect(Math.min(...alone)).toBeGreaterThanOrEqual(Math.max(...rest));
  });

  it('makes a category of every code, and draws no rare one where there is none', () => {
    const { encoding } = roundTrip(values.slice(0, -8), { classRule: RULE });
    expect(forbiddenCategorical(encoding)).toEqual([0]);
    const drawn = decodeCategorical(
      encoding,
      Uint16Array.from({ length: 41 }, (_, i) => i + 1),
    );
    expect(new Set(cells(drawn))).toEqual(new Set([null, ...names]));
  });

  it('has none up to the limit', () => {
    const { encoding } = roundTrip(values, { classRule: { maxPlain: 42, alone: 3 } });
    expect(encoding.subColumns).toEqual([{ name: 'cat', cardinality: 42, ordinal: false }]);
    expect(encoding.categories).toEqual(names.slice().sort());
  });
});
