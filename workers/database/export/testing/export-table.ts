import { concatBytes } from '@noble/hashes/utils.js';
import type { ColumnData, ColumnSchema } from '../../../../src/domain/column-data';
import type { StorageType } from '../../../../src/domain/columns';
import type { OriginalForm } from '../../../../src/domain/original-form';
import type { CsvExportOptions } from '../../../../src/domain/synthetic-datasets';
import { ParquetFile } from '../../datasets/parquet-file';
import type { Exporter } from '../exporter';
import { StoredTable, storedRows } from '../read-rows';
import { sortedRows } from '../sorted-rows';

/** A value of a test table; dates and times are epoch milliseconds, integers may be bigints. */
export type TestValue = string | number | boolean | null;

export interface TestColumn {
  readonly name: string;
  readonly type: StorageType;
  readonly values: readonly TestValue[];
}

/** The table as the Parquet file that generations write, in row groups of the given size. */
export async function parquetOf(columns: readonly TestColumn[], groupRows = 1_000): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const file = new ParquetFile(schemaOf(columns), async (bytes) => {
    parts.push(bytes);
  });
  const rows = columns[0]!.values.length;
  for (let from = 0; from < rows; from += groupRows) {
    const to = Math.min(rows, from + groupRows);
    await file.writeRowGroup(
      columns.map(({ type, values }) => dataOf(type, values.slice(from, to))),
      to - from,
    );
  }
  await file.finish();
  return new Blob(parts);
}

export function schemaOf(columns: readonly TestColumn[]): ColumnSchema[] {
  return columns.map(({ name, type }) => ({ name, originalName: name, storageType: type }));
}

/** What an exporter makes of a table, and what it has to say. */
export async function exported(
  exporter: Exporter,
  columns: readonly TestColumn[],
  options: {
    readonly csv?: CsvExportOptions;
    readonly original?: OriginalForm;
    readonly sorted?: boolean;
    readonly groupRows?: number;
  } = {},
): Promise<{ bytes: Uint8Array; notes: string[] }> {
  const { csv = { neutraliseFormulas: false }, original, groupRows } = options;
  const schema = schemaOf(columns);
  const table = await StoredTable.open(await parquetOf(columns, groupRows), schema);
  const rows =
    options.sorted && original?.sortedBy
      ? sortedRows(table, schema, original.sortedBy, () => undefined, 3 * columns.length)
      : storedRows(table, () => undefined);
  const notes: string[] = [];
  const parts: Uint8Array[] = [];
  const note = (sentence: string) => notes.push(sentence);
  for await (const chunk of exporter.write({ rows, schema, name: 'people', csv, original, note }))
    parts.push(chunk);
  return { bytes: concatBytes(...parts), notes };
}

function dataOf(type: StorageType, values: readonly TestValue[]): ColumnData {
  if (type === 'text' || type === 'boolean') {
    const dictionary = [...new Set(values.filter((value) => value !== null).map(String))];
    const codes = new Map(dictionary.map((text, code) => [text, code]));
    return {
      kind: 'text',
      codes: Int32Array.from(values, (value) => (value === null ? -1 : codes.get(String(value))!)),
      dictionary,
    };
  }
  const nulls = Uint8Array.from(values, (value) => (value === null ? 1 : 0));
  return {
    kind: 'number',
    values: Float64Array.from(values, (value) => Number(value ?? 0)),
    nulls: nulls.includes(1) ? nulls : null,
  };
}
