import type { PutRecord, StoredRecord } from './protocol';

/**
 * What a change makes of a record: the fields that it names are changed, the others stay as whoever wrote last left
 * them. A record of another form is replaced whole.
 */
export function mergeChange(
  before: Pick<StoredRecord, 'version' | 'value' | 'files'> | undefined,
  { version, value, files, changed }: Omit<PutRecord, 'isNew'>,
): Pick<StoredRecord, 'value' | 'files'> {
  if (!changed || before?.version !== version || !isObject(before.value) || !isObject(value))
    return { value, files };
  const merged: Record<string, unknown> = { ...before.value };
  for (const name of changed) {
    if (name in value) merged[name] = value[name];
    else delete merged[name];
  }
  // Either may have changed files.
  const text = JSON.stringify(merged);
  const named = [...new Set([...before.files, ...files])];
  return { value: merged, files: named.filter((file) => text.includes(JSON.stringify(file))) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
