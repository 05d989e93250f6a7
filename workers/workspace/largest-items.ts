import { UserError } from '../../src/domain/errors';
import { nameOfRecord } from '../../src/domain/record-name';
import type { RecordKind } from '../../src/domain/records';
import type { StoredFile, StoredRecord } from './protocol';

/** So many are named. */
const NAMED = 3;
/** What goes when a record is deleted. */
const CONTENTS: Readonly<Partial<Record<RecordKind, string>>> = {
  source: 'the source',
  generator: 'the model of',
  'synthetic-dataset': 'the rows of',
  connector: 'the database of the connector',
};

/**
 * What takes most of the space and can be deleted, for a person whose storage is full.
 * @returns "The largest are the source “people.csv” (4.1 MB) and the rows of “people” (0.3 MB)."; empty if nothing is kept
 */
export function largestSentence(
  records: readonly Pick<StoredRecord, 'kind' | 'id' | 'value' | 'files'>[],
  files: readonly Pick<StoredFile, 'id' | 'bytes'>[],
): string {
  const bytesOf = new Map(files.map(({ id, bytes }) => [id, bytes]));
  const items = records
    // A report has no name of its own, and goes with its dataset.
    .filter(({ kind }) => kind !== 'report')
    .map(({ kind, id, value, files: named }) => ({
      words: [CONTENTS[kind], `“${nameOfRecord(value, id)}”`].filter(Boolean).join(' '),
      bytes: named.reduce((sum, file) => sum + (bytesOf.get(file) ?? 0), 0),
    }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, NAMED)
    .map(({ words, bytes }) => `${words} (${inMegabytes(bytes)})`);
  if (items.length === 0) return '';
  const list = new Intl.ListFormat('en', { type: 'conjunction' }).format(items);
  return `The largest ${items.length === 1 ? 'is' : 'are'} ${list}.`;
}

/** An error that says that storage is full, with what can be deleted; any other as it is. */
export async function withLargest(error: unknown, sentence: () => Promise<string>): Promise<unknown> {
  if (!(error instanceof UserError) || error.code !== 'storage/full') return error;
  const largest = await sentence().catch(() => '');
  return largest === '' ? error : new UserError(error.code, `${error.message} ${largest}`, { cause: error });
}

function inMegabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
