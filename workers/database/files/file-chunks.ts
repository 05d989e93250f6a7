import { UserError } from '../../../src/domain/errors';
import type { TextEncoding } from '../../../src/domain/sources';
import { textDecoder } from '../dialect/decode-text';
import { gunzip } from './gunzip';

export interface ReadOptions {
  readonly gzip: boolean;
  /** Called with the number of bytes of the file itself that have been read so far. */
  readonly onRead?: (bytes: number) => void;
  readonly chunkBytes?: number;
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * A file's unpacked bytes in chunks. One chunk of a few MB of the file is in memory at a time.
 * @throws UserError `source/unreadable` when the file cannot be read or its compression is damaged
 */
export function fileChunks(file: Blob, name: string, options: ReadOptions): AsyncGenerator<Uint8Array> {
  const size = options.chunkBytes ?? CHUNK_BYTES;
  const raw = rawChunks(file, name, size, options.onRead ?? (() => {}));
  return options.gzip ? gunzip(raw, name) : raw;
}

/** The same text as UTF-8 without a byte-order mark. */
export function toUtf8(
  source: AsyncGenerator<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<Uint8Array> {
  return encoding === 'utf-8' ? withoutBom(source) : recode(source, encoding);
}

async function* rawChunks(
  file: Blob,
  name: string,
  size: number,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < file.size; at += size) {
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await file.slice(at, at + size).arrayBuffer());
    } catch (cause) {
      throw new UserError(
        'source/unreadable',
        `“${name}” could not be read: it was moved, changed or locked since it was chosen, or it is a folder. Choose the file again.`,
        { details: { file: name }, cause },
      );
    }
    onRead(at + bytes.length);
    yield bytes;
  }
}

async function* withoutBom(source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const bytes of source) {
    const marked = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    first = false;
    yield marked ? bytes.subarray(3) : bytes;
  }
}

async function* recode(
  source: AsyncGenerator<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<Uint8Array> {
  const decoder = textDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const bytes of source) yield encoder.encode(decoder.decode(bytes));
  const rest = decoder.decode();
  if (rest !== '') yield encoder.encode(rest);
}
