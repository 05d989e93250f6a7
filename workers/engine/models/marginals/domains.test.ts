import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberColumn, TextColumn } from '../../../../src/domain/column-data';
import { PrivacyBudget } from '../../privacy/dp/privacy-budget';
import { seededBits } from '../../privacy/dp/random-bits';
import { findCategories } from './category-domain';
import { codesOf, encodeRows } from './column-domain';
import { findBins, fromGrid, toGrid } from './number-domain';

const column = (values: readonly number[]): NumberColumn => ({
  kind: 'number',
  values: Float64Array.from(values),
  nulls: null,
});

const repeat = (count: number, value: (k: number) => number) =>
  Array.from({ length: count }, (_, k) => value(k));

describe('bins of numbers', () => {
  it('cover what many rows have, in ascending order, and every row gets a code of theirs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -5000, max: 5000 }),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: -2, max: 3 }),
        fc.nat(1000),
        async (offset, spread, decimals, seed) => {
          const values = repeat(3000, (k) => Number(`${offset + (k % spread)}e${-decimals}`));
          const data = column(values);
          const domain = await findBins(data, 1, new PrivacyBudget(seededBits(seed), 2), 0.5);
          for (const [k, from] of domain.bins.entries())
            expect(domain.bins[k + 1] ?? domain.end).toBeGreaterThan(from);
          const codes = encodeRows(domain, data);
          expect(codes.every((code) => code >= 1 && code < codesOf(domain))).toBe(true);
          // Nearly all numbers lie on the grid and in the bin of their code.
          const right = values.filter((value, row) => {
            const step = toGrid(domain, value);
            const [from, to] = [domain.bins[codes[row]! - 1]!, domain.bins[codes[row]!] ?? domain.end];
            return Math.abs(fromGrid(domain, step) - value) < 1e-9 && from <= step && step < to;
          });
          expect(right.length).toBeGreaterThan(2600);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keep a frequent number apart from its neighbours', async () => {
    const values = repeat(4000, (k) => (k % 2 === 0 ? 40 : 20 + (k % 37)));
    const { bins } = await findBins(column(values), 1, new PrivacyBudget(seededBits(1), 1), 0.5);
    expect(bins).toContain(40);
    expect(bins).toContain(41);
  });

  it('end where few rows are', async () => {
    const values = [...repeat(4000, (k) => 100 + (k % 100)), 1e12, -1e12];
    const { bins, end } = await findBins(column(values), 1, new PrivacyBudget(seededBits(1), 0.3), 0.5);
    expect(bins[0]!).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(256);
  });
});

describe('categories', () => {
  /** A category of some rows among one of a thousand. */
  const table = (rows: number): TextColumn => ({
    kind: 'text',
    codes: Int32Array.from({ length: 1000 + rows }, (_, row) => (row < rows ? 0 : 1)),
    dictionary: ['rare', 'frequent'],
  });
  const share = (rows: number, rowsPerSubject: number, delta: number) => {
    const found = repeat(400, (seed) => {
      const budget = new PrivacyBudget(seededBits(seed), 0.5, rowsPerSubject);
      return Number(findCategories(table(rows), budget, 1, delta).values.includes('rare'));
    });
    return found.reduce((sum, one) => sum + one, 0) / found.length;
  };

  it.each([1, 5])('of one subject with %d rows show with probability δ at most', (rows) => {
    const delta = 0.1;
    expect(share(rows, rows, delta)).toBeLessThan(delta + 4 * Math.sqrt((delta * (1 - delta)) / 400));
    // And of ten times as much noise's rows nearly always.
    expect(share(20 * rows, rows, delta)).toBeGreaterThan(0.9);
  });

  it('of few rows do not at a small δ', () => {
    expect(share(3, 1, 1e-9)).toBe(0);
  });
});
