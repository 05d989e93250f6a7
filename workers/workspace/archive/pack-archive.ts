import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { UserError } from '../../../src/domain/errors';
import type { ArchiveRequest, FileId } from '../protocol';
import { MANIFEST, MAX_TEXT_BYTES, MAX_TEXTS_BYTES, type Part } from './manifest';

/** Bytes of a file that are packed at once. */
const STEP_BYTES = 4 << 20;
/** With the manifest, as many as are read of any archive. */
const MAX_PARTS = 60_000 - 1;
/** A ZIP archive without its 64-bit extension holds less than 4 GB. */
const MAX_BYTES = 0xffffffff - (1 << 26);
/** The first day that ZIP knows: the same content is the same archive. */
const DATE = new Date(1980, 0, 1);

/**
 * A ZIP archive of texts, which are deflated, and files, which are not unless they say so: weights hardly get smaller.
 * Its manifest comes first and has size and SHA-256 of each part.
 * @param read a file of the workspace
 * @param count told how many bytes are done of how many: each is hashed, then packed; what it throws ends the work
 * @throws UserError `export/failed` if it is more than a ZIP archive can hold, or would be read again
 */
export async function packArchive(
  { name, header, parts }: ArchiveRequest,
  read: (file: FileId) => Promise<File>,
  count: (done: number, all: number) => void = () => undefined,
): Promise<File> {
  const packed: Blob[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    // A Blob for each part lets the browser move the bytes out of the worker's heap.
    packed.push(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  });
  const contents = await Promise.all(
    parts.map(async (part) => ({
      path: part.path,
      isDeflated: 'text' in part || part.isDeflated === true,
      blob: 'text' in part ? new Blob([part.text]) : await read(part.file),
    })),
  );
  const total = contents.reduce((sum, { blob }) => sum + blob.size, 0);
  if (contents.length > MAX_PARTS || total > MAX_BYTES) {
    throw new UserError(
      'export/failed',
      `“${name}” would hold ${(total / 1e9).toFixed(1)} GB in ${contents.length.toLocaleString('en')} parts, and one file holds less than 4 GB in 60,000. Move some of it into another project, and export both.`,
    );
  }
  const texts = contents.filter((_, i) => 'text' in parts[i]!).map(({ blob }) => blob.size);
  if (
    texts.some((size) => size > MAX_TEXT_BYTES) ||
    texts.reduce((sum, size) => sum + size, 0) > MAX_TEXTS_BYTES
  )
    throw new UserError(
      'export/failed',
      `“${name}” would hold more records and reports than can be read again: 512 MB of texts at most, and 64 MB in one. Delete reports, or move some of it into another project, and export both.`,
    );
  let done = 0;
  const step = (bytes: Uint8Array) => {
    done += bytes.byteLength;
    count(done, 2 * total);
  };
  const listed: Part[] = [];
  for (const { path, blob } of contents) listed.push(await partOf(path, blob, step));
  const manifest = new Blob([JSON.stringify({ ...header, parts: listed }, null, 2)]);
  for (const { path, isDeflated, blob } of [
    { path: MANIFEST, isDeflated: true, blob: manifest },
    ...contents,
  ]) {
    const entry = isDeflated ? new ZipDeflate(path) : new ZipPassThrough(path);
    entry.mtime = DATE;
    zip.add(entry);
    for await (const bytes of steps(blob)) {
      entry.push(bytes);
      if (blob !== manifest) step(bytes);
    }
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  return new File(packed, name, { type: 'application/zip' });
}

async function partOf(path: string, blob: Blob, step: (bytes: Uint8Array) => void): Promise<Part> {
  const hash = sha256.create();
  for await (const bytes of steps(blob)) {
    hash.update(bytes);
    step(bytes);
  }
  return { path, bytes: blob.size, sha256: bytesToHex(hash.digest()) };
}

async function* steps(blob: Blob) {
  for (let from = 0; from < blob.size; from += STEP_BYTES) {
    yield new Uint8Array(await blob.slice(from, from + STEP_BYTES).arrayBuffer());
  }
}
