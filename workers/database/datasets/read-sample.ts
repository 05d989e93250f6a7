import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import { kindOf } from './column-buffer';
import { parquetNames } from './parquet-schema';
import { RowSample } from './row-sample';
import { type DecodedArray, scanParquet } from './scan-parquet';

/** The sample of a finished dataset as its writing kept it, and how many rows it has. */
export async function readSample(
  file: Blob,
  schema: readonly ColumnSchema[],
  limit: number,
): Promise<{ rows: number; sample: RowSample }> {
  const scan = await scanParquet(file);
  const names = parquetNames(schema);
  const rows = Number(scan.metadata.num_rows);
  const sample = new RowSample(schema, rows, limit);
  let begin = 0;
  for (const group of scan.metadata.row_groups) {
    const end = begin + Number(group.num_rows);
    const columns: ColumnData[] = [];
    for (const [i, column] of names.entries()) {
      const values = await scan.readColumn({ column, rowStart: begin, rowEnd: end });
      columns.push(asColumn(values, end - begin, kindOf(schema[i]!.storageType)));
    }
    sample.append(columns);
    begin = end;
  }
  return { rows, sample };
}

function asColumn(values: DecodedArray, rows: number, kind: ColumnData['kind']): ColumnData {
  if (kind === 'text') {
    const numbers = new Map<string, number>();
    const codes = Int32Array.from({ length: rows }, (_, row) => {
      const value: unknown = values[row];
      if (value === null || value === undefined) return -1;
      const text = String(value);
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, numbers.size);
      return numbers.size - 1;
    });
    return { kind, codes, dictionary: [...numbers.keys()] };
  }
  const nulls = new Uint8Array(rows);
  const numbers = Float64Array.from({ length: rows }, (_, row) => {
    const value: unknown = values[row];
    if (value !== null && value !== undefined) return Number(value);
    nulls[row] = 1;
    return 0;
  });
  return { kind, values: numbers, nulls: nulls.includes(1) ? nulls : null };
}
