import { describe, expect, it } from 'vitest';
import { NO_ROW } from '../network/network-backend';
import { tableOrders, validationOrders } from './order-planner';
import { StepPlanner } from './step-planner';

const OPTIONS = {
  rows: Uint32Array.from({ length: 103 }, (_, i) => i + 1000),
  batchSize: 8,
  columnCount: 5,
  orders: { natural: 1 / 3, rotated: 0 },
  seed: 7,
};

function copied({ rows, orders, orderOf }: ReturnType<StepPlanner['batches']>) {
  return {
    rows: [...rows],
    ranksOf: Array.from(orderOf, (o) => [...orders.ranks.subarray(o * 5, (o + 1) * 5)]),
  };
}

describe('StepPlanner', () => {
  it('puts factors first, in some random orders after columns as given ones would be', () => {
    const planner = new StepPlanner({
      ...OPTIONS,
      batchSize: 96,
      factorCount: 2,
      orders: { natural: 0.2, rotated: 0.3 },
    });
    const { ranksOf } = copied(planner.batches(0, 4));
    for (const ranks of ranksOf) {
      expect([...ranks].sort()).toEqual([0, 1, 2, 3, 4]);
      expect(ranks[4]).toBe(ranks[3]! + 1);
    }
    const first = ranksOf.filter((ranks) => ranks[3] === 0).length / ranksOf.length;
    expect(first).toBeGreaterThan(0.65);
    expect(first).toBeLessThan(0.95);
    const validated = [tableOrders(40, 5, true, 2), validationOrders(40, 5, 1, 2)];
    for (const { orders } of validated) {
      for (let o = 0; o < orders.count; o++) {
        expect([...orders.ranks.subarray(o * 5, o * 5 + 5)].sort()).toEqual([0, 1, 2, 3, 4]);
      }
    }
    const { orders } = validated[0]!;
    for (let o = 0; o < orders.count; o++) expect(orders.ranks[o * 5 + 3]).toBe(0);
  });

  it('plans the same steps however they are cut into calls', () => {
    const whole = copied(new StepPlanner(OPTIONS).batches(0, 30));
    const planner = new StepPlanner(OPTIONS);
    const parts = [planner.batches(0, 4), 4, 13].map((part, i) =>
      copied(typeof part === 'number' ? planner.batches(part, i === 1 ? 9 : 17) : part),
    );
    expect(parts.flatMap((part) => part.rows)).toEqual(whole.rows);
    expect(parts.flatMap((part) => part.ranksOf)).toEqual(whole.ranksOf);
  });

  it('visits no row twice within an epoch and only rows it was given', () => {
    const planner = new StepPlanner(OPTIONS);
    expect(planner.stepsPerEpoch).toBe(12);
    const rows = [...planner.batches(0, 12).rows];
    expect(new Set(rows).size).toBe(96);
    expect(rows.every((row) => row >= 1000 && row < 1103)).toBe(true);
    expect([...planner.batches(12, 12).rows]).not.toEqual(rows);
  });

  it('gives a third of a batch the natural order and every other row a permutation', () => {
    const { ranksOf } = copied(new StepPlanner({ ...OPTIONS, batchSize: 96 }).batches(0, 1));
    const natural = ranksOf.filter((ranks) => ranks.join() === '0,1,2,3,4');
    expect(natural.length).toBeGreaterThanOrEqual(32);
    expect(natural.length).toBeLessThan(50);
    for (const ranks of ranksOf) expect([...ranks].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(ranksOf.map((ranks) => ranks.join())).size).toBeGreaterThan(10);
  });

  it('gives the rotated share orders that begin at another column', () => {
    const options = { ...OPTIONS, batchSize: 96, orders: { natural: 0, rotated: 1 } };
    const orders = new Set(copied(new StepPlanner(options).batches(0, 30)).ranksOf.map(String));
    expect(orders).toEqual(new Set(['0,1,2,3,4', '4,0,1,2,3', '3,4,0,1,2', '2,3,4,0,1', '1,2,3,4,0']));
    const { ranksOf } = copied(
      new StepPlanner({ ...options, orders: { natural: 0.25, rotated: 0.25 } }).batches(0, 1),
    );
    const rotated = ranksOf.filter((ranks) => orders.has(String(ranks)));
    expect(rotated.length).toBeGreaterThanOrEqual(48);
    expect(rotated.length).toBeLessThan(75);
  });

  it('uses the natural order alone for a fixed-order model', () => {
    const { orders, orderOf } = new StepPlanner({ ...OPTIONS, orders: { natural: 1, rotated: 0 } }).batches(
      0,
      5,
    );
    expect(orders.count).toBe(1);
    expect(orderOf.every((o) => o === 0)).toBe(true);
  });

  it('pads a table smaller than its batch', () => {
    const rows = Uint32Array.from([4, 5, 6, 7, 8]);
    const batch = [...new StepPlanner({ ...OPTIONS, rows }).batches(0, 1).rows];
    expect(batch.filter((row) => row === NO_ROW)).toHaveLength(3);
    expect(batch.filter((row) => row !== NO_ROW).sort()).toEqual([4, 5, 6, 7, 8]);
  });
});

describe('tableOrders', () => {
  it('spreads rows evenly over the rotations, or gives all the order of the table', () => {
    const { orders, orderOf } = tableOrders(1000, 5, true);
    expect(orders.count).toBe(5);
    expect([...orders.ranks.subarray(5, 10)]).toEqual([4, 0, 1, 2, 3]);
    for (let o = 0; o < 5; o++) expect(orderOf.filter((of) => of === o)).toHaveLength(200);
    expect(tableOrders(3, 5, true).orders.count).toBe(3);
    const natural = tableOrders(10, 5, false);
    expect([...natural.orders.ranks]).toEqual([0, 1, 2, 3, 4]);
    expect(Math.max(...natural.orderOf)).toBe(0);
  });
});

describe('validationOrders', () => {
  it('is the same every time and made of permutations', () => {
    const first = validationOrders(1000, 6, 3);
    expect(validationOrders(1000, 6, 3)).toEqual(first);
    expect(validationOrders(1000, 6, 4).orders.ranks).not.toEqual(first.orders.ranks);
    expect(Math.max(...first.orderOf)).toBe(first.orders.count - 1);
    for (let o = 0; o < first.orders.count; o++) {
      expect([...first.orders.ranks.subarray(o * 6, o * 6 + 6)].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    }
  });
});
