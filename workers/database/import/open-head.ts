import { concatBytes } from '@noble/hashes/utils.js';
import { fileChunks } from '../files/file-chunks';
import { assertDelimitedText, isGzip } from '../files/file-kind';
import { assertNoJson } from '../files/json-text';

/** The first bytes of a file, unpacked. */
export interface FileHead {
  readonly gzip: boolean;
  readonly bytes: Uint8Array;
  /** True when these are all its bytes. */
  readonly complete: boolean;
}

/** Part of a file from which its dialect is told. */
const HEAD_BYTES = 256 * 1024;
/** More is read while there are fewer lines than this, … */
const HEAD_LINES = 20;
/** … up to here: names and cells may be very long. */
const MAX_HEAD_BYTES = 8 * 1024 * 1024;

/**
 * Reads the head of a file and refuses what is not delimited text.
 * @throws UserError `source/empty` or `source/unreadable`
 */
export async function openHead(file: File): Promise<FileHead> {
  const magic = await firstBytes(file.slice(0, 2), file.name, false);
  const gzip = isGzip(magic.bytes);
  const head = await firstBytes(file, file.name, gzip);
  assertDelimitedText(file.name, head.bytes);
  assertNoJson(file.name, head.bytes);
  return { gzip, ...head };
}

async function firstBytes(
  file: Blob,
  name: string,
  gzip: boolean,
): Promise<{ bytes: Uint8Array; complete: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let lines = 0;
  for await (const chunk of fileChunks(file, name, { gzip, chunkBytes: HEAD_BYTES })) {
    // A further chunk shows that the file goes on.
    if (size >= MAX_HEAD_BYTES || (size >= HEAD_BYTES && lines >= HEAD_LINES)) {
      return { bytes: concatBytes(...parts), complete: false };
    }
    parts.push(chunk);
    size += chunk.length;
    for (const byte of chunk) if (byte === 10 || byte === 13) lines++;
  }
  return { bytes: concatBytes(...parts), complete: true };
}
