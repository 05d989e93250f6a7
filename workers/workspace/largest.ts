import { UserError } from '../../src/domain/errors';
import { nameOfRecord } from '../../src/domain/records';
import type { RecordStore } from './records';

/** Items that a sentence names. */
const MAX_NAMED = 3;

/**
 * The same error with the items that would give most space, where the browser gives no more.
 * @param error anything; what is not `storage/full` is as it was
 */
export async function withLargest(error: unknown, records: RecordStore): Promise<unknown> {
  if (!(error instanceof UserError) || error.code !== 'storage/full') return error;
  const largest = await largestItems(records).catch(() => []);
  if (largest.length === 0) return error;
  const named = largest.map(({ kind, name, bytes }) => `“${name}” (${kind}, ${inMegabytes(bytes)})`);
  return new UserError('storage/full', `${error.message} The largest: ${named.join(', ')}.`, {
    details: { ...error.details },
    cause: error.cause,
  });
}

/** What can be deleted, with the bytes of its files, the largest first. */
async function largestItems(records: RecordStore) {
  const sizes = new Map((await records.files()).map(({ id, bytes }) => [id, bytes]));
  return (await records.all())
    .map(({ kind, id, files, value }) => ({
      kind: kind.replaceAll('-', ' '),
      name: nameOfRecord(value, id).slice(0, 80),
      bytes: files.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0),
    }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, MAX_NAMED);
}

function inMegabytes(bytes: number): string {
  return bytes < 1e5 ? 'less than 0.1 MB' : `${(bytes / 1e6).toFixed(1)} MB`;
}
