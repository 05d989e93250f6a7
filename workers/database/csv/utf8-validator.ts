/** Tells whether chunks of bytes are UTF-8, one after the other. */
export class Utf8Validator {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  /** The chunk before may end within a character. */
  #isOpen = false;

  /** @param last no chunk follows */
  accepts(bytes: Uint8Array, last: boolean): boolean {
    // Most chunks are ASCII, which is told several times as fast as the decoder makes a string of them.
    if (!this.#isOpen && isAscii(bytes)) return true;
    try {
      this.#decoder.decode(bytes, { stream: !last });
    } catch {
      return false;
    }
    this.#isOpen = bytes.length > 0 ? bytes[bytes.length - 1]! > 127 : this.#isOpen;
    return true;
  }
}

const HIGH_BITS = 0x80808080 | 0;

function isAscii(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length && (bytes.byteOffset + at) % 4 !== 0) if (bytes[at++]! > 127) return false;
  if (at === bytes.length) return true;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (bytes.length - at) >> 2);
  let i = 0;
  for (; i + 8 <= words.length; i += 8) {
    const low = words[i]! | words[i + 1]! | words[i + 2]! | words[i + 3]!;
    const high = words[i + 4]! | words[i + 5]! | words[i + 6]! | words[i + 7]!;
    if (((low | high) & HIGH_BITS) !== 0) return false;
  }
  for (; i < words.length; i++) if ((words[i]! & HIGH_BITS) !== 0) return false;
  for (at += 4 * words.length; at < bytes.length; at++) if (bytes[at]! > 127) return false;
  return true;
}
