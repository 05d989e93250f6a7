import { describe, expect, it } from 'vitest';
import { makeSandwiches, ratioOf, sandwichRatio } from './sandwich';

/** Gives the values one after the other. */
function script(values: readonly number[]): () => Promise<number> {
  let next = 0;
  return async () => {
    const value = values[next++];
    if (value === undefined) throw new Error('More measurements than planned.');
    return value;
  };
}

describe('makeSandwiches', () => {
  it('throws away those whose calibrations differ by more than a quarter', async () => {
    const ratio = await sandwichRatio({
      own: script([10, 12, 10, 13, 10, 10, 20, 20]),
      other: script([110, 999, 30, 100]),
      rounds: 4,
    });
    expect(ratio).toEqual({ ratio: 5, own: 11, other: 100, kept: 3, made: 4 });
  });

  it('goes on until three are kept, and gives up at twice the rounds', async () => {
    const late = await sandwichRatio({
      own: script([1, 2, 1, 2, 1, 1, 1, 1, 1, 1]),
      other: script([7, 7, 2, 2, 2]),
      rounds: 3,
    });
    expect(late).toMatchObject({ ratio: 2, kept: 3, made: 5 });
    const never = await sandwichRatio({
      own: script([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]),
      other: async () => 1,
      rounds: 3,
    });
    expect(never).toMatchObject({ ratio: Number.NaN, kept: 0, made: 6 });
  });

  it('takes several quantities from one measurement', async () => {
    const sandwiches = await makeSandwiches({
      own: async () => ({ wall: 2, cpu: 4 }),
      other: async () => ({ wall: 20, cpu: 24 }),
      time: ({ wall }) => wall,
      rounds: 1,
    });
    expect(ratioOf(sandwiches, ({ wall }) => wall).ratio).toBe(10);
    expect(ratioOf(sandwiches, ({ cpu }) => cpu).ratio).toBe(6);
  });
});
