/**
 * The one generator of randomness: PCG hash over counters (Jarzynski & Olano 2020, "Hash Functions for GPU
 * Rendering"). Stateless, so any thread or backend can draw value k of stream s on its own, and
 * the same in 32-bit wrapping arithmetic in TypeScript, AssemblyScript and WGSL.
 */

/** PCG-RXS-M-XS hash of one unsigned 32-bit word. */
export function pcg(input: number): number {
  const state = (Math.imul(input, 747796405) + 2891336453) >>> 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}

/** Hash of a seed and up to three counters: the n-th word of stream (a, b). */
export function hash(seed: number, a: number, b = 0, c = 0): number {
  return pcg((pcg((pcg((pcg(seed >>> 0) + a) >>> 0) + b) >>> 0) + c) >>> 0);
}

/** The upper 24 bits as a float in [0, 1): exactly representable in f32, hence equal on every backend. */
export function toUnit(word: number): number {
  return (word >>> 8) / 16777216;
}

/** Uniform float in [0, 1) at counters (a, b, c) of a seed. */
export function uniformAt(seed: number, a: number, b = 0, c = 0): number {
  return toUnit(hash(seed, a, b, c));
}

/** A sequence of draws for sequential code: the counter is kept inside. */
export class RandomStream {
  /** The hash of seed and stream, of which each word is a hash with its counter. */
  readonly #prefix: number;
  #counter = 0;

  /** @param stream names the purpose, so that two users of one seed do not share draws */
  constructor(seed: number, stream: string | number) {
    const name = typeof stream === 'number' ? stream >>> 0 : hashText(stream);
    this.#prefix = pcg((pcg(seed >>> 0) + name) >>> 0);
  }

  /** Unsigned 32-bit word: `hash(seed, stream, counter)`. */
  word(): number {
    return pcg(pcg((this.#prefix + this.#counter++) >>> 0));
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Standard normal (Box–Muller, the cosine branch). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Fisher–Yates, in place. */
  shuffle<T extends { length: number; [index: number]: number }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const swap = items[i]!;
      items[i] = items[j]!;
      items[j] = swap;
    }
    return items;
  }

  /** 0 … count−1 in random order. */
  permutation(count: number): Uint32Array {
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    return this.shuffle(order);
  }

  /** `count` ≤ `rows` row numbers, ascending: a random one out of each of as many equal stretches of 0 … rows − 1. */
  spreadRows(rows: number, count: number): Uint32Array {
    return Uint32Array.from({ length: count }, (_, k) => {
      const first = Math.floor((k * rows) / count);
      return first + this.below(Math.floor(((k + 1) * rows) / count) - first);
    });
  }
}

/** A seed that nobody can guess, from the browser's cryptographic generator; unsigned 32-bit. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

/** FNV-1a over UTF-16 units: names streams. */
export function hashText(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
