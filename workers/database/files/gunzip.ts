import { Gunzip } from 'fflate';
import { UserError } from '../../../src/domain/errors';
import { concatenate } from './concatenate';

type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>>;

/**
 * Unpacks gzip with the browser's own decoder. That one refuses files of several members (bgzip, `cat a.gz b.gz`),
 * which gzip itself allows (RFC 1952 §2.2): then the file is read again by fflate, from where the first one stopped.
 *
 * @param open starts reading the packed bytes from the beginning
 * @param chunkBytes least size of the chunks yielded, but for the last
 * @throws UserError `source/unreadable` when the data is damaged, or whatever reading the file throws
 */
export async function* gunzip(
  open: () => Chunks,
  name: string,
  chunkBytes: number,
): AsyncGenerator<Uint8Array> {
  let yielded = 0;
  try {
    for await (const chunk of nativeChunks(open(), chunkBytes)) {
      yield chunk;
      yielded += chunk.length;
    }
    return;
  } catch (error) {
    if (error instanceof UserError) throw error;
  }
  yield* afterFirst(memberChunks(open(), name), yielded);
}

async function* nativeChunks(source: Chunks, chunkBytes: number): AsyncGenerator<Uint8Array> {
  let sourceError: unknown = null;
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const { done, value } = await source.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        sourceError = error;
        controller.error(error);
      }
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (value) {
        parts.push(value);
        size += value.length;
      }
      if (size >= chunkBytes || (done && size > 0)) {
        yield concatenate(parts, size);
        parts.length = 0;
        size = 0;
      }
      if (done) return;
    }
  } catch (error) {
    throw sourceError ?? error;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Any number of gzip members, one after the other. */
export async function* memberChunks(source: Chunks, name: string): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const stream = new Gunzip((chunk) => ready.push(chunk));
  let pushed = false;
  try {
    for await (const bytes of source) {
      stream.push(bytes);
      pushed = true;
      while (ready.length > 0) yield ready.shift()!;
    }
    if (pushed) stream.push(new Uint8Array(0), true);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      'source/unreadable',
      `“${name}” is not an intact gzip file: its end is missing or its data is damaged. Compress it again, or unpack it and drop the plain file.`,
      { details: { file: name }, cause },
    );
  }
  while (ready.length > 0) yield ready.shift()!;
}

/** What follows the first `skip` bytes. */
async function* afterFirst(source: AsyncGenerator<Uint8Array>, skip: number): AsyncGenerator<Uint8Array> {
  let left = skip;
  for await (const chunk of source) {
    if (chunk.length > left) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
