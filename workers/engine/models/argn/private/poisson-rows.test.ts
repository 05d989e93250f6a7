import { describe, expect, it } from 'vitest';
import { secureBits, seededBits } from '../../../privacy/dp/random-bits';
import { NO_ROW } from '../network/network-backend';
import { OrderPlanner } from '../training/order-planner';
import { PoissonRows } from './poisson-rows';

describe('PoissonRows', () => {
  it('takes every row with the same probability, independently, and drops none', () => {
    const rows = new PoissonRows(200, null, 0.25, secureBits());
    const steps = 2000;
    const { batchSize, rows: drawn } = rows.draw(0, steps);
    const counts = new Uint32Array(200);
    const sizes = new Float64Array(steps);
    drawn.forEach((row, at) => {
      if (row === NO_ROW) return;
      counts[row]!++;
      sizes[Math.floor(at / batchSize)]!++;
    });
    // Binomial(2000, ¼) each, and Binomial(200, ¼) a step.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(6 * Math.sqrt(375));
    const mean = sizes.reduce((a, b) => a + b, 0) / steps;
    const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / steps;
    expect(Math.abs(mean - 50)).toBeLessThan(6 * Math.sqrt(37.5 / steps));
    expect(variance).toBeGreaterThan(0.8 * 37.5);
    expect(variance).toBeLessThan(1.2 * 37.5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(batchSize);
  });

  it('takes one row of a subject in a step, each of them equally often', () => {
    // Subject 9 has eight rows, the others one.
    const subjects = Uint32Array.of(9, 3, 9, 9, 4, 9, 9, 9, 5, 9, 9);
    const rows = new PoissonRows(subjects.length, subjects, 0.5, seededBits(4));
    expect(rows.subjects).toBe(4);
    const steps = 4000;
    const { batchSize, rows: drawn } = rows.draw(0, steps);
    const counts = new Uint32Array(subjects.length);
    for (let s = 0; s < steps; s++) {
      const batch = [...drawn.subarray(s * batchSize, (s + 1) * batchSize)].filter((row) => row !== NO_ROW);
      const chosen = batch.map((row) => subjects[row]!);
      expect(new Set(chosen).size).toBe(chosen.length);
      for (const row of batch) counts[row]!++;
    }
    subjects.forEach((subject, row) => {
      const expected = subject === 9 ? steps / 16 : steps / 2;
      expect(Math.abs(counts[row]! - expected)).toBeLessThan(6 * Math.sqrt(expected));
    });
  });

  it('fills whole batches of which none may have a row', () => {
    const { batchSize, rows } = new PoissonRows(3, null, 2 ** -32, seededBits(1)).draw(0, 2);
    expect(batchSize).toBe(4);
    expect(rows.every((row) => row === NO_ROW)).toBe(true);
  });

  it('puts rows in random order', () => {
    const { rows } = new PoissonRows(400, null, 1, seededBits(2)).draw(0, 1);
    expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, row) => row));
    expect(rows.filter((row, at) => at > 0 && row > rows[at - 1]!).length).toBeLessThan(260);
  });

  it('gives rows and orders that do not depend on how many steps are drawn at once', () => {
    const options = { columnCount: 7, orders: { natural: 0.2, rotated: 0.3 }, seed: 5 };
    const seen = (calls: readonly number[]) => {
      const poisson = new PoissonRows(300, null, 0.1, seededBits(3));
      const planner = new OrderPlanner(options);
      const found: string[] = [];
      let done = 0;
      for (const steps of calls) {
        const { rows, draws, batchSize } = poisson.draw(done, steps);
        const { orders, orderOf } = planner.planDrawn(done, steps, batchSize, draws);
        rows.forEach((row, at) => {
          const order = orderOf[at]! * options.columnCount;
          if (row !== NO_ROW)
            found.push(`${row}: ${orders.ranks.subarray(order, order + options.columnCount)}`);
        });
        done += steps;
      }
      return found;
    };
    expect(seen([8])).toEqual(seen([1, 4, 3]));
  });

  it('gives a step that is taken again the same rows, until it is forgotten', () => {
    const poisson = new PoissonRows(300, null, 0.1, secureBits());
    const batches = [0, 1, 2].map((step) => poisson.draw(step, 1));
    expect([0, 1, 2].map((step) => poisson.draw(step, 1))).toEqual(batches);
    poisson.forget(2);
    expect(poisson.draw(1, 1)).not.toEqual(batches[1]);
    expect(poisson.draw(2, 1)).toEqual(batches[2]);
  });

  it('gives each order its share of the rows, and a row the same order whoever else takes part', () => {
    const planner = new OrderPlanner({ columnCount: 7, orders: { natural: 0.2, rotated: 0.3 }, seed: 5 });
    const draws = Uint32Array.from({ length: 1000 }, (_, k) => (k / 1000) * 2 ** 32);
    const orderOf = planner.planDrawn(0, 1, draws.length, draws).orderOf.slice();
    const counts = new Uint32Array(21);
    for (const order of orderOf) counts[order]!++;
    expect(Math.abs(counts[0]! - 200)).toBeLessThan(2);
    // 16 random orders, then 4 rotations.
    for (const count of counts.subarray(1, 17)) expect(Math.abs(count - 500 / 16)).toBeLessThan(2);
    for (const count of counts.subarray(17)) expect(Math.abs(count - 75)).toBeLessThan(2);
    const fewer = draws.filter((_, k) => k % 3 !== 1);
    expect(planner.planDrawn(0, 1, fewer.length, fewer).orderOf).toEqual(
      orderOf.filter((_, k) => k % 3 !== 1),
    );
  });
});
