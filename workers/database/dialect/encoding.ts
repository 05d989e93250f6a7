import type { TextEncoding } from '../../../src/domain/sources';
import { utf16Order } from '../files/file-kind';

/**
 * Encoding of a text file from its first bytes: byte-order mark, the zero bytes of UTF-16, then whether the bytes are
 * valid UTF-8; anything else is read as Windows-1252, of which Latin-1's printable characters are a part.
 * @param complete false when the bytes are cut off, perhaps inside a character
 */
export function detectEncoding(head: Uint8Array, complete: boolean): TextEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const wide = utf16Order(head);
  if (wide) return wide;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !complete });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The head of a file as UTF-8 bytes without a byte-order mark. */
export function headAsUtf8(head: Uint8Array, encoding: TextEncoding): Uint8Array {
  if (encoding === 'utf-8') {
    return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
  }
  return new TextEncoder().encode(new TextDecoder(encoding).decode(head, { stream: true }));
}
