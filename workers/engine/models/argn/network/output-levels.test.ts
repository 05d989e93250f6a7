import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../testing/reference-network';
import { classBias, outputLevels, outputSegments } from './output-levels';

const PART = { cardinality: 20, dimension: 2, hidden: 4, column: 0, classes: [0, 1, 2, 7, 8, 14] };

describe('outputLevels', () => {
  const levels = outputLevels(PART)!;

  it('puts the members of each class of more than one behind the classes, on multiples of 4', () => {
    expect(levels).toMatchObject({ classes: 6, classWidth: 8, largest: 8, width: 32 });
    expect([...levels.sizes]).toEqual([1, 1, 5, 1, 6, 6]);
    expect([...levels.columns]).toEqual([0, 0, 8, 0, 16, 24]);
    expect(outputSegments(PART, levels).map(({ column, codes }) => [column, codes])).toEqual([
      [0, 6],
      [8, 5],
      [16, 6],
      [24, 6],
    ]);
  });

  it('gives every code a column of its own', () => {
    const labels = Array.from({ length: 20 }, (_, code) =>
      segmentsOf(PART, levels, code)
        .map(({ column, label }) => `${column}:${label}`)
        .join(' '),
    );
    expect(new Set(labels).size).toBe(20);
    expect(labels[1]).toBe('0:1');
    expect(labels[19]).toBe('0:5 24:5');
  });

  it('is null without classes', () => {
    const { classes: _, ...plain } = PART;
    expect(outputLevels(plain)).toBeNull();
    expect(segmentsOf(plain, null, 7)).toEqual([{ column: 0, codes: 20, label: 7 }]);
  });
});

describe('classBias', () => {
  it('is the bias of a code alone, the mean effect of several, and forbids a class without an allowed code', () => {
    const bias = new Float32Array(20);
    bias[1] = 0.5;
    bias.fill(Number.NEGATIVE_INFINITY, 2, 7);
    bias.fill(Number.NEGATIVE_INFINITY, 8, 11);
    const [alone, raised, forbidden, , half, untouched] = classBias(outputLevels(PART)!, bias);
    expect([alone, raised, forbidden, untouched]).toEqual([0, 0.5, Number.NEGATIVE_INFINITY, 0]);
    expect(half).toBeCloseTo(Math.log(0.5));
  });
});
