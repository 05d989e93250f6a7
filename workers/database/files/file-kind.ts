import { UserError } from '../../../src/domain/errors';
import { mendUtf8 } from '../dialect/decode-text';

/** What other formats begin with, and what to say about them. */
const SIGNATURES: readonly { bytes: readonly number[]; what: string; advice: string }[] = [
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    what: 'an old Excel file (.xls), or a workbook with a password',
    advice: 'Save it as .xlsx without a password, or the sheet as CSV.',
  },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document', advice: 'Export the table as CSV.' },
  {
    bytes: [0x42, 0x5a, 0x68],
    what: 'a bzip2 archive',
    advice: 'Unpack it, or compress it with gzip instead.',
  },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'an xz archive', advice: 'Unpack it, or use gzip instead.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG image', advice: 'Drop a table.' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG image', advice: 'Drop a table.' },
];

/** What can be read. */
const EXPECTED = 'a table as CSV, Excel, Parquet, JSON, SQLite or Arrow file';

/** True for the bytes a gzip file begins with. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Refuses what is plainly not delimited text.
 * @param head first bytes of the (unpacked) file
 * @throws UserError `source/empty` or `source/unreadable`, saying what was expected and what was found
 */
export function assertDelimitedText(name: string, head: Uint8Array): void {
  const details = { file: name };
  if (head.length === 0) {
    throw new UserError('source/empty', `“${name}” is empty. A table with rows was expected.`, {
      details,
    });
  }
  const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if (known) {
    throw new UserError(
      'source/unreadable',
      `“${name}” is ${known.what}; ${EXPECTED} was expected. ${known.advice}`,
      { details },
    );
  }
  const control = countControlBytes(head);
  if (!utf16Order(head) && !isTextWithControls(head, control)) {
    throw new UserError(
      'source/unreadable',
      `“${name}” is not text: ${control} of its first ${head.length} bytes are control characters. A ${EXPECTED.slice(2)} was expected.`,
      { details },
    );
  }
}

/** Text hardly holds more than so many controls, … */
const USUAL_CONTROLS = 0.01;
/** … and never more than so many: half of a small file of any bytes are no text. */
const MAX_CONTROLS = 0.2;
/** Bytes from 0x80 on in no character of UTF-8: in texts of other encodings they are letters, and there are no controls. */
const MAX_STRAYS = 0.05;

/** A few control characters are data. A file of more is text if it is UTF-8, which other files are not. */
function isTextWithControls(head: Uint8Array, control: number): boolean {
  if (control <= head.length * USUAL_CONTROLS) return true;
  if (control > head.length * MAX_CONTROLS) return false;
  const lineEnd = head.indexOf(10) >= 0 || head.indexOf(13) >= 0;
  return lineEnd && mendUtf8(head).mended <= head.length * MAX_STRAYS;
}

function countControlBytes(head: Uint8Array): number {
  let count = 0;
  for (const byte of head) {
    const isWhite = byte === 9 || byte === 10 || byte === 13 || byte === 12;
    // ISO-2022-JP switches by ESC.
    if (byte < 32 && !isWhite && byte !== 27) count++;
  }
  return count;
}

/**
 * Byte order of UTF-16 text, null if the bytes do not look like it: a byte-order mark, or zero bytes mostly at even or
 * mostly at odd positions.
 */
export function utf16Order(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = Math.min(head.length >> 1, 4096);
  if (pairs < 2) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < 2 * pairs; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const isLittle = odd > even;
  const [zeros, others] = isLittle ? [odd, even] : [even, odd];
  if (others > pairs * 0.02) return null;
  // Latin script, digits and separators have a zero high byte. Of other scripts only the latter have, but then line
  // ends stand where they must.
  const isText = zeros > pairs * 0.4 || (zeros > pairs * 0.04 && holdsLineEnds(head, pairs, isLittle));
  if (!isText) return null;
  return isLittle ? 'utf-16le' : 'utf-16be';
}

/** Whether many bytes that could end a line, and at least one, do so in UTF-16. */
function holdsLineEnds(head: Uint8Array, pairs: number, isLittle: boolean): boolean {
  let all = 0;
  let whole = 0;
  for (let i = 0; i < 2 * pairs; i++) {
    if (head[i] !== 10 && head[i] !== 13) continue;
    all++;
    if (isLittle ? i % 2 === 0 && head[i + 1] === 0 : i % 2 === 1 && head[i - 1] === 0) whole++;
  }
  return whole > 0 && whole >= all / 4;
}
