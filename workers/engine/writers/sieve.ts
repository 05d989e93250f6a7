import { pcg, type RandomStream } from '../../../src/domain/random';
import { z } from '../../../src/domain/zod';

/** Buckets for each value of the data. */
const BUCKETS_EACH = 4;
const MIN_BUCKETS = 256;
const MAX_BUCKETS = 2 ** 23;
/** Part of the buckets that are full: all of the data's, and others at random. */
const FULL = 0.75;

/** Which texts must not be made up. */
export const Sieve = z.object({
  salt: z.number().int().nonnegative(),
  /** Base64 of a bit for each bucket. */
  bits: z.string().regex(/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
});
export type Sieve = z.infer<typeof Sieve>;

/**
 * Buckets of which three of four are full, those of all values of the data among them. What falls into an empty one is no
 * value of the data; that a text falls into a full one tells next to nothing, because most do.
 */
export function makeSieve(values: Iterable<string>, count: number, stream: RandomStream): Sieve {
  const wanted = Math.max(MIN_BUCKETS, BUCKETS_EACH * count);
  const buckets = Math.min(MAX_BUCKETS, 2 ** Math.ceil(Math.log2(wanted)));
  const salt = stream.word();
  const bits = new Uint8Array(buckets / 8);
  let full = 0;
  const fill = (bucket: number) => {
    const mask = 1 << (bucket & 7);
    if ((bits[bucket >> 3]! & mask) !== 0) return;
    bits[bucket >> 3]! |= mask;
    full++;
  };
  for (const value of values) fill(bucketOf(salt, value, buckets));
  while (full < FULL * buckets) fill(stream.below(buckets));
  let binary = '';
  for (const byte of bits) binary += String.fromCharCode(byte);
  return { salt, bits: btoa(binary) };
}

/** @returns whether a text may be made up */
export function openSieve({ salt, bits }: Sieve): (text: string) => boolean {
  const bytes = Uint8Array.from(atob(bits), (character) => character.charCodeAt(0));
  const buckets = 2 ** Math.floor(Math.log2(bytes.length * 8));
  return (text) => {
    const bucket = bucketOf(salt, text, buckets);
    return (bytes[bucket >> 3]! & (1 << (bucket & 7))) === 0;
  };
}

/** @param buckets a power of two. Case and blanks do not tell texts apart */
function bucketOf(salt: number, text: string, buckets: number): number {
  let value = salt;
  for (const character of text.toLowerCase()) {
    const code = character.codePointAt(0)!;
    if (code > 32) value = Math.imul(value ^ code, 0x01000193);
  }
  return pcg(value >>> 0) & (buckets - 1);
}
