import { noisyStart } from '../network/gradient-noise';
import type { Layout } from '../network/weight-layout';

/** Floats that one workgroup of the optimiser, or of the noise, updates at most. */
export const UPDATE_FLOATS = 1024;

/** Adds an entry of two words to a list of jobs. */
export type Push = (a: number, b: number) => void;

/**
 * Updates of one part of every block, two entries a job: from, end, where decay ends, 0. A part is the embeddings, or what
 * follows them, which private steps train alone. Jobs begin at a multiple of 16 floats but for the first of such a part.
 */
export function pushUpdates(push: Push, layout: Layout, part: 'embeddings' | 'trained'): void {
  layout.spec.subColumns.forEach((_, j) => {
    const start = layout.blockStart(j);
    const decayed = start + layout.decayedSize(j);
    const noisy = start + noisyStart(layout, j);
    const end = part === 'embeddings' ? noisy : start + layout.blockSize(j);
    for (let at = part === 'embeddings' ? start : noisy; at < end; ) {
      const next = Math.min(end, at - (at % 16) + UPDATE_FLOATS);
      push(at, next);
      push(Math.min(Math.max(decayed, at), end), 0);
      at = next;
    }
  });
}
