import { tableFromIPC } from '@uwdata/flechette';
import type { ColumnData, NumberColumn, TextColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { isNull, type RawBatch } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { ByteDictionary } from './byte-dictionary';

/**
 * Some rows of one column of a typed table as `ColumnData`, one entry a part.
 * @param parts ascending row numbers, null for all
 */
export async function readParts(
  sql: SqlEngine,
  table: string,
  index: number,
  type: StorageType,
  parts: readonly (Uint32Array | null)[],
): Promise<ColumnData[]> {
  const ipc = await sql.query(`SELECT ${selectExpression(index, type)} AS v FROM ${table}`);
  const column = tableFromIPC(ipc).children[0];
  const batches = (column?.data ?? []) as unknown as RawBatch[];
  const isText = type === 'text' || type === 'boolean';
  return parts.map((rows) => (isText ? textColumn(batches, rows) : numberColumn(batches, rows)));
}

function selectExpression(index: number, type: StorageType): string {
  const id = columnId(index);
  if (type === 'text') return id;
  if (type === 'boolean') return `${id}::VARCHAR`;
  if (type === 'date' || type === 'datetime') return `epoch_ms(${id}::TIMESTAMP)::DOUBLE`;
  return `${id}::DOUBLE`;
}

function numberColumn(batches: readonly RawBatch[], rows: Uint32Array | null): NumberColumn {
  const total = batches.reduce((sum, batch) => sum + batch.length, 0);
  const length = rows?.length ?? total;
  const values = new Float64Array(length);
  const hasNulls = batches.some((batch) => batch.nullCount > 0);
  const nulls = hasNulls ? new Uint8Array(length) : null;
  forEachBatch(batches, rows, (batch, local, to) => {
    const source = batch.values as Float64Array;
    if (local === null) values.set(source.subarray(0, batch.length), to);
    else for (let k = 0; k < local.length; k++) values[to + k] = source[local[k]!]!;
    if (nulls && batch.nullCount > 0) {
      const count = local?.length ?? batch.length;
      for (let k = 0; k < count; k++) {
        if (!isNull(batch, local ? local[k]! : k)) continue;
        nulls[to + k] = 1;
        // What lies under a null is arbitrary memory, denormals included.
        values[to + k] = 0;
      }
    }
  });
  return { kind: 'number', values, nulls: nulls?.includes(1) ? nulls : null };
}

function textColumn(batches: readonly RawBatch[], rows: Uint32Array | null): TextColumn {
  const total = batches.reduce((sum, batch) => sum + batch.length, 0);
  const codes = new Int32Array(rows?.length ?? total);
  const dictionary = new ByteDictionary();
  forEachBatch(batches, rows, (batch, local, to) => {
    const bytes = batch.values as Uint8Array;
    const { offsets } = batch;
    const count = local?.length ?? batch.length;
    for (let k = 0; k < count; k++) {
      const row = local ? local[k]! : k;
      codes[to + k] =
        batch.nullCount > 0 && isNull(batch, row)
          ? -1
          : dictionary.code(bytes, offsets[row]!, offsets[row + 1]!);
    }
  });
  return { kind: 'text', codes, dictionary: dictionary.strings() };
}

/** Walks the batches; `local` holds the selected rows of a batch counted from its start, null for all. */
function forEachBatch(
  batches: readonly RawBatch[],
  rows: Uint32Array | null,
  visit: (batch: RawBatch, local: Uint32Array | null, to: number) => void,
): void {
  let begin = 0;
  let at = 0;
  for (const batch of batches) {
    const end = begin + batch.length;
    if (rows === null) visit(batch, null, begin);
    else {
      const from = at;
      while (at < rows.length && rows[at]! < end) at++;
      if (at > from) {
        const first = begin;
        visit(
          batch,
          rows.subarray(from, at).map((row) => row - first),
          from,
        );
      }
    }
    begin = end;
  }
}
