/**
 * Tells equal data from other data: 64 bits, two sums over 32-bit words. Finds damage and differences; it keeps no
 * secret and resists no forgery.
 */
export class Checksum {
  #first = 0x811c9dc5;
  #second = 0x9e3779b9;

  /** @param data of any element type; a part that does not fill a word counts as one */
  add(data: ArrayBufferView): this {
    const { buffer, byteOffset, byteLength } = data;
    const isAligned = byteOffset % 4 === 0;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    const whole = byteLength >>> 2;
    const words = isAligned
      ? new Uint32Array(buffer, byteOffset, whole)
      : new Uint32Array(bytes.slice(0, 4 * whole).buffer);
    let [first, second] = [this.#first, this.#second];
    for (let i = 0; i < whole; i++) {
      const word = words[i]!;
      // FNV-1a over words, and a sum that a shift of the words changes.
      first = Math.imul(first ^ word, 0x01000193);
      second = Math.imul(second + word, 0x85ebca6b);
      second ^= second >>> 13;
    }
    for (let i = 4 * whole; i < byteLength; i++) first = Math.imul(first ^ bytes[i]!, 0x01000193);
    this.#first = Math.imul(first ^ byteLength, 0x01000193);
    this.#second = second;
    return this;
  }

  addText(text: string): this {
    return this.add(new TextEncoder().encode(text));
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return [this.#first, this.#second].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
