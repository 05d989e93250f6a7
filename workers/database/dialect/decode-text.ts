import type { TextEncoding } from '../../../src/domain/sources';

/** What bytes 0x80 … 0x9F are in Windows-1252, of which some engines make the controls of ISO-8859-1. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Decodes a text piece by piece; without bytes it ends it. */
export interface TextPieces {
  decode(bytes?: Uint8Array): string;
}

/**
 * A decoder of a text that comes in pieces; undecodable bytes become U+FFFD, a byte-order mark is left out.
 * `windows-1252` is the table of the Encoding Standard (https://encoding.spec.whatwg.org) in every engine.
 */
export function textDecoder(encoding: TextEncoding): TextPieces {
  const decoder = new TextDecoder(encoding);
  const isWindows = encoding === 'windows-1252';
  return {
    decode(bytes) {
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      return isWindows
        ? text.replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 128]!)
        : text;
    },
  };
}

/** A whole text, or one cut off at its end: what is left of a character there is dropped. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding, complete = true): string {
  const decoder = textDecoder(encoding);
  const text = decoder.decode(bytes);
  return complete ? text + decoder.decode() : text;
}

/** Length of the UTF-8 sequence of more than one byte at `at`; 0 if it is none, −1 if the bytes end inside it. */
export function utf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return -1;
    // The second byte excludes overlong forms, surrogates and what lies beyond U+10FFFF (Unicode, table 3-7).
    const low = i > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = i > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return 0;
  }
  return length;
}

/** Valid UTF-8: bytes that are none are read as Windows-1252, the most frequent guest in such files. */
export function mendUtf8(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly mended: number } {
  const parts: Uint8Array[] = [];
  const encoder = new TextEncoder();
  let from = 0;
  let mended = 0;
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at]! < 128) {
      at++;
      continue;
    }
    const length = utf8Length(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(
      bytes.subarray(from, at),
      encoder.encode(decodeText(bytes.subarray(at, at + 1), 'windows-1252')),
    );
    mended++;
    from = ++at;
  }
  if (mended === 0) return { bytes, mended };
  parts.push(bytes.subarray(from));
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let to = 0;
  for (const part of parts) {
    joined.set(part, to);
    to += part.length;
  }
  return { bytes: joined, mended };
}
