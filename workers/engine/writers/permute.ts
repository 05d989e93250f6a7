import { hash } from '../../../src/domain/random';

const ROUNDS = 4;
/** Numbers that are permuted, at most: halves of 26 bits. */
export const MAX_PERMUTED = 2 ** 52;

/**
 * A permutation of 0 … size − 1 by a Feistel network over the smallest power of four that holds them; a number beyond is
 * permuted again (cycle walking: Black & Rogaway 2002, Ciphers with arbitrary finite domains).
 * @param size 1 … 2^52
 */
export function permuted(key: number, value: number, size: number): number {
  const half = halfOf(size);
  let at = value;
  do {
    let left = Math.floor(at / half);
    let right = at % half;
    for (let round = 0; round < ROUNDS; round++) {
      [left, right] = [right, left ^ (hash(key, round, right) & (half - 1))];
    }
    at = left * half + right;
  } while (at >= size);
  return at;
}

/** The number that `permuted` takes there. */
export function unpermuted(key: number, value: number, size: number): number {
  const half = halfOf(size);
  let at = value;
  do {
    let left = Math.floor(at / half);
    let right = at % half;
    for (let round = ROUNDS - 1; round >= 0; round--) {
      [left, right] = [right ^ (hash(key, round, left) & (half - 1)), left];
    }
    at = left * half + right;
  } while (at >= size);
  return at;
}

function halfOf(size: number): number {
  return 2 ** Math.max(1, Math.ceil(Math.log2(size) / 2));
}
