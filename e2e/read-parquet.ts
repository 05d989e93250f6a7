import { tableFromIPC } from '@uwdata/flechette';
import { readParquet } from 'parquet-wasm';

/** What a second reader, which shares no code with the writer, finds in a Parquet file. Dates are epoch milliseconds. */
export interface ParquetContent {
  readonly names: readonly string[];
  readonly rowCount: number;
  readonly columns: readonly (readonly unknown[])[];
}

export function readParquetFile(bytes: Uint8Array): ParquetContent {
  const table = tableFromIPC(readParquet(bytes).intoIPCStream(), { useBigInt: false, useDate: false });
  return {
    names: table.names as string[],
    rowCount: table.numRows,
    columns: table.children.map((column) => [...column]),
  };
}

/** A value of a Parquet column as the app shows it, for types without a choice in their text. */
export function sameCell(value: unknown, text: string | null): boolean {
  if (value === null || text === null) return value === text;
  if (typeof value === 'number') {
    return value === Number(text) || value === Date.parse(/[T ]/.test(text) ? `${text}Z` : text);
  }
  return String(value) === text;
}
