/** Lead bytes of multi-byte encodings that repeat characters of others: they serve only where no other does. */
const LAST_LEADS: Readonly<Record<string, readonly [number, number]>> = {
  // NEC's and IBM's extensions of JIS X 0208 (Encoding Standard, index Shift_JIS excluding 8272 to 8835).
  shift_jis: [0xed, 0xee],
  // Big5-HKSCS (Encoding Standard, index Big5 excluding pointers below (0xA1 − 0x81) × 157).
  big5: [0x81, 0xa0],
};
const MULTI_BYTE: ReadonlySet<string> = new Set(['shift_jis', 'gbk', 'gb18030', 'big5', 'euc-kr', 'euc-jp']);
const LACKING = '?'.charCodeAt(0);

/** Writes text in one encoding and counts the characters that it lacks, for which a question mark stands. */
export interface TextWriter {
  encode(text: string): Uint8Array<ArrayBuffer>;
  readonly lacking: number;
}

/**
 * A writer of an encoding of the Encoding Standard (https://encoding.spec.whatwg.org). Browsers only decode the older
 * ones; what decodes to a character encodes it: the table is made by decoding every sequence of one and two bytes.
 * @param label "utf-8", "utf-16le", "windows-1252", "shift_jis", …
 * @returns null for an encoding with states (ISO-2022-JP) or one that is not known
 */
export function textWriter(label: string): TextWriter | null {
  const encoding = nameOf(label);
  if (encoding === null || encoding.startsWith('iso-2022') || encoding === 'replacement') return null;
  if (encoding === 'utf-8') {
    const encoder = new TextEncoder();
    return { encode: (text) => encoder.encode(text), lacking: 0 };
  }
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return wideWriter(encoding === 'utf-16le');
  return new TableWriter(encodingTable(encoding), encoding === 'gb18030' ? fourBytes : () => 0);
}

function nameOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function wideWriter(isLittle: boolean): TextWriter {
  return {
    lacking: 0,
    encode(text) {
      const bytes = new Uint8Array(2 * text.length);
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        bytes[2 * i] = isLittle ? unit & 255 : unit >> 8;
        bytes[2 * i + 1] = isLittle ? unit >> 8 : unit & 255;
      }
      return bytes;
    },
  };
}

class TableWriter implements TextWriter {
  /** By code point below 65,536: its bytes as a number, the first one highest; 0 = none, but for U+0000. */
  readonly #table: Uint32Array;
  lacking = 0;

  /** Bytes of a character above U+FFFF; 0 = none. */
  readonly #beyond: (point: number) => number;

  constructor(table: Uint32Array, beyond: (point: number) => number) {
    this.#table = table;
    this.#beyond = beyond;
  }

  encode(text: string): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(4 * text.length);
    let end = 0;
    for (const character of text) {
      const point = character.codePointAt(0)!;
      const code = point === 0 ? 0 : (this.#table[point] ?? this.#beyond(point));
      if (code === 0 && point !== 0) {
        this.lacking++;
        bytes[end++] = LACKING;
        continue;
      }
      if (code > 0xffffff) bytes[end++] = code >>> 24;
      if (code > 0xffff) bytes[end++] = (code >>> 16) & 255;
      if (code > 0xff) bytes[end++] = (code >>> 8) & 255;
      bytes[end++] = code & 255;
    }
    return bytes.slice(0, end);
  }
}

/** Decodes sequences of bytes and keeps, for each character, the first that gives it. */
function encodingTable(encoding: string): Uint32Array {
  const table = new Uint32Array(65_536);
  // Decoded as a stream: Node 20 takes another way for whole windows-1252, and a wrong one.
  const decode = (bytes: readonly number[]) =>
    new TextDecoder(encoding, { ignoreBOM: true }).decode(Uint8Array.from(bytes), { stream: true });
  const note = (bytes: readonly number[], text: string) => {
    if (text.length !== 1 || text === '\ufffd') return;
    const point = text.charCodeAt(0);
    if (table[point] === 0) table[point] = bytes.reduce((code, byte) => code * 256 + byte, 0);
  };
  for (let byte = 1; byte < 256; byte++) note([byte], decode([byte]));
  if (!MULTI_BYTE.has(encoding)) return table;
  const [from = 256, to = 0] = LAST_LEADS[encoding] ?? [];
  const leads = Array.from({ length: 0xfe - 0x81 + 1 }, (_, i) => 0x81 + i);
  const ordered = [
    ...leads.filter((lead) => lead < from || lead > to),
    ...leads.filter((lead) => lead >= from && lead <= to),
  ];
  for (const lead of ordered) notePairs(decode, note, [lead]);
  if (encoding === 'gb18030') noteFours(decode, note);
  if (encoding === 'euc-jp')
    for (let lead = 0xa1; lead <= 0xfe; lead++) notePairs(decode, note, [0x8f, lead]);
  return table;
}

/** All sequences of some lead bytes and one more, decoded at once with line ends between them. */
function notePairs(
  decode: (bytes: readonly number[]) => string,
  note: (bytes: readonly number[], text: string) => void,
  leads: readonly number[],
): void {
  const trails = Array.from({ length: 0xfe - 0x40 + 1 }, (_, i) => 0x40 + i).filter(
    (trail) => trail !== 0x7f,
  );
  const lines = decode(trails.flatMap((trail) => [...leads, trail, 10])).split('\n');
  for (const [i, trail] of trails.entries()) note([...leads, trail], lines[i] ?? '');
}

/** Sequences of four bytes that stand for characters below U+10000: those whose first byte is 0x81 to 0x84. */
function noteFours(
  decode: (bytes: readonly number[]) => string,
  note: (bytes: readonly number[], text: string) => void,
): void {
  const digits = Array.from({ length: 10 }, (_, i) => 0x30 + i);
  for (let first = 0x81; first <= 0x84; first++) {
    for (const second of digits) {
      const fours: number[][] = [];
      for (let third = 0x81; third <= 0xfe; third++)
        for (const last of digits) fours.push([first, second, third, last]);
      const lines = decode(fours.flatMap((four) => [...four, 10])).split('\n');
      for (const [i, four] of fours.entries()) note(four, lines[i] ?? '');
    }
  }
}

/** GB 18030 of a character above U+FFFF: four bytes that count on from 0x90308130. */
function fourBytes(point: number): number {
  const index = point - 0x10000;
  const bytes = [0x90 + Math.floor(index / 12_600), 0x30 + (Math.floor(index / 1_260) % 10)];
  return [...bytes, 0x81 + (Math.floor(index / 10) % 126), 0x30 + (index % 10)].reduce(
    (code, byte) => code * 256 + byte,
    0,
  );
}
