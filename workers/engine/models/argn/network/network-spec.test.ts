import { describe, expect, it } from 'vitest';
import { buildSpec, costOf, countParameters } from './network-spec';

const part = (cardinality: number) => ({ name: 'x', cardinality, ordinal: false });

describe('buildSpec', () => {
  it('follows the widths of the three sizes', () => {
    const columns = [[part(2), part(50)], [part(1000)]];
    const widths = (size: 'S' | 'M' | 'L') =>
      buildSpec(columns, size).subColumns.map(({ dimension, hidden, column }) => [dimension, hidden, column]);
    expect(widths('S')).toEqual([
      [2, 8, 0],
      [10, 32, 0],
      [10, 56, 1],
    ]);
    expect(widths('M')).toEqual([
      [2, 16, 0],
      [10, 64, 0],
      [18, 112, 1],
    ]);
    expect(widths('L')).toEqual([
      [2, 32, 0],
      [16, 128, 0],
      [40, 224, 1],
    ]);
  });

  it('counts the parameters of E, W, V, b and c', () => {
    const spec = buildSpec([[part(2)], [part(3)]], 'S');
    // Target 0: E 3·3, W 3·8, V 8·2, b 8, c 2; target 1: E 2·2, W 2·8, V 8·3, b 8, c 3.
    expect(countParameters(spec)).toBe(9 + 24 + 16 + 8 + 2 + (4 + 16 + 24 + 8 + 3));
  });

  it('hands classes on, and counts the outputs of classes and members', () => {
    const classes = [0, 1, 2, 150, 290];
    const spec = buildSpec([[{ ...part(300), classes }], [part(3)]], 'M');
    const plain = buildSpec([[part(300)], [part(3)]], 'M');
    const { dimension, hidden } = spec.subColumns[0]!;
    expect(spec.subColumns[0]).toEqual({ ...plain.subColumns[0], dimension: 12, classes });
    expect(plain.subColumns[0]).not.toHaveProperty('classes');
    // 5 classes and 298 members instead of 300 codes, each with weights and a bias.
    const inputs = (300 + spec.subColumns[1]!.hidden) * (plain.subColumns[0]!.dimension - dimension);
    expect(countParameters(spec) - countParameters(plain)).toBe(3 * (hidden + 1) - inputs);
    expect(costOf(plain).perRow - costOf(spec).perRow).toBe(hidden * (300 - (5 + 148)));
  });

  it('counts listed inputs alone', () => {
    const spec = buildSpec(
      Array.from({ length: 4 }, () => [part(3)]),
      'S',
    );
    const listed = { ...spec, subColumns: spec.subColumns.map((target) => ({ ...target, inputs: [] })) };
    expect(countParameters(spec) - countParameters(listed)).toBe(4 * 3 * (9 + 24));
    expect(costOf(spec).perUpdate).toBe(4 * costOf(listed).perUpdate);
    expect(costOf(listed).perRow).toBe(costOf(spec).perRow);
  });
});
