import { RandomStream } from '../../src/domain/random';
import type { Shape } from '../../workers/engine/models/argn/testing/samples';

/** Cardinality, dimension, hidden units and column of up to seven sub-columns. */
export function randomShape(seed: number): Shape {
  const stream = new RandomStream(seed, 'shape');
  let column = -1;
  return Array.from({ length: 1 + stream.below(7) }, (_, i) => {
    if (i === 0 || stream.uniform() < 0.75) column++;
    return [1 + stream.below(40), 1 + stream.below(7), 4 * (1 + stream.below(5)), column] as const;
  });
}
