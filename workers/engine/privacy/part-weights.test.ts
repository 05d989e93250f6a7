import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { weighParts } from './part-weights';

const ROWS = 600;
const ALL = Uint32Array.from({ length: ROWS }, (_, i) => i);

function independent(cardinalities: readonly number[], seed: number): Uint16Array[] {
  const stream = new RandomStream(seed, 'codes');
  return cardinalities.map((cardinality) =>
    Uint16Array.from({ length: ROWS }, () => Math.floor(cardinality * stream.uniform() ** 1.5)),
  );
}

function weigh(columns: readonly Uint16Array[]) {
  return weighParts(Uint16Array.from(columns.flatMap((column) => [...column])), ROWS, ALL);
}

describe('weighParts', () => {
  it('changes nothing when columns are added that others determine', () => {
    const shapes = fc.array(fc.integer({ min: 2, max: 25 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(shapes, fc.nat(), fc.integer({ min: 1, max: 30 }), (shape, seed, targets) => {
        const columns = independent(shape, seed);
        const stream = new RandomStream(seed, 'map');
        const base = columns[stream.below(columns.length)]!;
        const map = Uint16Array.from({ length: 25 }, () => stream.below(targets));
        const renamed = new RandomStream(seed, 'names').permutation(25);
        const determined = [base.map((code) => map[code]!), base.map((code) => renamed[code]!), base];
        expect(weigh([...columns, ...determined])).toEqual(weigh(columns));
      }),
      { numRuns: 60 },
    );
  });

  it('weighs an independent column by how rarely two rows agree in it', () => {
    const uniform = new RandomStream(3, 'uniform');
    const columns = [20, 20, 4].map((codes) =>
      Uint16Array.from({ length: ROWS }, () => uniform.below(codes)),
    );
    const weights = new Map(weigh(columns).map(({ part, weight }) => [part, weight]));
    [20, 20, 4].forEach((codes, part) => {
      expect(Math.abs(weights.get(part)! - Math.log(codes))).toBeLessThan(0.15);
    });
  });

  it('counts of a column that another tells in part the rest alone', () => {
    const stream = new RandomStream(4, 'noisy');
    const first = Uint16Array.from({ length: ROWS }, () => stream.below(20));
    const second = first.map((code) => (stream.uniform() < 0.8 ? code : stream.below(20)));
    const [, rest] = weigh([first, second]);
    // Two rows of one code agree in the other column with probability .81² + 19·.01².
    expect(Math.abs(rest!.weight + Math.log(0.81 ** 2 + 19 * 0.01 ** 2))).toBeLessThan(0.08);
  });

  it('leaves out constants and ends at 48 parts', () => {
    expect(weigh([new Uint16Array(ROWS)])).toEqual([]);
    expect(weigh(independent(new Array(90).fill(6), 5))).toHaveLength(48);
  });
});
