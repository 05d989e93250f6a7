import { Inflate } from 'fflate';
import { UserError } from '../../../../src/domain/errors';
import { refused } from '../recognise';

/** A file of a ZIP archive. */
export interface ZipEntry {
  readonly path: string;
  /** Bytes in the archive, and unpacked as it says. */
  readonly packed: number;
  readonly unpacked: number;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Of its local header. */
  readonly offset: number;
}

const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const MAX_DIRECTORY_BYTES = 32 * 2 ** 20;
const CHUNK_BYTES = 1 << 20;
const LOCAL_BYTES = 30;

/**
 * The files of a ZIP archive, from its directory (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, §4.3).
 * @throws Error if there is none
 */
export async function listZip(file: Blob): Promise<ZipEntry[]> {
  const tailFrom = Math.max(0, file.size - END_BYTES - MAX_COMMENT);
  const tail = await viewOf(file, tailFrom, file.size);
  let end = tail.byteLength - END_BYTES;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error('its directory is missing');
  let size = tail.getUint32(end + 12, true);
  let at = tail.getUint32(end + 16, true);
  // Zip64: the locator stands right before.
  if (
    (at === 0xffffffff || size === 0xffffffff) &&
    end >= 20 &&
    tail.getUint32(end - 20, true) === 0x07064b50
  ) {
    const wide = Number(tail.getBigUint64(end - 12, true));
    const record = await viewOf(file, wide, wide + 56);
    if (record.getUint32(0, true) !== 0x06064b50) throw new Error('its directory is damaged');
    size = Number(record.getBigUint64(40, true));
    at = Number(record.getBigUint64(48, true));
  }
  if (at + size > file.size || size > MAX_DIRECTORY_BYTES) throw new Error('its directory is damaged');
  return readDirectory(await viewOf(file, at, at + size));
}

function readDirectory(view: DataView): ZipEntry[] {
  const entries: ZipEntry[] = [];
  const bytes = new Uint8Array(view.buffer);
  for (let at = 0; at + 46 <= view.byteLength; ) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error('its directory is damaged');
    const flags = view.getUint16(at + 8, true);
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    // Without the mark, names are in a code page of old: Latin letters come out right.
    const encoding =
      flags & 0x800 ? 'utf-8' : isUtf8(bytes.subarray(at + 46, nameEnd)) ? 'utf-8' : 'windows-1252';
    const sizes = {
      unpacked: view.getUint32(at + 24, true),
      packed: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    };
    readWideSizes(view, nameEnd, extraEnd, sizes);
    entries.push({
      path: new TextDecoder(encoding).decode(bytes.subarray(at + 46, nameEnd)),
      method: view.getUint16(at + 10, true),
      isEncrypted: (flags & 1) === 1,
      ...sizes,
    });
    at = extraEnd + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Sizes beyond 4 GB stand in an extra field, each that did not fit, in this order. */
function readWideSizes(
  view: DataView,
  from: number,
  to: number,
  sizes: { unpacked: number; packed: number; offset: number },
): void {
  for (let at = from; at + 4 <= to; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      let next = at + 4;
      for (const key of ['unpacked', 'packed', 'offset'] as const) {
        if (sizes[key] !== 0xffffffff || next + 8 > view.byteLength) continue;
        sizes[key] = Number(view.getBigUint64(next, true));
        next += 8;
      }
    }
    at += 4 + length;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

async function viewOf(file: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await file.slice(from, to).arrayBuffer());
}

/**
 * The unpacked bytes of an entry.
 * @throws UserError `source/unreadable` if it is encrypted, packed in another way than deflate, or damaged
 */
export async function* zipChunks(file: Blob, name: string, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted) {
    throw refused(name, 'protected by a password', 'Unpack it, and drop the file in it.');
  }
  if (entry.method !== 0 && entry.method !== 8) {
    throw refused(
      name,
      `packed in a way of its own (${entry.method})`,
      'Pack it as usual (deflate), or unpack it.',
    );
  }
  const { begin, end } = await packedRange(file, name, entry);
  const ready: Uint8Array[] = [];
  let isOver = false;
  const inflate = new Inflate((bytes, isLast) => {
    ready.push(bytes);
    isOver ||= isLast;
  });
  let size = 0;
  for (let at = begin; at < end; at += CHUNK_BYTES) {
    const bytes = new Uint8Array(await file.slice(at, Math.min(end, at + CHUNK_BYTES)).arrayBuffer());
    if (entry.method === 0) ready.push(bytes);
    else {
      try {
        if (!isOver) inflate.push(bytes, at + CHUNK_BYTES >= end);
      } catch (cause) {
        throw damaged(name, cause);
      }
    }
    for (const chunk of ready.splice(0)) {
      size += chunk.length;
      yield chunk;
    }
  }
  if (size !== entry.unpacked) throw damaged(name);
}

/** Where the packed bytes of an entry stand in its archive. */
async function packedRange(
  file: Blob,
  name: string,
  entry: ZipEntry,
): Promise<{ begin: number; end: number }> {
  const local = await viewOf(file, entry.offset, entry.offset + LOCAL_BYTES);
  if (local.byteLength < LOCAL_BYTES || local.getUint32(0, true) !== 0x04034b50) throw damaged(name);
  const begin = entry.offset + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
  const end = begin + entry.packed;
  if (end > file.size) throw damaged(name);
  return { begin, end };
}

/**
 * An entry that stands in its archive as it is, without a copy of it; null for one that is packed or encrypted.
 * @throws UserError `source/unreadable` if it is damaged
 */
export async function storedFile(file: Blob, name: string, entry: ZipEntry): Promise<File | null> {
  if (entry.method !== 0 || entry.isEncrypted) return null;
  if (entry.packed !== entry.unpacked) throw damaged(name);
  const { begin, end } = await packedRange(file, name, entry);
  return new File([file.slice(begin, end)], name);
}

function damaged(name: string, cause?: unknown): UserError {
  return new UserError(
    'source/unreadable',
    `“${name}” is not an intact ZIP archive: its end is missing or its data is damaged. Pack it again, or unpack it and drop the plain file.`,
    { details: { file: name }, cause },
  );
}
