import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { DEFAULT_LIMITS } from '../../../src/domain/report-limits';
import { quietParts } from '../testing/quiet-parts';
import { discriminatorAuc } from './discriminator';
import { centroidCosine } from './similarity';

const cloud = (rows: number, seed: number, shift: number) => {
  const random = new RandomStream(seed, 'cloud');
  return { rows, dims: 4, data: Float64Array.from({ length: 4 * rows }, () => random.normal() + shift) };
};

describe('centroidCosine', () => {
  it('is 1 for one direction, 0 for opposite ones, null of no point', () => {
    expect(centroidCosine(cloud(500, 1, 5), cloud(500, 2, 9))).toBeCloseTo(1, 2);
    expect(centroidCosine(cloud(500, 1, 5), cloud(500, 2, -5))).toBe(0);
    expect(centroidCosine(cloud(500, 1, 5), cloud(0, 2, 5))).toBeNull();
  });
});

describe('discriminatorAuc', () => {
  it('is about ½ for one distribution and near 1 for two', async () => {
    expect(
      await discriminatorAuc(cloud(600, 1, 0), cloud(600, 2, 0), 1, DEFAULT_LIMITS, quietParts()),
    ).toBeCloseTo(0.5, 1);
    expect(
      await discriminatorAuc(cloud(600, 1, 0), cloud(600, 2, 2), 1, DEFAULT_LIMITS, quietParts()),
    ).toBeGreaterThan(0.95);
    expect(
      await discriminatorAuc(cloud(3, 1, 0), cloud(3, 2, 2), 1, DEFAULT_LIMITS, quietParts()),
    ).toBeNull();
  });
});
