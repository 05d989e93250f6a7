import type { RandomStream } from '../../../../src/domain/random';
import { type Change, spliced } from './bytes';
import { extreme, withExtreme } from './numbers';

/** Length of the footer and magic at the end of a file. */
const TAIL = 8;
const VARINT_BYTES = 10;

/**
 * Numbers of the footer, in Thrift's compact protocol, of any length: the footer's length follows, so that the rest is
 * read as it was.
 */
const footerNumber: Change = (bytes, random) => {
  const begin = footerAt(bytes);
  if (begin === null) return bytes;
  const at = begin + random.below(bytes.length - TAIL - begin);
  const end = varintEnd(bytes, at);
  return resized(spliced(bytes, at, end - at, varint(random)), bytes.length);
};

/** A byte of the footer: types of fields, lengths of lists, … */
const footerByte: Change = (bytes, random) => {
  const begin = footerAt(bytes);
  if (begin === null) return bytes;
  const copy = bytes.slice();
  copy[begin + random.below(bytes.length - TAIL - begin)] = random.below(256);
  return copy;
};

/** A slice of the footer left out or doubled. */
const footerSlice: Change = (bytes, random) => {
  const begin = footerAt(bytes);
  if (begin === null) return bytes;
  const at = begin + random.below(bytes.length - TAIL - begin);
  const length = Math.min(1 + random.below(40), bytes.length - TAIL - at);
  const changed =
    random.below(2) === 0
      ? spliced(bytes, at, length, new Uint8Array(0))
      : spliced(bytes, at, 0, bytes.slice(at, at + length));
  return resized(changed, bytes.length);
};

/** A number in the headers of pages and in their levels, of the same length. */
const pageNumber: Change = (bytes, random) => {
  const end = footerAt(bytes) ?? bytes.length;
  if (end <= 4) return bytes;
  const copy = bytes.slice();
  const at = 4 + random.below(end - 4);
  const last = Math.min(varintEnd(bytes, at), end);
  for (let i = at; i < last; i++) copy[i] = (random.below(2) === 0 ? 0x7f : random.below(128)) | 128;
  copy[last - 1]! &= random.below(128);
  return copy;
};

const footerLength: Change = (bytes, random) => withExtreme(bytes, bytes.length - TAIL, 4, random);

/** Numbers in the metadata and the pages of Parquet files. */
export const PARQUET_CHANGES: readonly Change[] = [
  footerNumber,
  footerNumber,
  footerByte,
  footerSlice,
  pageNumber,
  pageNumber,
  footerLength,
];

function footerAt(bytes: Uint8Array): number | null {
  if (bytes.length < TAIL + 5) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - TAIL, true);
  const begin = bytes.length - TAIL - length;
  return begin > 4 && begin < bytes.length - TAIL ? begin : null;
}

/** The file with the length of its footer as it is now. */
function resized(bytes: Uint8Array, before: number): Uint8Array {
  if (bytes.length < TAIL) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = bytes.length - TAIL;
  view.setUint32(at, (view.getUint32(at, true) + bytes.length - before) >>> 0, true);
  return bytes;
}

function varintEnd(bytes: Uint8Array, from: number): number {
  let end = from;
  while (end < bytes.length - 1 && end - from < VARINT_BYTES && bytes[end]! >= 128) end++;
  return end + 1;
}

/** An extreme number in groups of seven bits, zigzag or not. */
function varint(random: RandomStream): Uint8Array {
  const number = extreme(BigInt(random.below(1_000)), random.below(10_000), random);
  const zigzag = random.below(3) === 0 ? number : number >= 0n ? number << 1n : (-number << 1n) - 1n;
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, zigzag); ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}
