import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { planProtection } from '../privacy/protection';
import { findLattices } from './find-lattices';
import { firstLattice, isOn } from './lattices';
import { analyseBinned, decodeBinned, encodeBinned } from './numeric-binned';
import { runsOf } from './sorted-values';
import { numberColumn, options, tally } from './testing';

const PLAN = planProtection(true, new RandomStream(1, 'protection'));

function draw(rows: number, value: (s: RandomStream) => number, seed = 7): number[] {
  const stream = new RandomStream(seed, 'test');
  return Array.from({ length: rows }, () => value(stream));
}

/** Log-normal. */
function amount(s: RandomStream, median: number, spread = 0.8): number {
  return median * Math.exp(spread * s.normal());
}

function toStep(x: number, step: number): number {
  return Math.round(x / step) * step;
}

/** Values decoded from the column's own codes, several draws of each. */
function decodeOften(values: readonly number[], draws = 5): number[] {
  const data = numberColumn(values);
  const encoding = JSON.parse(JSON.stringify(analyseBinned(data, 'float', options())));
  const codes = encodeBinned(encoding, data);
  return Array.from({ length: draws }, (_, k) =>
    Array.from(decodeBinned(encoding, codes, { seed: 5, column: 0 }, k * values.length).values),
  ).flat();
}

function shareOn(values: readonly number[], unit: number, step: number, offset: number): number {
  const isThere = (value: number) => isOn({ step, offset }, Math.round(value / unit));
  return values.filter(isThere).length / values.length;
}

/** A column, its smallest unit and lattices whose shares must come back: [step, offset] in units. */
type Kind = readonly [string, (s: RandomStream) => number, number, readonly (readonly [number, number])[]];

const KINDS: readonly Kind[] = [
  [
    'prices',
    (s) => {
      const u = s.uniform();
      const cents = u < 0.5 ? 99 : u < 0.7 ? 49 : u < 0.8 ? 95 : u < 0.95 ? 0 : s.below(100);
      return (Math.floor(amount(s, 35)) * 100 + cents) / 100;
    },
    0.01,
    [
      [100, 99],
      [100, 49],
      [100, 95],
      [100, 0],
      [10, 0],
    ],
  ],
  [
    'salaries, rounder the higher',
    (s) => {
      const x = amount(s, 40_000, 0.6);
      if (x > 80_000) return toStep(x, s.uniform() < 0.7 ? 5000 : 1000);
      if (x > 30_000) return toStep(x, s.uniform() < 0.6 ? 1000 : 500);
      return s.uniform() < 0.8 ? toStep(x, 100) : Math.round(x);
    },
    1,
    [
      [1000, 0],
      [5000, 0],
      [500, 0],
      [100, 0],
      [10, 0],
    ],
  ],
  [
    'halves',
    (s) => toStep(500 + 100 * s.normal(), 0.5),
    0.1,
    [
      [10, 0],
      [5, 0],
    ],
  ],
  [
    'five cents',
    (s) => toStep(20 + 1000 * s.uniform() ** 2, 0.05),
    0.01,
    [
      [5, 0],
      [10, 0],
      [100, 0],
    ],
  ],
  [
    'seconds, often whole minutes',
    (s) => {
      const x = amount(s, 400, 1.2);
      return s.uniform() < 0.4 ? toStep(x, 60) : s.uniform() < 0.3 ? toStep(x, 15) : Math.round(x);
    },
    1,
    [
      [60, 0],
      [15, 0],
      [5, 0],
    ],
  ],
  [
    'milliseconds, often whole seconds',
    (s) => (s.uniform() < 0.36 ? Math.round(amount(s, 55)) : toStep(amount(s, 55), 0.001)),
    0.001,
    [
      [1000, 0],
      [100, 0],
      [10, 0],
    ],
  ],
  ['inches in centimetres', (s) => toStep(2.54 * (200 + s.below(400)), 0.01), 0.01, [[254, 0]]],
  [
    'three digits',
    (s) => Number(amount(s, 150, 2).toPrecision(3)),
    0.001,
    [
      [1000, 0],
      [100, 0],
      [10, 0],
    ],
  ],
  [
    'below zero',
    (s) => toStep(3000 * s.normal(), s.uniform() < 0.3 ? 250 : 1),
    1,
    [
      [250, 0],
      [50, 0],
    ],
  ],
  [
    'no multiples of ten',
    (s) => 10 * s.below(2000) + 1 + s.below(9),
    1,
    [
      [10, 0],
      [5, 0],
      [2, 0],
    ],
  ],
];

test.each(KINDS)('%s: shares of lattices come back within 2 points', (_, value, unit, lattices) => {
  // A few thousand rows know their shares to a point themselves.
  for (const [rows, tolerance] of [
    [2500, 0.03],
    [12_000, 0.02],
  ] as const) {
    const values = draw(rows, value);
    const decoded = decodeOften(values);
    for (const [step, offset] of lattices) {
      const before = shareOn(values, unit, step, offset);
      expect(Math.abs(shareOn(decoded, unit, step, offset) - before)).toBeLessThan(tolerance);
    }
  }
});

test('values with a code of their own show the lattice of rarer ones', () => {
  const salary = (s: RandomStream) => {
    const [x, u] = [amount(s, 42_000, 0.5), s.uniform()];
    if (u < 0.35 + Math.min(1, x / 150_000) * 0.3) return toStep(x, 1000);
    return u < 0.75 ? toStep(x, 500) : u < 0.9 ? toStep(x, 100) : Math.round(x);
  };
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const values = draw(2500, salary, seed);
    const decoded = decodeOften(values);
    const codes = analyseBinned(numberColumn(values), 'float', options()).tokens;
    expect(codes.filter(({ kind }) => kind === 'point').length).toBeGreaterThan(20);
    for (const step of [1000, 500, 100])
      expect(Math.abs(shareOn(decoded, 1, step, 0) - shareOn(values, 1, step, 0))).toBeLessThan(0.02);
  }
});

test('any mixture of two lattices with all integers is kept', () => {
  const mixture = fc.record({
    coarse: fc.constantFrom(20, 25, 50, 100, 120, 144, 250),
    fine: fc.constantFrom(2, 3, 5, 7, 10),
    shares: fc.tuple(
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
    ),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(mixture, ({ coarse, fine, shares: [a, b], seed }) => {
      const values = draw(
        5000,
        (s) => {
          const u = s.uniform();
          return toStep(amount(s, 3000), u < a ? coarse : u < a + b ? fine : 1);
        },
        seed,
      );
      // Two points, and three times the deviation of a share of 5,000 rows: 80 shares are compared.
      const decoded = decodeOften(values, 3);
      for (const step of [coarse, fine]) {
        expect(Math.abs(shareOn(decoded, 1, step, 0) - shareOn(values, 1, step, 0))).toBeLessThan(0.042);
      }
    }),
    { numRuns: 40 },
  );
});

test('smooth columns have no lattice', () => {
  const shapes: ((s: RandomStream) => number)[] = [
    (s) => Math.round(amount(s, 3000, 1)),
    (s) => s.below(100_000),
    (s) => Math.round(400 * s.normal()),
    (s) => Math.floor(2000 * s.uniform() ** 3),
  ];
  let found = 0;
  for (let seed = 0; seed < 10; seed++) {
    for (const shape of shapes) {
      const values = Float64Array.from(draw(4000, shape, seed)).sort();
      found += findLattices(runsOf(values), PLAN).length - 1;
    }
  }
  expect(found).toBeLessThanOrEqual(1);
});

test('every lattice is shared by enough rows and several values', () => {
  const column = fc.record({ rows: fc.integer({ min: 20, max: 800 }), seed: fc.nat(), few: fc.boolean() });
  fc.assert(
    fc.property(column, ({ rows, seed, few }) => {
      const values = Float64Array.from(
        draw(rows, (s) => (s.uniform() < 0.4 ? 1000 * s.below(few ? 4 : 60) + 777 : s.below(60_000)), seed),
      ).sort();
      const lattices = findLattices(runsOf(values), PLAN);
      expect(lattices.at(-1)).toEqual({ step: 1, offset: 0 });
      for (const lattice of lattices.slice(0, -1)) {
        const held = Array.from(values).filter((value) => isOn(lattice, value));
        // Or hardly any row lies on it, and describeBins leaves it out.
        if (held.length < rows / lattice.step / 2) continue;
        expect(held.length).toBeGreaterThanOrEqual(PLAN.threshold);
        expect(new Set(held).size).toBeGreaterThanOrEqual(5);
      }
    }),
  );
});

test('listed values of bins are held by enough rows, and so are the lattices of bins without one', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 100, max: 3000 }), (seed, rows) => {
      const values = draw(
        rows,
        (s) =>
          s.uniform() < 0.5
            ? 10 * Math.round(amount(s, 300))
            : s.uniform() < 0.3
              ? 1234 + 17 * s.below(9)
              : s.below(9000),
        seed,
      );
      const encoding = analyseBinned(numberColumn(values), 'integer', options({ seed }));
      const counts = tally(values);
      const scale = 10 ** -encoding.decimals!;
      for (const token of encoding.tokens) {
        if (token.kind !== 'bin') continue;
        for (const units of token.values ?? []) expect(counts.get(units * scale)).toBeGreaterThanOrEqual(5);
        const total = (token.latticeShare ?? [1]).reduce((sum, share) => sum + share, 0);
        expect(total).toBeCloseTo(1, 1);
      }
    }),
    { numRuns: 40 },
  );
});

test('a value clearly more frequent than its neighbours keeps its share inside a bin', () => {
  const values = draw(20_000, (s) => (s.uniform() < 0.003 ? 4321 : Math.round(amount(s, 4000))));
  const decoded = decodeOften(values);
  expect(shareOn(decoded, 1, 1e9, 4321)).toBeCloseTo(shareOn(values, 1, 1e9, 4321), 3);
});

test('the last digits of sums of doubles are no precision', () => {
  const values = draw(2000, (s) => Math.floor(amount(s, 35)) + 0.99 + 0.1 * s.below(3));
  const encoding = analyseBinned(numberColumn(values), 'float', options());
  expect(encoding.decimals).toBe(2);
  expect(analyseBinned(numberColumn(draw(2000, (s) => s.normal())), 'float', options()).decimals).toBe(null);
});

test('the first lattice of a list that holds a value', () => {
  const lattices = [
    { step: 100, offset: 99 },
    { step: 10, offset: 0 },
    { step: 1, offset: 0 },
  ];
  expect([199, -1, 20, -30, 7, 0].map((units) => firstLattice(lattices, units))).toEqual([0, 0, 1, 1, 2, 1]);
});
