import { UserError } from '../../../src/domain/errors';
import type { FormatId } from '../../../src/domain/sources';
import { setText } from './set-text/recognise-set-text';

/** What a file is by its first bytes; `text` = nothing else, so perhaps delimited text. */
export type Content = FormatId | 'zip' | 'gzip' | 'zstd' | 'text';

/** Bytes from which the content is told. */
export const HEAD_BYTES = 64 * 1024;

const SIGNATURES: readonly (readonly [string, Content])[] = [
  ['PK\x03\x04', 'zip'],
  // An archive without files.
  ['PK\x05\x06', 'zip'],
  ['\x1f\x8b', 'gzip'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
  ['PAR1', 'parquet'],
  ['SQLite format 3\0', 'sqlite'],
  ['ARROW1', 'arrow'],
  // A stream: the mark of a message, then its length, in whose highest byte no file has a bit set.
  ['\xff\xff\xff\xff', 'arrow'],
];

/** Formats that are known and not read. */
const REFUSED: readonly {
  readonly bytes: string;
  readonly what: string;
  readonly advice: string;
}[] = [
  { bytes: 'PARE', what: 'an encrypted Parquet file', advice: 'Write it without encryption.' },
  { bytes: 'FEA1', what: 'a Feather file of version 1', advice: 'Write it as version 2, or as Parquet.' },
];

/** Texts that hold no table, whatever their name says. */
const NO_TABLES: readonly { readonly begin: RegExp; readonly what: string; readonly advice: string }[] = [
  {
    begin: /^\s*<(!doctype\s+html|html|head|body)[\s>]/i,
    what: 'a web page (HTML)',
    advice: 'Download the table itself instead of the page that shows it.',
  },
  { begin: /^\s*<\?xml\s/i, what: 'an XML file', advice: 'Save the table as CSV.' },
  {
    begin: /^version https:\/\/git-lfs\.github\.com\/spec\//,
    what: 'a pointer to a file in Git LFS, without its rows',
    advice: 'Fetch the file itself, for example with “git lfs pull”.',
  },
];

/**
 * Recognises a file by its content, whatever its name says.
 * @throws UserError `source/unreadable` for formats that are known and not read
 */
export function recognise(name: string, head: Uint8Array): Content {
  const begins = (bytes: string, at = 0) =>
    head.length >= at + bytes.length &&
    Array.from(bytes).every((mark, i) => head[at + i] === mark.charCodeAt(0));
  for (const { bytes, what, advice } of REFUSED) {
    if (begins(bytes)) throw refused(name, what, advice);
  }
  const known = SIGNATURES.find(([bytes]) => begins(bytes));
  if (known?.[0] === '\xff\xff\xff\xff' && !((head[7] ?? 255) === 0 && head.length > 8)) return 'text';
  if (known) return known[1];
  // Then the version of the storage as a number of 8 bytes, which no text has (https://duckdb.org/docs/internals/storage).
  if (begins('DUCK', 8) && begins('\0\0\0\0\0\0', 14)) return 'duckdb';
  if (begins('\xff\xfe\0\0') || begins('\0\0\xfe\xff'))
    throw refused(name, 'text in UTF-32', 'Save it as UTF-8.');
  const text = decode(head.subarray(0, 4096));
  const none = NO_TABLES.find(({ begin }) => begin.test(text));
  if (none) throw refused(name, none.what, none.advice);
  return jsonKind(head) ?? setText(head) ?? 'text';
}

export function refused(name: string, what: string, advice: string): UserError {
  return new UserError('source/unreadable', `“${name}” is ${what}, which cannot be read here. ${advice}`, {
    details: { file: name },
  });
}

/**
 * `jsonl` for records one after the other, mostly one a line; `json` for a single array or object; null for what is no
 * JSON.
 */
function jsonKind(head: Uint8Array): 'json' | 'jsonl' | null {
  const text = decode(head).trimStart();
  if (!/^[[{]/.test(text)) return null;
  const end = text.indexOf('\n');
  const first = (end < 0 ? text : text.slice(0, end)).trim();
  const isWhole = isJson(first);
  if (isWhole && end >= 0) {
    const rest = text.slice(end).trimStart();
    if (rest !== '') return /^[[{]/.test(rest) ? 'jsonl' : null;
    return first.startsWith('{') ? 'jsonl' : 'json';
  }
  if (isWhole) return 'json';
  if (text.startsWith('{')) return /^\{\s*("(?:[^"\\]|\\.){0,1000}"\s*:|\})/.test(text) ? 'json' : null;
  // A first cell may be in brackets, too: [id],[name].
  return /^\[\s*(\{\s*("|\})|\[\s*(["\d\-\]]|null|true|false|NaN)|["\d-][^\n]*\n\s*["\d\-tfn]|\])/.test(text)
    ? 'json'
    : null;
}

function decode(head: Uint8Array): string {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(head);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
