/**
 * A UUID of version 4 (RFC 9562).
 * @param words four unsigned 32-bit words; the version and variant bits are overwritten
 */
export function uuidOf(words: ArrayLike<number>): string {
  const marked = Array.from(words);
  marked[1] = ((marked[1]! & 0xffff0fff) | 0x4000) >>> 0;
  marked[2] = ((marked[2]! & 0x3fffffff) | 0x80000000) >>> 0;
  const hex = marked.map((word) => word.toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The id of a new resource. `crypto.randomUUID` is absent on pages that are not served securely. */
export function newId(): string {
  return uuidOf(crypto.getRandomValues(new Uint32Array(4)));
}
