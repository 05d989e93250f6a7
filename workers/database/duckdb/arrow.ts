import { type Column, Type, tableFromIPC } from '@uwdata/flechette';
import type { SqlEngine } from './sql';

/** A value of a query's result: SQL casts decimals and dates to these. */
export type Scalar = string | number | bigint | boolean | null;

/** Rows of a query with a small result. */
export async function queryRows(
  sql: Pick<SqlEngine, 'query'>,
  query: string,
): Promise<Record<string, Scalar>[]> {
  const table = tableFromIPC(await sql.query(query), { useBigInt: true });
  const columns = table.names.map((name, i) => ({ name, values: scalars(table.getChildAt(i)!) }));
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[row]!])),
  );
}

/** The row of a query that has exactly one. */
export async function queryRow(
  sql: Pick<SqlEngine, 'query'>,
  query: string,
): Promise<Record<string, Scalar>> {
  return (await queryRows(sql, query))[0]!;
}

function scalars(column: Column<unknown>): Scalar[] {
  if (column.type.typeId !== Type.Utf8) return Array.from(column, (value) => (value ?? null) as Scalar);
  return column.data.flatMap((batch) => texts(batch as unknown as RawBatch));
}

function texts(batch: RawBatch): (string | null)[] {
  const bytes = batch.values as Uint8Array;
  return Array.from({ length: batch.length }, (_, row) =>
    batch.nullCount > 0 && isNull(batch, row)
      ? null
      : decoder.decode(bytes.subarray(batch.offsets[row], batch.offsets[row + 1])),
  );
}

// Flechette's own decoder swallows a U+FEFF at the start of a text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The parts of an Arrow batch that are read; validity is empty when there are no nulls. */
export interface RawBatch {
  readonly length: number;
  readonly nullCount: number;
  readonly validity: Uint8Array;
  readonly values: Float64Array | Uint8Array;
  readonly offsets: Int32Array;
}

/** True if a value of a batch with nulls is one. */
export function isNull(batch: RawBatch, row: number): boolean {
  return ((batch.validity[row >> 3]! >> (row & 7)) & 1) === 0;
}
