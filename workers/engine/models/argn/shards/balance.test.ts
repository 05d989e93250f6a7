import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepWork, workOf } from '../network/work-model';
import { specOf } from '../testing/samples';
import { assignSubColumns, balance, cutRows, isLopsided } from './balance';
import { automaticThreads } from './open-pool';

const load = (costs: readonly number[], items: readonly number[]) =>
  items.reduce((sum, item) => sum + costs[item]!, 0);

/** Cardinalities of Adult. */
const ADULT = specOf(
  [74, 9, 103, 16, 16, 7, 15, 6, 5, 2, 28, 24, 68, 42, 2, 6].map((cardinality, column) => [
    cardinality,
    Math.min(cardinality, 12),
    16 * Math.max(1, Math.round(Math.log(cardinality))),
    column,
  ]),
);
const TINY = specOf([
  [5, 4, 16, 0],
  [7, 5, 32, 1],
]);

describe('balance', () => {
  it('gives every item to one worker, and no worker more than half above the lower bound', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (costs, workers) => {
          const assigned = balance(costs, workers);
          expect(assigned).toHaveLength(workers);
          expect(assigned.flat().sort((a, b) => a - b)).toEqual(costs.map((_, item) => item));
          for (const items of assigned) expect([...items].sort((a, b) => a - b)).toEqual(items);
          const largest = Math.max(0, ...assigned.map((items) => load(costs, items)));
          // Lower bounds of any plan: the mean, the largest item, and the two smallest of the workers + 1 largest. The
          // last item of the fullest worker began below the mean and is at most half such a pair (Graham 1969).
          const sorted = [...costs].sort((a, b) => b - a);
          const pair = costs.length > workers ? sorted[workers - 1]! + sorted[workers]! : 0;
          const bound = Math.max(load(sorted, [...sorted.keys()]) / workers, sorted[0] ?? 0, pair);
          expect(largest).toBeLessThanOrEqual((bound * 3) / 2);
        },
      ),
    );
  });

  it('splits Adult almost evenly between two workers, but not a table with one huge column', () => {
    const costs = workOf(ADULT).map((work) => stepWork(work));
    const assigned = assignSubColumns(ADULT, 2, 20_000);
    expect(load(costs, assigned[0]!) / load(costs, assigned[1]!)).toBeCloseTo(1, 1);
    expect(isLopsided(costs, assigned)).toBe(false);
    expect(isLopsided([10, 1, 1], balance([10, 1, 1], 2))).toBe(true);
  });
});

describe('cutRows', () => {
  it('covers all rows once, from multiples of the span', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(32, 256),
        (rows, workers, span) => {
          let next = 0;
          for (const { worker, from, to } of cutRows(rows, workers, span)) {
            expect(worker).toBeLessThan(workers);
            expect(from).toBe(next);
            expect(from % span).toBe(0);
            expect(to - from).toBeGreaterThan(0);
            expect(to - from).toBeLessThan(rows / workers + 2 * span);
            next = to;
          }
          expect(next).toBe(rows);
        },
      ),
    );
  });
});

describe('automaticThreads', () => {
  it('leaves the page a core where there are more than two', () => {
    expect([1, 2, 3, 4, 8, 9, 64].map((cores) => automaticThreads(cores, ADULT))).toEqual([
      1, 2, 2, 3, 7, 8, 8,
    ]);
  });

  it('keeps a small model on one', () => {
    expect(automaticThreads(8, TINY)).toBe(1);
  });
});
