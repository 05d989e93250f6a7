import { describe, expect, it } from 'vitest';
import { TINY_ROWS } from '../../../../../src/domain/small-tables';
import { INPUT_LIMIT } from './choose-inputs';
import { inputLimitOf } from './tiny-inputs';

describe('inputLimitOf', () => {
  it('lets the inputs grow with the rows, up to those of a large table', () => {
    const shares = [20, 100, 300, 500, 900].map((rows) => inputLimitOf(rows, true).share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[2]).toBeCloseTo(0.413, 3);
    expect(inputLimitOf(TINY_ROWS, true)).toBe(INPUT_LIMIT);
    expect(inputLimitOf(20_000, true)).toBe(INPUT_LIMIT);
  });

  it('leaves every target some inputs', () => {
    expect(inputLimitOf(20, true)).toMatchObject({ fewest: 3, most: 3 });
    expect(inputLimitOf(300, true)).toMatchObject({ fewest: 5, most: 16 });
  });

  it('leaves a training without the guard alone', () => {
    expect(inputLimitOf(100, false)).toBe(INPUT_LIMIT);
  });
});
