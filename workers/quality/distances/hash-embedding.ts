import { hash, hashText } from '../../../src/domain/random';

/** Length of an embedding. */
export const EMBEDDING_SIZE = 256;
/** Only the beginning of a text counts, as in the reference's model (512 tokens of 6 characters). */
const MAX_TEXT_LENGTH = 3072;
const MAX_CACHED_TOKENS = 20_000;

/**
 * Embeds texts without a language model (docs/metrics.md). A word is the sum of pseudo-random ±1 vectors, one of its
 * own and one for each of its 3- to 5-letter pieces, so that texts with common pieces are close. A text is the mean of
 * its words. Case and accents do not count.
 */
export class HashEmbedding {
  readonly #tokens = new Map<string, Float64Array>();

  /** Writes the embedding of `text` (unit length, or zero for a text without letters or marks) to `out`. */
  embed(text: string, out: Float64Array): void {
    out.fill(0);
    const plain = text.slice(0, MAX_TEXT_LENGTH).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    for (const token of plain.match(/\p{L}+|\p{N}+|[^\s\p{L}\p{N}]/gu) ?? []) {
      const vector = this.#token(token);
      for (let d = 0; d < EMBEDDING_SIZE; d++) out[d]! += vector[d]!;
    }
    normalize(out);
  }

  #token(token: string): Float64Array {
    const cached = this.#tokens.get(token);
    if (cached) return cached;
    const vector = new Float64Array(EMBEDDING_SIZE);
    addSigns(vector, hashText(token));
    const marked = `<${token.slice(0, 100)}>`;
    for (let size = 3; size <= 5; size++) {
      for (let at = 0; at + size <= marked.length; at++)
        addSigns(vector, hashText(marked.slice(at, at + size)));
    }
    normalize(vector);
    if (this.#tokens.size >= MAX_CACHED_TOKENS) this.#tokens.clear();
    this.#tokens.set(token, vector);
    return vector;
  }
}

function addSigns(vector: Float64Array, seed: number): void {
  for (let word = 0; word < EMBEDDING_SIZE / 32; word++) {
    const bits = hash(seed, word);
    for (let bit = 0; bit < 32; bit++) vector[word * 32 + bit]! += ((bits >>> bit) & 1) * 2 - 1;
  }
}

function normalize(vector: Float64Array): void {
  let square = 0;
  for (const value of vector) square += value * value;
  if (square === 0) return;
  const scale = 1 / Math.sqrt(square);
  for (let d = 0; d < vector.length; d++) vector[d]! *= scale;
}
