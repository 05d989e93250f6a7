import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_THRESHOLD } from '../privacy/protection';
import { analyseDiscrete, decodeDiscrete, encodeDiscrete } from './numeric-discrete';
import { cells, numberColumn, options, repeat, tally } from './testing';

const HARD = [
  0,
  -1,
  1e300,
  -1e300,
  1e-12,
  2 ** 62,
  0.1 + 0.2,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

test('frequent values return exactly, rare ones as a kept value, null as null', () => {
  const value = fc.oneof(fc.constantFrom(...HARD), fc.integer({ min: -20, max: 20 }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), fc.nat(), (values, seed) => {
      const counts = tally(values);
      const data = numberColumn(values);
      const encoding = JSON.parse(JSON.stringify(analyseDiscrete(data, 'float', options({ seed }))));
      const codes = encodeDiscrete(encoding, data);
      expect(codes.every((code) => code < encoding.subColumns[0].cardinality)).toBe(true);
      cells(decodeDiscrete(encoding, codes)).forEach((out, i) => {
        const original = values[i]!;
        if (original === null || counts.get(original)! >= 7) expect(out).toBe(original);
        else if (out !== null) expect(counts.get(out as number)).toBeGreaterThanOrEqual(5);
      });
    }),
  );
});

test('codes ascend with the values, null first; rare values go to the nearest kept one', () => {
  const encoding = analyseDiscrete(numberColumn(repeat([30, 10, 20, null], 8)), 'integer', options());
  expect(encoding.subColumns).toEqual([{ name: 'value', cardinality: 4, ordinal: true }]);
  const codes = encodeDiscrete(encoding, numberColumn([null, 10, 20, 30, -99, 14, 16, 1e308]));
  expect(Array.from(codes)).toEqual([0, 1, 2, 3, 1, 1, 2, 3]);
});

test('a null in a column that had none takes the most frequent value', () => {
  const encoding = analyseDiscrete(
    numberColumn([...repeat([1, 3], 8), ...repeat([2], 9)]),
    'integer',
    options(),
  );
  expect(encoding.hasNull).toBe(false);
  expect(Array.from(encodeDiscrete(encoding, numberColumn([null, 1])))).toEqual([1, 0]);
});

test('only rare values, no rows, only nulls: one code, null', () => {
  for (const values of [[], [1], [1, 2, 3, 4], repeat([null], 50)]) {
    const data = numberColumn(values);
    const encoding = analyseDiscrete(data, 'integer', options());
    expect(encoding.subColumns[0]!.cardinality).toBe(1);
    expect(cells(decodeDiscrete(encoding, encodeDiscrete(encoding, data)))).toEqual(values.map(() => null));
  }
});

test('without protection every value is kept', () => {
  const values = [5, -5, 1e-12, 1e300];
  const data = numberColumn(values);
  const encoding = analyseDiscrete(data, 'float', options({ valueProtection: false }));
  expect(cells(decodeDiscrete(encoding, encodeDiscrete(encoding, data)))).toEqual(values);
});

test('where every value is rare, the mean of the middle five is the one value', () => {
  const values = repeat([1, 2, 3, 4, 9], 4);
  const encoding = analyseDiscrete(numberColumn(values), 'integer', options({}));
  expect(encoding).toMatchObject({ hasNull: false, values: [3] });
  const few = analyseDiscrete(numberColumn(values.slice(0, 11)), 'integer', options({}));
  expect(few).toMatchObject({ hasNull: true, values: [] });
});

test('very many values have classes of neighbours, null one of its own', () => {
  const values = [
    ...repeat(
      Array.from({ length: 90 }, (_, i) => i * i - 40),
      MAX_THRESHOLD,
    ),
    ...repeat([null], MAX_THRESHOLD),
  ];
  const data = numberColumn(values);
  const encoding = analyseDiscrete(data, 'integer', options({ classRule: { maxPlain: 50, alone: 10 } }));
  expect(encoding.subColumns).toEqual([
    {
      name: 'value',
      cardinality: 91,
      ordinal: true,
      classes: [0, ...Array.from({ length: 10 }, (_, k) => 1 + 9 * k)],
    },
  ]);
  const codes = encodeDiscrete(encoding, data);
  expect(cells(decodeDiscrete(encoding, codes))).toEqual(values);
  expect(Array.from(codes).filter((_, i) => i % MAX_THRESHOLD === 0)).toEqual([
    ...Array.from({ length: 90 }, (_, i) => i + 1),
    0,
  ]);
});
