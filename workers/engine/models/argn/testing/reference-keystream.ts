import { CHACHA, KEYSTREAM, noiseKey, TAIL } from '../network/keystream';
import { boxMuller, type NormalSource } from './reference-noise';

/** Words of a block, and numbers that each block gives. */
const BLOCK = 16;

/** The block function of ChaCha20 (RFC 8439, § 2.3): 16 words. */
export function chachaBlock(key: Uint32Array, counter: number, nonce: readonly number[]): Uint32Array {
  const start = Uint32Array.of(...CHACHA, ...key, counter, ...nonce);
  const state = start.slice();
  for (let round = 0; round < 10; round++) {
    for (let k = 0; k < 4; k++) quarterRound(state, k, 4 + k, 8 + k, 12 + k);
    for (let k = 0; k < 4; k++)
      quarterRound(state, k, 4 + ((k + 1) % 4), 8 + ((k + 2) % 4), 12 + ((k + 3) % 4));
  }
  return state.map((word, k) => word + start[k]!);
}

function quarterRound(state: Uint32Array, a: number, b: number, c: number, d: number): void {
  const mix = (to: number, from: number, turned: number, bits: number) => {
    state[to]! += state[from]!;
    const word = state[turned]! ^ state[to]!;
    state[turned] = (word << bits) | (word >>> (32 - bits));
  };
  mix(a, b, d, 16);
  mix(c, d, b, 12);
  mix(a, b, d, 8);
  mix(c, d, b, 7);
}

/** The normal numbers of WebGPU: number k of the parameters has the k-th of the step's keystream. */
export const keystreamNormals: NormalSource = (privacy, plan, step, _, first) => {
  const key = noiseKey(privacy);
  const block = (counter: number, kind: number) =>
    chachaBlock(key, counter, [plan.firstStep + step, kind, 0]);
  return (count) => {
    const from = Math.floor(first / BLOCK);
    const normals: number[] = [];
    for (let counter = from; BLOCK * counter < first + count; counter++) {
      const words = block(counter, KEYSTREAM.words);
      const tails = words.some((word) => word < TAIL) ? block(counter, KEYSTREAM.tails) : words;
      normals.push(...boxMuller(words, (k) => tails[k]!));
    }
    const skipped = first - BLOCK * from;
    return Float64Array.from(normals.slice(skipped, skipped + count));
  };
};
