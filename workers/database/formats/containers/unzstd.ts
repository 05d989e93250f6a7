import { Decompress } from 'fzstd';
import { UserError } from '../../../../src/domain/errors';
import { ZstdFrames } from './zstd-frames';

/** What other decoders take by default, too (https://www.rfc-editor.org/rfc/rfc8878, §3.1.1.1.2). */
const MAX_WINDOW = 128 * 2 ** 20;

/**
 * Unpacks Zstandard.
 * @throws UserError `source/unreadable` when the data is damaged, `source/too-large` when it needs more memory than it may
 */
export async function* unzstd(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const stream = new Decompress((bytes) => ready.push(bytes));
  const frames = new ZstdFrames();
  const push = (bytes: Uint8Array, isLast: boolean) => {
    try {
      if (frames.largestWindow(bytes) > MAX_WINDOW) throw tooLarge(name);
      stream.push(bytes, isLast);
    } catch (cause) {
      if (cause instanceof UserError) throw cause;
      throw new UserError(
        'source/unreadable',
        `“${name}” is not an intact Zstandard file: its end is missing or its data is damaged. Compress it again, or unpack it and drop the plain file.`,
        { details: { file: name }, cause },
      );
    }
    return ready.splice(0);
  };
  for await (const bytes of source) yield* push(bytes, false);
  yield* push(new Uint8Array(0), true);
}

function tooLarge(name: string): UserError {
  return new UserError(
    'source/too-large',
    `“${name}” was compressed with a window of more than 128 MB. Compress it again without “--long” and “--ultra”.`,
    { details: { file: name } },
  );
}
