import { ALL_ROWS } from '../../src/domain/split';
import type { EvaluateRequest } from './protocol';
import type { ColumnSource } from './read-sets';
import { keyUniqueness } from './sdmetrics/constraint-scores';

/** Share of synthetic rows whose key no earlier row has; null if there is no key, or the synthetic table lacks a column of it. */
export async function readKey(
  { keyColumns = [], synthetic, syntheticTableId }: EvaluateRequest,
  source: ColumnSource,
): Promise<number | null> {
  if (keyColumns.length === 0) return null;
  const names = keyColumns.map((name) => synthetic?.names[name] ?? name);
  const known = new Set((await source.describe(syntheticTableId)).columns.map(({ name }) => name));
  if (!names.every((name) => known.has(name))) return null;
  const columns = [];
  for (const name of names) {
    const [data] = await source.readParts(syntheticTableId, name, [ALL_ROWS]);
    columns.push(data!);
  }
  return keyUniqueness(columns);
}
