/**
 * Noise of backends that draw it in parallel: the keystream of ChaCha20 (RFC 8439, § 2.3), a cryptographic generator of
 * 16 words at a time whose key is random. Each step has a nonce of its own, so any block can be made alone.
 */
import { hashText, RandomStream } from '../../../../../src/domain/random';
import type { GradientPrivacy } from './network-backend';

/** Words 0 to 3 of the state: "expand 32-byte k". */
export const CHACHA = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574] as const;
/** Word 14 of the state, after the counter and the step: what the block is for. Word 15 is 0. */
export const KEYSTREAM = { words: 0, tails: 1 } as const;
/** Words of radius below this have a second one behind them: the tail of the normal distribution is in them. */
export const TAIL = 2 ** 16;

/** A fresh key of 256 bits for the steps of one call, or that of a seed. Must not be kept. */
export function noiseKey({ noiseSeed }: GradientPrivacy): Uint32Array<ArrayBuffer> {
  const key = new Uint32Array(8);
  if (noiseSeed === null) return crypto.getRandomValues(key);
  const stream = new RandomStream(noiseSeed, hashText('noise key'));
  for (let k = 0; k < key.length; k++) key[k] = stream.word();
  return key;
}
