import { Zip, ZipPassThrough } from 'fflate';
import { UserError } from '../../../src/domain/errors';

/** Bytes that are read at once, for their checksum. */
const STEP_BYTES = 4 << 20;
/** A ZIP archive without its 64-bit extension holds less than 4 GB, in so many files. */
const MAX_BYTES = 0xffffffff - (1 << 26);
const MAX_FILES = 60_000;
/** The first day that ZIP knows: the same content is the same archive. */
const DATE = new Date(1980, 0, 1);

/**
 * A ZIP archive of files as they are. Their bytes are read once, for the checksums, and not copied: the archive refers to
 * the files.
 * @throws UserError `source/too-large`
 */
export async function packFiles(
  name: string,
  files: readonly { readonly path: string; readonly file: File }[],
): Promise<File> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length > MAX_FILES || total > MAX_BYTES) {
    throw new UserError(
      'source/too-large',
      `${files.length.toLocaleString('en')} files of ${(total / 1e9).toFixed(1)} GB are more than one table is read of: less than 4 GB together. Take some of them.`,
    );
  }
  const parts: Blob[] = [];
  /** The bytes that are being packed, and where they stand in their file. */
  let current: { readonly bytes: Uint8Array; readonly slice: Blob } | null = null;
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    parts.push(bytes === current?.bytes ? current.slice : new Blob([bytes as Uint8Array<ArrayBuffer>]));
  });
  for (const { path, file } of files) {
    const entry = new ZipPassThrough(path);
    entry.mtime = DATE;
    zip.add(entry);
    for (let from = 0; from < file.size; from += STEP_BYTES) {
      const slice = file.slice(from, from + STEP_BYTES);
      const bytes = new Uint8Array(await slice.arrayBuffer());
      current = { bytes, slice };
      entry.push(bytes);
    }
    current = null;
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  return new File(parts, name, { type: 'application/zip' });
}
