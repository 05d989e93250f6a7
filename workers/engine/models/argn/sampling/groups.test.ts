import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GroupRequest, planGroups } from './groups';

const REQUEST: GroupRequest = {
  rows: 24_421,
  columnCount: 6,
  maxProbabilities: 100,
  order: 'natural',
  sampling: 'balanced',
  seed: 5,
};

describe('planGroups', () => {
  it('covers every row once, whatever the model', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300_000 }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.constantFrom('natural' as const, 'rotated' as const, 'random' as const),
        (rows, maxProbabilities, order) => {
          let next = 0;
          for (const group of planGroups({ ...REQUEST, rows, maxProbabilities, order })) {
            expect(group.row0).toBe(next);
            expect(group.rows).toBeGreaterThan(0);
            next += group.rows;
          }
          expect(next).toBe(rows);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('draws 1,000 rows and more balanced unless told otherwise', () => {
    const methods = (request: Partial<GroupRequest>) =>
      new Set([...planGroups({ ...REQUEST, ...request })].map((group) => group.sampling));
    expect(methods({})).toEqual(new Set(['balanced']));
    expect(methods({ rows: 1000 })).toEqual(new Set(['balanced']));
    expect(methods({ rows: 999 })).toEqual(new Set(['independent']));
    expect(methods({ sampling: 'independent' })).toEqual(new Set(['independent']));
  });

  it('gives each of about 32 groups an order of its own in random order', () => {
    const groups = [...planGroups({ ...REQUEST, order: 'random' })];
    expect(groups).toHaveLength(32);
    for (const { columns } of groups) expect([...columns].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(groups.map(({ columns }) => columns.join())).size).toBeGreaterThan(20);
    expect(new Set(groups.map(({ seed }) => seed)).size).toBe(32);
  });

  it('begins the groups of a rotated order at every column in turn, equally often', () => {
    const groups = [...planGroups({ ...REQUEST, rows: 100_000, order: 'rotated' })];
    const orders = new Map<string, number>();
    for (const { columns } of groups) orders.set(columns.join(), (orders.get(columns.join()) ?? 0) + 1);
    expect([...orders.keys()].sort()).toEqual([
      '0,1,2,3,4,5',
      '1,2,3,4,5,0',
      '2,3,4,5,0,1',
      '3,4,5,0,1,2',
      '4,5,0,1,2,3',
      '5,0,1,2,3,4',
    ]);
    expect(new Set(orders.values()).size).toBe(1);
    const few = [...planGroups({ ...REQUEST, rows: 300, order: 'rotated' })];
    expect(few.map(({ columns }) => columns[0])).toEqual([0, 3]);
  });

  it('begins rotations at the given columns alone', () => {
    const starts = [1, 4, 5];
    const firsts = (request: Partial<GroupRequest>) =>
      [...planGroups({ ...REQUEST, starts, ...request })].map(({ columns }) => columns[0]);
    const all = firsts({ order: 'rotated', rows: 90_000 });
    for (const start of starts) expect(all.filter((first) => first === start)).toHaveLength(all.length / 3);
    expect(firsts({ order: 'rotated', rows: 300 })).toEqual([1, 4]);
    expect(new Set(firsts({ order: 'natural' }))).toEqual(new Set([0]));
  });

  it('draws factors before all other columns', () => {
    for (const order of ['natural', 'rotated', 'random'] as const) {
      for (const { columns } of planGroups({ ...REQUEST, factorCount: 2, order })) {
        expect(columns.slice(0, 2)).toEqual([4, 5]);
        expect([...columns].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      }
    }
  });

  it('gives independent rows of all groups one seed, because they draw by row number', () => {
    const groups = [...planGroups({ ...REQUEST, rows: 50_000, sampling: 'independent' })];
    expect(groups.length).toBeGreaterThan(1);
    expect(new Set(groups.map(({ seed }) => seed))).toEqual(new Set([5]));
  });

  it('draws some columns before others in rotated and random order', () => {
    const ahead = [
      { early: 1, late: 2 },
      { early: 3, late: 5 },
    ];
    const ordersOf = (order: 'rotated' | 'random') =>
      [...planGroups({ ...REQUEST, rows: 100_000, order, ahead })].map(({ columns }) => columns);
    for (const columns of [...ordersOf('rotated'), ...ordersOf('random')]) {
      expect([...columns].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      for (const { early, late } of ahead) expect(columns.indexOf(early)).toBeLessThan(columns.indexOf(late));
    }
    expect([...new Set(ordersOf('rotated').map(([start]) => start))].sort()).toEqual([0, 1, 3]);
    expect(new Set(ordersOf('random').map((columns) => columns.join())).size).toBeGreaterThan(20);
  });
});
