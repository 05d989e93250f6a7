import type { RandomStream } from '../../../../src/domain/random';
import type { Change } from './bytes';
import { pick } from './markup';
import { withExtreme } from './numbers';

/** Numbers of the header, as [position, bytes] (https://www.sqlite.org/fileformat.html, 1.3). */
const HEADER: readonly (readonly [number, 1 | 2 | 4])[] = [
  [16, 2],
  [18, 1],
  [19, 1],
  [20, 1],
  [21, 1],
  [28, 4],
  [32, 4],
  [36, 4],
  [40, 4],
  [44, 4],
  [52, 4],
  [56, 4],
  [64, 4],
];
/** Words of the schema, as long as those they stand for: every position stays. */
const WORDS: readonly (readonly [string, readonly string[]])[] = [
  ['INTEGER', ['VARCHAR', 'BOOLEAN', 'DATE   ', 'BLOB(9)', '       ']],
  ['TEXT', ['REAL', 'BLOB', 'DATE', ',,,,', '((((']],
  ['CREATE TABLE', ['CREATE VIEW ', 'CREATE INDEX']],
  ['PRIMARY KEY', ['NOT NULL   ', 'UNIQUE     ']],
  ['SELECT', ['DELETE', 'select']],
];

const headerNumber: Change = (bytes, random) => {
  const [at, width] = HEADER[random.below(HEADER.length)]!;
  return withExtreme(bytes, at, width, random, false);
};

/** Of a page: its kind, free blocks, cells, where they begin, the last page below it, and where each cell is. */
const pageNumber: Change = (bytes, random) => {
  const page = pageOf(bytes, random);
  if (page === null) return bytes;
  const offsets = [
    [0, 1],
    [1, 2],
    [3, 2],
    [5, 2],
    [7, 1],
    [8, 4],
    [8 + 2 * random.below(20), 2],
  ] as const;
  const [offset, width] = offsets[random.below(offsets.length)]!;
  return withExtreme(bytes, page + offset, width, random, false);
};

/** In a cell: length of its payload, number of its row, types of its values. */
const cellNumber: Change = (bytes, random) => {
  const page = pageOf(bytes, random);
  if (page === null) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cells = Math.min(view.getUint16(page + 3), 40);
  const pointer = page + 8 + 2 * random.below(Math.max(1, cells));
  if (pointer + 2 > bytes.length) return bytes;
  const size = pageSize(view);
  const at = Math.floor(page / size) * size + view.getUint16(pointer) + random.below(12);
  if (at >= bytes.length) return bytes;
  const copy = bytes.slice();
  copy[at] = pick([0, 1, 127, 128, 129, 255, random.below(256)], random);
  return copy;
};

const schemaWord = onText8((text, random) => {
  const [word, others] = pick(WORDS, random);
  const found = [...text.matchAll(new RegExp(word, 'g'))];
  if (found.length === 0) return text;
  const { index } = pick(found, random);
  return text.slice(0, index) + pick(others, random) + text.slice(index + word.length);
});

/** Header, pages, cells and schema of SQLite databases. */
export const SQLITE_CHANGES: readonly Change[] = [
  headerNumber,
  pageNumber,
  pageNumber,
  cellNumber,
  schemaWord,
];

function pageSize(view: DataView): number {
  const size = view.getUint16(16);
  return size === 1 ? 65_536 : Math.max(512, size);
}

/** Where the header of some page begins. */
function pageOf(bytes: Uint8Array, random: RandomStream): number | null {
  if (bytes.length < 1_024) return null;
  const size = pageSize(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const page = random.below(Math.max(1, Math.floor(bytes.length / size)));
  const at = page * size + (page === 0 ? 100 : 0);
  return at + 40 < bytes.length ? at : null;
}

/** A change of a text with a character for each byte. */
function onText8(change: (text: string, random: RandomStream) => string): Change {
  return (bytes, random) => {
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    return Uint8Array.from(change(text, random), (char) => char.charCodeAt(0));
  };
}
