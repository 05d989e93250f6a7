/** Models that the specs compute, and how far backends may be apart. */
import { RandomStream } from '../../../../../src/domain/random';
import type { Shape } from '../testing/samples';

/** The software adapter has no barriers worth the name (docs/kernels.md, WebGPU): shapes stay tiny. */
export const SMALL: Shape = [
  [3, 2, 4, 0],
  [6, 3, 8, 1],
];
export const MIXED: Shape = [
  [7, 5, 8, 0],
  [10, 10, 12, 1],
  [33, 9, 20, 1],
  [2, 2, 16, 2],
  [70, 3, 24, 3],
];
/** More hidden units than one job of `memberGradient` takes; classes of many codes, of one, and of nothing but one. */
export const CLASSED = {
  shape: [
    [90, 3, 8, 0],
    [33, 9, 68, 1],
    [7, 2, 12, 1],
    [21, 3, 4, 2],
  ],
  classes: [[0, 1, 2, 30, 31, 60], [0, 5, 6, 20, 32], null, Array.from({ length: 21 }, (_, code) => code)],
} satisfies { shape: Shape; classes: unknown };
/** A column of 20,000 codes in 141 classes. */
export const MANY = {
  shape: [
    [20_000, 2, 8, 0],
    [3, 1, 4, 1],
  ],
  classes: [Array.from({ length: 141 }, (_, k) => k * 142), null],
} satisfies { shape: Shape; classes: unknown };

/** Cardinality, dimension, hidden units and column of up to seven sub-columns. */
export function randomShape(seed: number): Shape {
  const stream = new RandomStream(seed, 'shape');
  let column = -1;
  return Array.from({ length: 1 + stream.below(7) }, (_, i) => {
    if (i === 0 || stream.uniform() < 0.75) column++;
    return [1 + stream.below(40), 1 + stream.below(7), 4 * (1 + stream.below(5)), column] as const;
  });
}

/** Largest gaps of a training to the reference's, of the weights mean ones. */
export const LIMITS = {
  loss: 1e-4,
  firstMoment: 1e-4,
  secondMoment: 1e-5,
  parameters: 1e-4,
  average: 1e-4,
  evaluation: 1e-4,
};
