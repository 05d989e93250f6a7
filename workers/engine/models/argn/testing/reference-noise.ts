import {
  GRID_STEPS,
  NOISE_CHUNK,
  NOISE_RESERVE,
  noisyPads,
  noisyStart,
  type WordFiller,
} from '../network/gradient-noise';
import type { GradientPrivacy } from '../network/network-backend';
import type { Layout } from '../network/weight-layout';

/** Words below this have a second one behind them. */
const TAIL = 2 ** 16;

/**
 * Standard normal numbers from the same words as the kernels' (`assembly/private.ts`), eight from each eight words.
 * @param reserve words for draws far out
 */
export function normalsOf(words: Uint32Array, reserve: Uint32Array): Float64Array {
  const normals = new Float64Array(words.length);
  let spare = 0;
  for (let block = 0; block < words.length; block += 8) {
    const tail = words.subarray(block, block + 4).some((word) => word < TAIL);
    for (let k = 0; k < 4; k++) {
      const word = words[block + k]!;
      const u = word < TAIL ? (word + (reserve[spare + k]! + 0.5) / 2 ** 32) / 2 ** 32 : (word + 1) / 2 ** 32;
      const radius = Math.sqrt(-2 * Math.log(u));
      const angle = (2 * Math.PI * words[block + 4 + k]!) / 2 ** 32;
      normals[block + k] = radius * Math.cos(angle);
      normals[block + 4 + k] = radius * Math.sin(angle);
    }
    if (tail) spare += 4;
  }
  return normals;
}

/** The sum of clipped gradients of block j becomes their noisy mean. */
export function finishGradient(
  layout: Layout,
  j: number,
  gradient: Float64Array,
  { deviation, expectedRows }: GradientPrivacy,
  fill: WordFiller,
): void {
  const noisy = gradient.subarray(noisyStart(layout, j));
  const grid = deviation / GRID_STEPS;
  for (let first = 0; first < noisy.length && deviation > 0; first += NOISE_CHUNK) {
    const words = new Uint32Array(NOISE_CHUNK + NOISE_RESERVE);
    fill(words);
    const normals = normalsOf(words.subarray(0, NOISE_CHUNK), words.subarray(NOISE_CHUNK));
    const chunk = noisy.subarray(first, first + NOISE_CHUNK);
    chunk.forEach((sum, k) => {
      chunk[k] = grid * (Math.round(sum / grid) + Math.round(normals[k]! * GRID_STEPS));
    });
  }
  for (let k = 0; k < noisy.length; k++) noisy[k]! /= expectedRows;
  if (deviation > 0) for (const pad of noisyPads(layout, j)) gradient[pad] = 0;
}
