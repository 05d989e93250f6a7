import type { TextEncoding } from '../../../src/domain/sources';
import { decodeText } from '../dialect/decode-text';

const tables = new Map<TextEncoding, Map<string, Uint8Array>>();

/**
 * A text in an encoding that only a decoder exists for: the decoder's table the other way round. Null if the encoding
 * lacks one of its characters.
 */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array | null {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const bytes = new Uint8Array(2 * text.length);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), encoding === 'utf-16le');
    return bytes;
  }
  const table = tables.get(encoding) ?? invert(encoding);
  tables.set(encoding, table);
  const parts: number[] = [];
  for (const char of text) {
    const bytes = table.get(char);
    if (!bytes) return null;
    parts.push(...bytes);
  }
  return Uint8Array.from(parts);
}

function invert(encoding: TextEncoding): Map<string, Uint8Array> {
  const table = new Map<string, Uint8Array>();
  const add = (...bytes: number[]) => {
    const coded = Uint8Array.from(bytes);
    const char = decodeText(coded, encoding);
    if ([...char].length === 1 && char !== '\ufffd' && !table.has(char)) table.set(char, coded);
  };
  for (let byte = 0; byte < 256; byte++) add(byte);
  if (/^(?:shift_jis|euc-jp|gb18030|big5|euc-kr)$/.test(encoding)) {
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  }
  return table;
}
