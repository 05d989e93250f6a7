import { tableFromIPC } from '@uwdata/flechette';
import type { StorageType } from '../../../src/domain/columns';
import { isNull, type RawBatch } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';

/** The values of a column that are not null, as doubles: dates and times in milliseconds, with a fraction. */
export async function fetchNumbers(
  sql: SqlEngine,
  table: string,
  index: number,
  type: StorageType,
): Promise<{ readonly values: Float64Array; readonly rowCount: number }> {
  const id = columnId(index);
  const value = type === 'date' || type === 'datetime' ? `epoch_us(${id}::TIMESTAMP)` : id;
  const column = tableFromIPC(await sql.query(`SELECT ${value}::DOUBLE AS v FROM ${table}`)).getChildAt(0)!;
  const batches = column.data as unknown as RawBatch[];
  const rowCount = batches.reduce((sum, { length }) => sum + length, 0);
  const values = new Float64Array(batches.reduce((sum, batch) => sum + batch.length - batch.nullCount, 0));
  let to = 0;
  for (const batch of batches) {
    const { length, nullCount } = batch;
    const source = batch.values as Float64Array;
    if (nullCount === 0) {
      values.set(length === source.length ? source : source.subarray(0, length), to);
      to += length;
    } else {
      for (let row = 0; row < length; row++) if (!isNull(batch, row)) values[to++] = source[row]!;
    }
  }
  if (value !== id) for (let i = 0; i < to; i++) values[i]! /= 1000;
  return { values, rowCount };
}
