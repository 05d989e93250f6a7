import { hash, hashText, pcg } from '../../../src/domain/random';
import type { DecodeDraws } from './contract';

const PURPOSE = hashText('decode');

/** Key of a column's draws: precomputed once per block. */
export function drawKey(draws: DecodeDraws): number {
  return hash(draws.seed, PURPOSE, draws.column);
}

/** Uniform in [0, 1) with 53 bits at (key, absolute row, attempt). */
export function uniformOfRow(key: number, row: number, attempt: number): number {
  const base = pcg((key + row) >>> 0);
  const high = pcg((base + 2 * attempt) >>> 0) >>> 5;
  const low = pcg((base + 2 * attempt + 1) >>> 0) >>> 6;
  return (high * 67108864 + low) / 9007199254740992;
}
