import { UserError } from '../../../../src/domain/errors';

/** What a container may unpack to, in bytes. */
const MAX_UNPACKED = 2 * 2 ** 30;
/** From so many bytes on, … */
const SUSPICIOUS_BYTES = 64 * 2 ** 20;
/** … more than so many for each packed one are no table: tables pack to a twentieth, few to a hundredth. */
const MAX_RATIO = 300;

/**
 * Collects unpacked bytes as a file of the same name. Browsers may keep its parts outside of memory.
 * @throws UserError `source/too-large` beyond 2 GB, or where little unpacks to very much
 */
export async function chunksToFile(
  chunks: AsyncIterable<Uint8Array>,
  {
    name,
    packed,
    checkpoint,
  }: { readonly name: string; readonly packed: number; readonly checkpoint: () => void },
): Promise<File> {
  const parts: Blob[] = [];
  let size = 0;
  for await (const bytes of chunks) {
    checkpoint();
    size += bytes.length;
    if (size > MAX_UNPACKED || (size > SUSPICIOUS_BYTES && size > MAX_RATIO * packed)) {
      throw new UserError(
        'source/too-large',
        size > MAX_UNPACKED
          ? `“${name}” unpacks to more than 2 GB, which is the most that can be read. Unpack it, and drop the file in it.`
          : `“${name}” unpacks to more than ${MAX_RATIO} times its size, as no table does. Unpack it, and look what is in it.`,
        { details: { file: name } },
      );
    }
    parts.push(new Blob([bytes as BlobPart]));
  }
  return new File(parts, name);
}
