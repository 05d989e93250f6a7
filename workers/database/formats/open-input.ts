import { UserError } from '../../../src/domain/errors';
import type { FormatId, SourceFormat, TableChoice } from '../../../src/domain/sources';
import { fileChunks } from '../files/file-chunks';
import { chunksToFile } from './containers/unpacked-file';
import { type Content, HEAD_BYTES, recognise, refused } from './recognise';
import { unreadable } from './unreadable';

/** A file out of its containers. */
export interface Input {
  /** Of a compressed text, the compressed file: it is unpacked as it is read. */
  readonly file: File;
  readonly content: FormatId | 'text';
  /** Absent = the file as it came. */
  readonly container?: NonNullable<SourceFormat['container']>;
  /** Of an archive with several files, those that may be tables, and the one that was taken. */
  readonly entries?: readonly TableChoice[];
  readonly entry?: string;
}

/** An archive in an archive is unpacked, but not without end. */
const MAX_CONTAINERS = 3;

/**
 * Takes a file out of its containers and recognises it by its content.
 * @param entry path of the file of an archive; absent = the largest that may be a table
 * @throws UserError `source/unreadable`, `source/too-large`, `source/empty`, `not-found`
 */
export async function openInput(
  file: File,
  entry: string | undefined,
  checkpoint: () => void,
): Promise<Input> {
  let inner: Input = { file, content: 'text' };
  for (let depth = 0; depth < MAX_CONTAINERS; depth++) {
    checkpoint();
    const content = recognise(file.name, await headOf(inner.file));
    const next = await unpack(inner, content, file.name, entry, checkpoint);
    if ('content' in next) return next;
    inner = { ...inner, ...next };
  }
  throw refused(file.name, 'an archive of archives', 'Unpack it, and drop the table in it.');
}

async function headOf(file: File): Promise<Uint8Array> {
  for await (const bytes of fileChunks(file, file.name, { gzip: false, chunkBytes: HEAD_BYTES }))
    return bytes;
  return new Uint8Array(0);
}

/** What is in a container, or the input itself if it is none. */
async function unpack(
  input: Input,
  content: Content,
  name: string,
  entry: string | undefined,
  checkpoint: () => void,
): Promise<Input | Omit<Input, 'content'>> {
  const { file } = input;
  switch (content) {
    case 'gzip': {
      const chunks = () => fileChunks(file, name, { gzip: true, chunkBytes: HEAD_BYTES });
      const head = await firstOf(chunks());
      // Text is unpacked as it is read.
      if (recognise(name, head) === 'text') return { ...input, content: 'text' };
      const unpacked = await chunksToFile(fileChunks(file, name, { gzip: true }), {
        name,
        packed: file.size,
        checkpoint,
      });
      return { file: unpacked, container: 'gzip' };
    }
    case 'zstd': {
      const { unzstd } = await import('./containers/unzstd');
      const chunks = unzstd(fileChunks(file, name, { gzip: false }), name);
      return { file: await chunksToFile(chunks, { name, packed: file.size, checkpoint }), container: 'zstd' };
    }
    case 'zip': {
      const { listZip } = await import('./containers/zip-directory');
      const { officeKind, tableEntries } = await import('./containers/zip-entries');
      const listed = await listZip(file).catch((cause: unknown) => {
        throw unreadable(
          cause,
          name,
          'a ZIP archive',
          'Pack it again, or check that it was copied completely.',
        );
      });
      if (officeKind(name, listed) === 'xlsx') return { ...input, content: 'xlsx' };
      const candidates = tableEntries(listed);
      if (candidates.length === 0) {
        throw new UserError('source/empty', `“${name}” holds no file that could be a table.`, {
          details: { file: name },
        });
      }
      const chosen = entry === undefined ? candidates[0]! : candidates.find(({ path }) => path === entry);
      if (!chosen) {
        throw new UserError('not-found', `“${name}” has no file “${entry}” any more. Choose another one.`, {
          details: { file: name },
        });
      }
      const { storedFile, zipChunks } = await import('./containers/zip-directory');
      const size = { name, packed: chosen.packed, checkpoint };
      const unpacked =
        (await storedFile(file, name, chosen)) ?? (await chunksToFile(zipChunks(file, name, chosen), size));
      const entries = candidates
        .map(({ path }) => ({ name: path }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      return { file: unpacked, container: 'zip', ...(entries.length > 1 && { entries, entry: chosen.path }) };
    }
    default:
      return { ...input, content };
  }
}

async function firstOf(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  for await (const bytes of chunks) if (bytes.length > 0) return bytes.subarray(0, HEAD_BYTES);
  return new Uint8Array(0);
}
