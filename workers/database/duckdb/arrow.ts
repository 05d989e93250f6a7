import { batchType, Column, tableFromColumns, tableFromIPC, tableToIPC, utf8 } from '@uwdata/flechette';
import type { TextBatchColumn } from '../csv/text-column-builder';

/** One Arrow IPC stream (schema, one batch) of text columns named `c0 … cN`. */
export function textColumnsToIpc(columns: readonly TextBatchColumn[]): Uint8Array {
  const type = utf8();
  const BatchClass = batchType(type);
  const table = tableFromColumns(
    columns.map((column, i): [string, Column<string>] => [
      `c${i}`,
      new Column<string>([
        new BatchClass({
          length: column.length,
          nullCount: column.nullCount,
          type,
          validity: column.validity,
          values: column.bytes,
          offsets: column.offsets,
        }),
      ]),
    ]),
  );
  return tableToIPC(table, { format: 'stream' })!;
}

/** A value as our queries return them: decimals and dates are cast away in SQL. */
export type Scalar = string | number | bigint | boolean | null;

/** Rows of a small result. */
export function readRows(ipc: Uint8Array): Record<string, Scalar>[] {
  const table = tableFromIPC(ipc, { useBigInt: true });
  return table.toArray() as Record<string, Scalar>[];
}
