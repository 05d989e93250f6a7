import { UserError } from '../../../src/domain/errors';

/** What other formats begin with, and what to say about them. */
const SIGNATURES: readonly { bytes: readonly number[]; what: string; advice: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'a ZIP archive or an Excel workbook (.xlsx)',
    advice: 'Unpack it, or save the sheet as CSV, and drop that file.',
  },
  {
    bytes: [0x50, 0x41, 0x52, 0x31],
    what: 'a Parquet file',
    advice: 'Parquet is written here, but not read yet: convert it to CSV.',
  },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    what: 'an old Excel or Office file (.xls)',
    advice: 'Save the sheet as CSV and drop that file.',
  },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document', advice: 'Export the table as CSV.' },
  {
    bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65],
    what: 'an SQLite database',
    advice: 'Export the table as CSV.',
  },
  { bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], what: 'an Arrow file', advice: 'Convert it to CSV.' },
  {
    bytes: [0x28, 0xb5, 0x2f, 0xfd],
    what: 'a Zstandard archive',
    advice: 'Unpack it, or compress it with gzip instead.',
  },
  {
    bytes: [0x42, 0x5a, 0x68],
    what: 'a bzip2 archive',
    advice: 'Unpack it, or compress it with gzip instead.',
  },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'an xz archive', advice: 'Unpack it, or use gzip instead.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG image', advice: 'Drop a CSV or TSV file.' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG image', advice: 'Drop a CSV or TSV file.' },
];

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
    throw new UserError('source/empty', `“${name}” is empty. A CSV or TSV file with rows was expected.`, {
      details,
    });
  }
  const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if (known) {
    throw new UserError(
      'source/unreadable',
      `“${name}” is ${known.what}; a CSV or TSV file (plain or .gz) was expected. ${known.advice}`,
      { details },
    );
  }
  const control = countControlBytes(head);
  if (!utf16Order(head) && control > head.length * 0.01) {
    throw new UserError(
      'source/unreadable',
      `“${name}” is not text: ${control} of its first ${head.length} bytes are control characters. A CSV or TSV file (plain or .gz) was expected.`,
      { details },
    );
  }
}

function countControlBytes(head: Uint8Array): number {
  let count = 0;
  for (const byte of head) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) count++;
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
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  // Latin script, digits and separators have a zero high byte; a table without any is not expected.
  if (odd > pairs * 0.4 && even < pairs * 0.02) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.02) return 'utf-16be';
  return null;
}
