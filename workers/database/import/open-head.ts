import { HEAD_BYTES } from '../dialect/detect';
import { concatenate } from '../files/concatenate';
import { fileChunks } from '../files/file-chunks';
import { assertDelimitedText, isGzip } from '../files/file-kind';

/** The first bytes of a file, unpacked. */
export interface FileHead {
  readonly gzip: boolean;
  readonly bytes: Uint8Array;
  /** True when these are all its bytes. */
  readonly complete: boolean;
}

/**
 * Reads the head of a file and refuses what is not delimited text.
 * @throws UserError `source/empty` or `source/unreadable`
 */
export async function openHead(file: File): Promise<FileHead> {
  const gzip = isGzip(await firstBytes(file.slice(0, 2), file.name, false));
  const bytes = await firstBytes(file, file.name, gzip);
  assertDelimitedText(file.name, bytes);
  return { gzip, bytes: bytes.subarray(0, HEAD_BYTES), complete: bytes.length <= HEAD_BYTES };
}

/** The first unpacked bytes of a file; more than HEAD_BYTES when there are more. */
async function firstBytes(file: Blob, name: string, gzip: boolean): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of fileChunks(file, name, { gzip, chunkBytes: HEAD_BYTES })) {
    parts.push(chunk);
    size += chunk.length;
    if (size > HEAD_BYTES) break;
  }
  return concatenate(parts, size);
}
