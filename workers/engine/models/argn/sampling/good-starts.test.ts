import { describe, expect, it } from 'vitest';
import type { Backend } from '../network/network-backend';
import { goodStarts } from './good-starts';

const ROWS = Uint32Array.from({ length: 400 }, (_, i) => 50 + i);

/** Answers with a loss by the column that comes first; @param lossOf nats a row */
function backendOf(lossOf: (first: number) => number, seen: Uint32Array[] = []): Backend {
  const evaluate: Backend['evaluate'] = async ({ rows, orders }) => {
    seen.push(rows);
    const total = rows.length * lossOf([...orders.ranks].indexOf(Math.min(...orders.ranks)));
    return Float64Array.of(0.25 * total, 0.75 * total);
  };
  return { evaluate } as Partial<Backend> as Backend;
}

const pause = async () => undefined;

describe('goodStarts', () => {
  it('gives the columns whose rotations lose little more than the best', async () => {
    const losses = [20, 20.05, 20.12, 21, 20.09];
    const seen: Uint32Array[] = [];
    const table = { columnCount: 5, factorCount: 0, rows: ROWS };
    expect(
      await goodStarts(
        backendOf((first) => losses[first]!, seen),
        table,
        pause,
      ),
    ).toEqual([0, 1, 4]);
    expect(seen).toHaveLength(5);
    expect(seen[0]).toEqual(ROWS);
  });

  it.each([
    ['all are about as good', 6, ROWS, () => 20],
    ['there are too few rows to tell', 6, ROWS.subarray(0, 200), (first: number) => 20 + first],
  ])('names none where %s', async (_, columnCount, rows, lossOf) => {
    expect(await goodStarts(backendOf(lossOf), { columnCount, factorCount: 0, rows }, pause)).toBeNull();
  });

  it('compares at most 32 of many columns', async () => {
    const seen: Uint32Array[] = [];
    const backend = backendOf((first) => (first < 50 ? 10 : 20), seen);
    const starts = await goodStarts(backend, { columnCount: 100, factorCount: 0, rows: ROWS }, pause);
    expect(seen).toHaveLength(32);
    expect(starts).toHaveLength(16);
    expect(Math.max(...starts!)).toBeLessThan(50);
  });
});
