/** Steps of a private training with the SIMD kernels (docs/dp-sgd.md). */
import {
  embeddingReach,
  GRID_STEPS,
  NOISE_CHUNK,
  NOISE_RESERVE,
  noisyPads,
  noisyStart,
  outputReach,
  type WordFiller,
} from '../network/gradient-noise';
import type { GradientPrivacy } from '../network/network-backend';
import type { Layout } from '../network/weight-layout';
import type { Workspace } from './workspace';

/** What the steps of a plan need of a target. */
export interface PrivateTarget {
  /** Of `embeddingReach`, rounded up. */
  readonly reach: number;
  /** Floats from the start of the block from which on it is trained. */
  readonly start: number;
  readonly pads: Uint32Array;
}

export function privateTarget(space: Workspace, j: number): PrivateTarget {
  const { layout } = space;
  return {
    reach: embeddingReach(layout, parametersOf(space), j) * (1 + 1e-6),
    start: noisyStart(layout, j),
    pads: noisyPads(layout, j),
  };
}

/** `outputReach` now, rounded up. */
export function columnOf(space: Workspace, j: number): number {
  return outputReach(space.layout, parametersOf(space), j) * (1 + 1e-6);
}

function parametersOf({ layout, f32, at }: Workspace): Float32Array {
  return f32.subarray(at.parameters / 4, at.parameters / 4 + layout.total);
}

/** The sum of clipped gradients of target j becomes their noisy mean. */
export function finishGradient(
  { at, f32, u32, kernels, layout }: Workspace,
  j: number,
  { start, pads }: PrivateTarget,
  { deviation, expectedRows }: GradientPrivacy,
  fill: WordFiller,
): void {
  const from = at.gradient + 4 * start;
  const floats = noisyFloats(layout, j, start);
  if (deviation === 0) {
    const gradient = f32.subarray(from / 4, from / 4 + floats);
    for (let k = 0; k < floats; k++) gradient[k]! /= expectedRows;
    return;
  }
  const words = u32.subarray(at.noise / 4, at.noise / 4 + NOISE_CHUNK + NOISE_RESERVE);
  const reserve = at.noise + 4 * NOISE_CHUNK;
  for (let first = 0; first < floats; first += NOISE_CHUNK) {
    fill(words as Uint32Array<ArrayBuffer>);
    const count = Math.min(NOISE_CHUNK, floats - first);
    const end = reserve + 4 * NOISE_RESERVE;
    kernels.addNoise(
      from + 4 * first,
      count,
      at.noise,
      reserve,
      end,
      deviation / GRID_STEPS,
      1 / expectedRows,
    );
  }
  // Whoever reads the memory later shall not know the noise.
  words.fill(0);
  for (const pad of pads) f32[at.gradient / 4 + pad] = 0;
}

function noisyFloats(layout: Layout, j: number, start: number): number {
  return layout.blockSize(j) - start;
}
