import { Gunzip } from 'fflate';
import { UserError } from '../../../src/domain/errors';

/**
 * Unpacks gzip of any number of members (bgzip, `cat a.gz b.gz`; RFC 1952 §2.2), which the browsers' own decoder
 * refuses.
 * @throws UserError `source/unreadable` when the data is damaged, or whatever reading the file throws
 */
export async function* gunzip(
  source: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const stream = new Gunzip((chunk) => ready.push(chunk));
  const push = (bytes: Uint8Array, isLast: boolean) => {
    try {
      stream.push(bytes, isLast);
    } catch (cause) {
      throw new UserError(
        'source/unreadable',
        `“${name}” is not an intact gzip file: its end is missing or its data is damaged. Compress it again, or unpack it and drop the plain file.`,
        { details: { file: name }, cause },
      );
    }
    return ready.splice(0);
  };
  let isEmpty = true;
  for await (const bytes of source) {
    yield* push(bytes, false);
    isEmpty = false;
  }
  if (!isEmpty) yield* push(new Uint8Array(0), true);
}
