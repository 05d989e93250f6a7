import { hash } from '../../../src/domain/random';

const ROUNDS = 4;

/**
 * The slot of a row: in each stretch of `slots` rows every slot 0 … slots − 1 comes once, in random order. A Feistel
 * network permutes the smallest power of four that holds them; a number beyond the slots is permuted again until it is
 * one (cycle walking, Black & Rogaway 2002, Ciphers with arbitrary finite domains).
 * @param key of the draws
 * @param row absolute number of the row
 * @param slots 1 … 2^30
 */
export function slotOfRow(key: number, row: number, slots: number): number {
  const stretch = Math.floor(row / slots);
  const bits = Math.max(1, Math.ceil(Math.log2(slots) / 2));
  const mask = 2 ** bits - 1;
  let value = row - stretch * slots;
  do {
    let left = value >>> bits;
    let right = value & mask;
    for (let round = 0; round < ROUNDS; round++) {
      [left, right] = [right, left ^ (hash(key, stretch, round, right) & mask)];
    }
    value = left * 2 ** bits + right;
  } while (value >= slots);
  return value;
}
