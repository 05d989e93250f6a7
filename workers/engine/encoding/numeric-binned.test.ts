import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { MAX_THRESHOLD } from '../privacy/protection';
import { analyseBinned, decodeBinned, encodeBinned, type NumericBinnedEncoding } from './numeric-binned';
import { cells, numberColumn, options, repeat, tally } from './testing';

const DRAWS = { seed: 9, column: 3 };

function sample(rows: number, draw: (s: RandomStream) => number, seed = 1): number[] {
  const stream = new RandomStream(seed, 'test');
  return Array.from({ length: rows }, () => draw(stream));
}

function roundTrip(
  values: readonly (number | null)[],
  overrides = {},
  storageType: 'float' | 'integer' = 'float',
) {
  const data = numberColumn(values);
  const analysed = analyseBinned(data, storageType, options(overrides));
  const encoding = JSON.parse(JSON.stringify(analysed)) as NumericBinnedEncoding;
  expect(encoding).toEqual(analysed);
  const codes = encodeBinned(encoding, data);
  return { encoding, codes, decoded: decodeBinned(encoding, codes, DRAWS, 0) };
}

/** Finite columns of many shapes: grids, ties, skew, huge and tiny magnitudes. */
const COLUMN = fc
  .record({
    rows: fc.integer({ min: 20, max: 600 }),
    seed: fc.nat(),
    scale: fc.constantFrom(1, 7, 1e-12, 1e300, 2 ** 55, 0.01, 1000),
    shape: fc.constantFrom('integer', 'normal', 'skewed', 'ties', 'cents'),
  })
  .map(({ rows, seed, scale, shape }) =>
    sample(
      rows,
      (s) => {
        if (shape === 'integer') return s.below(5000) * scale;
        if (shape === 'normal') return s.normal() * scale;
        if (shape === 'skewed') return Math.exp(3 * s.normal()) * scale;
        if (shape === 'ties') return Math.floor(s.uniform() ** 3 * 60) * scale;
        return (Math.round(s.uniform() * 1e5) / 100) * scale;
      },
      seed,
    ),
  );

test('a value comes back in its own bin, point masses exactly', () => {
  fc.assert(
    fc.property(COLUMN, fc.boolean(), fc.nat(), (values, valueProtection, seed) => {
      const { encoding, codes, decoded } = roundTrip(values, { valueProtection, seed });
      const again = encodeBinned(encoding, decoded);
      expect(Array.from(again)).toEqual(Array.from(codes));
      codes.forEach((code, i) => {
        const token = encoding.tokens[code]!;
        if (token.kind === 'point' && encoding.decimals !== null) {
          const step = 10 ** -encoding.decimals;
          expect(Math.abs(decoded.values[i]! - values[i]!)).toBeLessThanOrEqual(step / 2);
        }
      });
    }),
    { numRuns: 150 },
  );
});

test('without protection nothing is clipped: decoded values stay within the cells around the original', () => {
  fc.assert(
    fc.property(COLUMN, (values) => {
      const { decoded } = roundTrip(values, { valueProtection: false });
      const low = Math.min(...values);
      const high = Math.max(...values);
      for (const value of decoded.values) {
        // Where doubles miss a decimal number by their last digits, it is written right.
        expect(value).toBeGreaterThanOrEqual(low - Math.abs(low) * 1e-12);
        expect(value).toBeLessThanOrEqual(high + Math.abs(high) * 1e-12);
      }
    }),
  );
});

test('no edge is a rare value and the extremes are hidden', () => {
  fc.assert(
    fc.property(COLUMN, fc.nat(), (values, seed) => {
      const { encoding, decoded } = roundTrip(values, { seed });
      const scale = encoding.decimals === null ? 1 : 10 ** encoding.decimals;
      const rare = new Set([...tally(values)].filter(([, n]) => n < 5).map(([v]) => v * scale));
      for (const token of encoding.tokens) {
        if (token.kind !== 'bin') continue;
        for (const edge of [...token.lower, ...token.upper]) expect(rare.has(edge)).toBe(false);
      }
      const sorted = Float64Array.from(values).sort();
      const half = 0.51 / scale;
      for (const value of decoded.values) {
        expect(value).toBeGreaterThanOrEqual(sorted[4]! - half);
        expect(value).toBeLessThanOrEqual(sorted[sorted.length - 5]! + half);
      }
    }),
    {
      // An edge that rounds to −0.
      examples: [
        [
          [
            1.377641513831205, 0.6367093568832656, 0.6676988202594384, 1.5456275110482984, -2.017901095534398,
            0.47881969783641565, -0.3370889546570127, -0.9931490762375675, -0.4414600324041466,
            -0.6488399525878322, 0.4275681845195577, 0.6425077798594775, -0.9658534308658008,
            0.867224597969928, 0.0605773716277805, 0.3457046576034737, 0.11960606496064494,
            1.3770226089843525, -0.2341371192915812, 0.12108566443781701, -0.09924446827734996,
            -2.6025129347894183,
          ],
          10270600,
        ],
      ],
    },
  );
});

test('fewer than 12 values under protection: one code, everything null', () => {
  for (const rows of [0, 1, 5, 11]) {
    const { encoding, decoded } = roundTrip(sample(rows, (s) => s.below(1000)));
    expect(encoding.subColumns).toEqual([{ name: 'bin', cardinality: 1, ordinal: true }]);
    expect(cells(decoded)).toEqual(Array.from({ length: rows }, () => null));
  }
});

test('of 12 to 19 values only the mean of the middle five is shown', () => {
  fc.assert(
    fc.property(fc.integer({ min: 12, max: 19 }), fc.nat(), fc.boolean(), (rows, seed, grid) => {
      const values = sample(rows, (s) => (grid ? s.below(100_000) : s.normal()), seed);
      const { decoded } = roundTrip([...values, ...repeat([null], MAX_THRESHOLD)], { seed });
      const shown = new Set(cells(decoded));
      expect(shown.size).toBe(2);
      const sorted = Float64Array.from(values).sort();
      for (const value of shown) {
        if (value === null) continue;
        if (!grid) expect(values).not.toContain(value);
        expect(value).toBeGreaterThan(sorted[2]! - 1);
        expect(value).toBeLessThan(sorted[rows - 3]! + 1);
      }
    }),
  );
});

test('a frequent value far outside keeps its own code, whatever its share', () => {
  const values = [...sample(9000, (s) => Math.round(50 + 10 * s.normal())), ...repeat([-200, 999], 15)];
  const { encoding, decoded } = roundTrip(values, {}, 'integer');
  const points = encoding.tokens.flatMap((token) => (token.kind === 'point' ? [token.units] : []));
  expect(points).toContain(-200);
  expect(points).toContain(999);
  const others = Array.from(decoded.values).slice(0, 9000);
  expect(Math.min(...others)).toBeGreaterThan(0);
  expect(Math.max(...others)).toBeLessThan(100);
});

test('a largest value that enough rows share is kept', () => {
  const values = [...sample(6000, (s) => s.below(3000)), ...repeat([3000], 9)];
  const { encoding, codes, decoded } = roundTrip(values, {}, 'integer');
  const again = Array.from({ length: 20 }, (_, k) =>
    Array.from(decodeBinned(encoding, codes, DRAWS, k * 10_000).values),
  ).flat();
  expect(again.filter((value) => value === 3000).length).toBeGreaterThan(0);
  expect(Math.max(...decoded.values)).toBeLessThanOrEqual(3000);
});

test('one code axis in order of value, null first and infinities outside', () => {
  const infinities = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const values = [
    ...repeat([0, 5000, null, ...infinities], 60),
    ...sample(2000, (s) => Math.round(s.uniform() * 10_000)),
  ];
  const { encoding, codes, decoded } = roundTrip(values, {}, 'integer');
  expect(encoding.tokens[0]).toEqual({ kind: 'null' });
  expect(encoding.tokens[1]).toEqual({ kind: 'infinity', sign: -1 });
  expect(encoding.tokens.at(-1)).toEqual({ kind: 'infinity', sign: 1 });
  for (const exact of [0, 5000, null, ...infinities]) {
    const rows = values.flatMap((value, i) => (value === exact ? [i] : []));
    for (const row of rows) expect(cells(decoded)[row]).toBe(exact);
  }
  const order = encodeBinned(encoding, numberColumn([-1e9, 100, 2000, 4000, 5000, 6000, 9000, 1e9]));
  expect(Array.from(order)).toEqual(Array.from(order).sort((a, b) => a - b));
  expect(codes.every((code) => code < encoding.subColumns[0]!.cardinality)).toBe(true);
});

test('rare infinities are clipped into the outermost bins', () => {
  const values = [...sample(500, (s) => s.normal()), Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const { decoded } = roundTrip(values);
  expect(decoded.values.every(Number.isFinite)).toBe(true);
});

test('columns of infinities alone, huge integers, 1e300 and 1e-12 work', () => {
  const infinite = roundTrip(repeat([Number.POSITIVE_INFINITY, null], 30));
  expect(new Set(cells(infinite.decoded))).toEqual(new Set([Number.POSITIVE_INFINITY, null]));
  const shapes: [number, number][] = [
    [2 ** 62, 2 ** 61],
    [0, 1e300],
    [0, 1.7e308],
    [0, 1e-12],
    [1e-300, 1e-301],
  ];
  for (const [centre, spread] of shapes) {
    const values = sample(1000, (s) => centre + (2 * s.uniform() - 1) * spread);
    const out = Float64Array.from(roundTrip(values).decoded.values).sort();
    const sorted = Float64Array.from(values).sort();
    expect(new Set(out).size).toBeGreaterThan(500);
    for (const rank of [100, 500, 900]) {
      expect(Math.abs(out[rank]! / spread - sorted[rank]! / spread)).toBeLessThan(0.1);
    }
  }
});

test('values are written with the precision of the column', () => {
  const cents = roundTrip(sample(3000, (s) => Math.round(s.uniform() * 1e5) / 100));
  expect(cents.encoding.decimals).toBe(2);
  expect(cents.decoded.values.every((v) => Math.round(v * 100) / 100 === v)).toBe(true);
  const thousands = roundTrip(
    sample(3000, (s) => s.below(5000) * 1000),
    {},
    'integer',
  );
  expect(thousands.encoding.decimals).toBe(-3);
  expect(thousands.decoded.values.every((v) => v % 1000 === 0)).toBe(true);
  const integers = roundTrip(
    sample(3000, (s) => s.below(1e9)),
    {},
    'integer',
  );
  expect(integers.decoded.values.every(Number.isInteger)).toBe(true);
});

test('the precision of a few rows is theirs alone', () => {
  const values = [...sample(500, (s) => s.below(10_000)), 8.14159265, 2.71];
  expect(roundTrip(values).encoding.decimals).toBe(0);
  expect(roundTrip(values, { valueProtection: false }).encoding.decimals).toBe(8);
});

test('point masses between bins keep their shares; tails are not smeared', () => {
  const values = sample(20_000, (s) => {
    if (s.uniform() < 0.9) return 0;
    return s.uniform() < 0.2 ? 5000 + s.below(3) : Math.round(Math.exp(9 + s.normal()));
  });
  const out = roundTrip(values, {}, 'integer').decoded.values;
  const share = (list: ArrayLike<number>, test: (v: number) => boolean) =>
    Array.from(list).filter(test).length / list.length;
  for (const point of [0, 5000, 5001, 5002]) {
    expect(Math.abs(share(out, (v) => v === point) - share(values, (v) => v === point))).toBeLessThan(5e-4);
  }
  for (const limit of [1000, 4000, 8000, 20_000, 60_000]) {
    expect(Math.abs(share(out, (v) => v <= limit) - share(values, (v) => v <= limit))).toBeLessThan(1e-3);
  }
});

test('a value that would fill a bin of the rest alone has its own code', () => {
  const values = [...repeat([0], 20_000), ...repeat([3103], 25), ...sample(1000, (s) => s.below(50_000))];
  const { encoding, codes } = roundTrip(values, {}, 'integer');
  expect(encoding.tokens[codes[20_000]!]).toEqual({ kind: 'point', units: 3103 });
});

test('one outlier does not coarsen the bins of the others', () => {
  const values = [...sample(2000, (s) => 40 + s.uniform()), 0, 1e6, -1e9];
  const out = Float64Array.from(roundTrip(values).decoded.values).sort();
  expect(out[500]!).toBeCloseTo(40.25, 1);
  expect(out[0]!).toBeGreaterThan(39.9);
  expect(out.at(-1)!).toBeLessThan(41.1);
});
