import {
  GRID_STEPS,
  NOISE_CHUNK,
  NOISE_RESERVE,
  noiseWords,
  noisyPads,
  noisyStart,
} from '../network/gradient-noise';
import { TAIL } from '../network/keystream';
import type { GradientPrivacy, StepPlan } from '../network/network-backend';
import type { Layout } from '../network/weight-layout';

/**
 * Where standard normal numbers come from: those of the noisy part of block j in a step of a plan.
 * @param first index of its first number among the parameters
 */
export type NormalSource = (
  privacy: GradientPrivacy,
  plan: StepPlan,
  step: number,
  j: number,
  first: number,
) => (count: number) => Float64Array;

/** Those of the SIMD kernels: chunks of words, each with a reserve. */
export const wordNormals: NormalSource = (privacy, plan, step, j) => {
  const fill = noiseWords(privacy, plan, step, j);
  return (count) => {
    const normals = new Float64Array(count);
    for (let first = 0; first < count; first += NOISE_CHUNK) {
      const words = new Uint32Array(NOISE_CHUNK + NOISE_RESERVE);
      fill(words);
      const drawn = normalsOf(words.subarray(0, NOISE_CHUNK), words.subarray(NOISE_CHUNK));
      normals.set(drawn.subarray(0, count - first), first);
    }
    return normals;
  };
};

/**
 * Standard normal numbers from the same words as the kernels' (`assembly/private.ts`), eight from each eight words.
 * @param reserve words for draws far out, four at a time
 */
export function normalsOf(words: Uint32Array, reserve: Uint32Array): Float64Array {
  let block = -1;
  let spare = -4;
  return boxMuller(words, (k) => {
    if (block !== k >> 3) spare += 4;
    block = k >> 3;
    return reserve[spare + (k & 3)]!;
  });
}

/**
 * Standard normal numbers, eight from each eight words: four of radius, four of angle (Box & Muller 1958).
 * @param next the 32 bits behind word k, a small one of radius
 */
export function boxMuller(words: Uint32Array, next: (k: number) => number): Float64Array {
  const normals = new Float64Array(words.length);
  for (let block = 0; block < words.length; block += 8) {
    for (let k = block; k < block + 4; k++) {
      const word = words[k]!;
      const u = word < TAIL ? (word + (next(k) + 0.5) / 2 ** 32) / 2 ** 32 : (word + 1) / 2 ** 32;
      const radius = Math.sqrt(-2 * Math.log(u));
      const angle = (2 * Math.PI * words[k + 4]!) / 2 ** 32;
      normals[k] = radius * Math.cos(angle);
      normals[k + 4] = radius * Math.sin(angle);
    }
  }
  return normals;
}

/** The sum of clipped gradients of block j becomes their noisy mean. */
export function finishGradient(
  layout: Layout,
  plan: StepPlan,
  step: number,
  j: number,
  gradient: Float64Array,
  privacy: GradientPrivacy,
  source: NormalSource,
): void {
  const { deviation, expectedRows } = privacy;
  const start = noisyStart(layout, j);
  const noisy = gradient.subarray(start);
  if (deviation > 0) {
    const grid = deviation / GRID_STEPS;
    const normals = source(privacy, plan, step, j, layout.blockStart(j) + start)(noisy.length);
    normals.forEach((normal, k) => {
      noisy[k] = grid * (Math.round(noisy[k]! / grid) + Math.round(normal * GRID_STEPS));
    });
    for (const pad of noisyPads(layout, j)) gradient[pad] = 0;
  }
  for (let k = 0; k < noisy.length; k++) noisy[k]! /= expectedRows;
}
