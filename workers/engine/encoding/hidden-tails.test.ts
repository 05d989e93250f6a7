import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { MAX_THRESHOLD } from '../privacy/protection';
import { analyseBinned, codeRange, decodeBinned, encodeBinned } from './numeric-binned';
import { numberColumn, options, repeat } from './testing';

function heavy(rows: number, seed: number): number[] {
  const stream = new RandomStream(seed, 'test');
  return Array.from({ length: rows }, () => Math.round(100 * Math.exp(3 * stream.normal())) / 100);
}

test('says how much of sum and spread a heavy tail loses', () => {
  const values = heavy(400, 1);
  const { hidden } = analyseBinned(numberColumn(values), 'float', options());
  expect(hidden!.rows).toBeGreaterThanOrEqual(10);
  expect(hidden!.rows).toBeLessThanOrEqual(30);
  expect(hidden!.sum).toBeGreaterThan(0.2);
  expect(hidden!.deviation).toBeGreaterThan(0.5);
});

test('says nothing where nothing is lost or protected', () => {
  const uniform = Array.from({ length: 3000 }, (_, i) => (i * 7919) % 3001);
  expect(analyseBinned(numberColumn(uniform), 'integer', options()).hidden).toBe(null);
  const open = options({ valueProtection: false });
  expect(analyseBinned(numberColumn(heavy(400, 1)), 'float', open).hidden).toBe(null);
});

test('parts are rough, so that the largest value cannot be computed from them', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 30, max: 300 }),
      fc.integer({ min: 1, max: 12 }),
      (seed, rows, power) => {
        const values = [...heavy(rows, seed), 10 ** power];
        const { hidden } = analyseBinned(numberColumn(values), 'float', options({ seed }));
        if (!hidden) return;
        for (const part of [hidden.sum, hidden.deviation]) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(0.95);
          expect(part * 20).toBeCloseTo(Math.round(part * 20), 9);
        }
        const larger = [...heavy(rows, seed), 10 ** power * 1.01];
        const other = analyseBinned(numberColumn(larger), 'float', options({ seed })).hidden;
        if (other && hidden.sum === 0.95) expect(other.sum).toBe(0.95);
      },
    ),
  );
});

test('every value of a code lies in its range', () => {
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), (seed, grid) => {
      const values = heavy(500, seed).map((value) => (grid ? value : value * Math.PI));
      const data = numberColumn([...values, ...repeat([null], MAX_THRESHOLD)]);
      const encoding = analyseBinned(data, 'float', options({ seed }));
      const codes = encodeBinned(encoding, data);
      decodeBinned(encoding, codes, { seed, column: 0 }, 0).values.forEach((value, i) => {
        const range = codeRange(encoding, codes[i]!);
        if (i >= values.length) expect(range).toBe(null);
        else {
          expect(value).toBeGreaterThanOrEqual(range!.lower);
          expect(value).toBeLessThanOrEqual(range!.upper);
        }
      });
    }),
    { numRuns: 30 },
  );
});
