import type { TextEncoding } from '../../../src/domain/sources';
import { surveyEncoding } from '../dialect/encoding';
import { fileChunks } from '../files/file-chunks';
import type { FileHead } from './open-head';

/**
 * Encoding by the whole file, for a preview too, so that it shows what the import decides. An import is told while it reads
 * on that what begins as UTF-8 goes on otherwise.
 */
export async function encodingOf(
  file: File,
  head: FileHead,
  { headOnly, checkpoint }: { readonly headOnly: boolean; readonly checkpoint: () => void },
): Promise<TextEncoding> {
  const ofFile = () => surveyEncoding(allChunks(file, head, checkpoint));
  if (headOnly && !head.complete) return ofFile();
  const byHead = await surveyEncoding(only(head.bytes));
  return head.complete || byHead === 'utf-8' ? byHead : ofFile();
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The bytes of a file, unpacked, from the start. */
export async function* allChunks(
  file: File,
  head: FileHead,
  checkpoint: () => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of fileChunks(file, file.name, { gzip: head.gzip })) {
    checkpoint();
    yield chunk;
  }
}
