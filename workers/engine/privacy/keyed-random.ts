import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { RandomStream } from '../../../src/domain/random';

/** Names one use of a key: uses that differ in any part share nothing. */
export type Purpose = readonly (string | number)[];

/**
 * Randomness that only the holder of a key can draw again: HMAC-SHA-256 (RFC 2104) of a purpose. Nobody who sees the
 * words of some purposes can tell those of another one (docs/privacy.md, Protection key).
 */
export class KeyedRandom {
  readonly #key: Uint8Array;

  /** @param key 64 hexadecimal digits */
  constructor(key: string) {
    this.#key = hexToBytes(key);
  }

  /** Eight unsigned 32-bit words. */
  words(...purpose: Purpose): Uint32Array {
    const view = new DataView(
      hmac(sha256, this.#key, new TextEncoder().encode(JSON.stringify(purpose))).buffer,
    );
    return Uint32Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i));
  }

  /** One unsigned 32-bit word, to seed what needs no more. */
  seed(...purpose: Purpose): number {
    return this.words(...purpose)[0]!;
  }

  /** Draws of which every word comes from the key: nobody can find them by trying seeds. */
  stream(...purpose: Purpose): RandomStream {
    return new KeyedStream((block) => this.words(...purpose, `block ${block}`));
  }
}

/** Words in blocks of eight. */
class KeyedStream extends RandomStream {
  readonly #blockOf: (index: number) => Uint32Array;
  #block: Uint32Array = new Uint32Array();
  #drawn = 0;

  constructor(blockOf: (index: number) => Uint32Array) {
    super(0, 0);
    this.#blockOf = blockOf;
  }

  override word(): number {
    const at = this.#drawn % 8;
    if (at === 0) this.#block = this.#blockOf(this.#drawn / 8);
    this.#drawn++;
    return this.#block[at]!;
  }
}
