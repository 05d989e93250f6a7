import { RandomStream } from '../../../../src/domain/random';

/** Where noise comes from. */
export interface RandomBits {
  /** Whether the bits follow from a seed, so that whoever knows it knows the noise: for tests, and said in every output. */
  readonly seeded: boolean;
  /** Unsigned 32-bit word of independent bits. */
  word(): number;
}

/** Words fetched at once: `getRandomValues` gives 65,536 bytes at most. */
const WORDS = 4096;

/** Bits of the browser's cryptographic generator. */
export function secureBits(): RandomBits {
  const buffer = new Uint32Array(WORDS);
  let used = WORDS;
  return {
    seeded: false,
    word() {
      if (used === WORDS) {
        crypto.getRandomValues(buffer);
        used = 0;
      }
      const word = buffer[used]!;
      // A word is used once and not kept.
      buffer[used++] = 0;
      return word;
    },
  };
}

/** Bits that follow from a seed: no protection at all, for tests. */
export function seededBits(seed: number): RandomBits {
  const stream = new RandomStream(seed, 'noise for tests');
  return { seeded: true, word: () => stream.word() };
}

/** Uniform integer in [0, bound), exactly: words that would favour some are thrown away. @param bound ≤ 2⁵³ */
export function uniformBelow(bits: RandomBits, bound: number): number {
  if (bound <= 1) return 0;
  if (bound <= 2 ** 32) {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const word = bits.word();
      if (word < limit) return word % bound;
    }
  }
  const high = Math.ceil(bound / 2 ** 32);
  for (;;) {
    const drawn = uniformBelow(bits, high) * 2 ** 32 + bits.word();
    if (drawn < bound) return drawn;
  }
}

/** The same for integers of any size. */
export function uniformBelowBig(bits: RandomBits, bound: bigint): bigint {
  if (bound <= 2n ** 53n) return BigInt(uniformBelow(bits, Number(bound)));
  const length = bound.toString(2).length;
  for (;;) {
    let drawn = 0n;
    for (let have = 0; have < length; have += 32) drawn = (drawn << 32n) | BigInt(bits.word());
    drawn &= (1n << BigInt(length)) - 1n;
    if (drawn < bound) return drawn;
  }
}
