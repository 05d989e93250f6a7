import { numberText } from '../../../src/domain/cell-text';
import type { ColumnSchema } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { csvCell } from '../../../src/domain/csv-cell';
import type { CsvExportOptions } from '../../../src/domain/synthetic-datasets';
import { parquetNames } from '../datasets/parquet-schema';
import { type DecodedArray, scanParquet } from '../datasets/scan-parquet';

/** Rows written at once; a row group is cut into such pieces. */
const ROWS = 20_000;
/** Share of the time that reading a row group takes, the rest being its text. */
const READING = 0.4;

/**
 * A finished dataset as CSV (RFC 4180, UTF-8, CRLF), in pieces of some thousand rows, with the original names as the
 * header (the safe ones if the source had none).
 *
 * @param onRows called with the number of rows done so far, reading them counted as a part; may throw to stop
 */
export async function* csvFromParquet(
  file: Blob,
  schema: readonly ColumnSchema[],
  style: CsvExportOptions,
  onRows: (rows: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const scan = await scanParquet(file);
  yield encoder.encode(`${headerCells(schema, style).join(',')}\r\n`);
  const names = parquetNames(schema);
  let begin = 0;
  for (const group of scan.metadata.row_groups) {
    const end = begin + Number(group.num_rows);
    const columns: DecodedArray[] = [];
    for (const [i, column] of names.entries()) {
      columns.push(await scan.readColumn({ column, rowStart: begin, rowEnd: end }));
      onRows(begin + (READING * (end - begin) * (i + 1)) / names.length);
    }
    for (let from = 0; from < end - begin; from += ROWS) {
      const to = Math.min(end - begin, from + ROWS);
      yield encoder.encode(recordsText(columns, schema, from, to, style));
      onRows(begin + READING * (end - begin) + (1 - READING) * to);
    }
    begin = end;
  }
}

function headerCells(schema: readonly ColumnSchema[], style: CsvExportOptions): string[] {
  const named = schema.some(({ originalName }) => originalName !== '');
  return schema.map((column) => csvCell(named ? column.originalName : column.name, style));
}

function recordsText(
  columns: readonly DecodedArray[],
  schema: readonly ColumnSchema[],
  from: number,
  to: number,
  style: CsvExportOptions,
): string {
  const cells = columns.map((values, i) => columnCells(values, schema[i]!.storageType, from, to, style));
  const lines: string[] = [];
  for (let row = 0; row < to - from; row++) {
    let line = cells[0]![row]!;
    for (let i = 1; i < cells.length; i++) line += `,${cells[i]![row]!}`;
    lines.push(line);
  }
  return `${lines.join('\r\n')}\r\n`;
}

function columnCells(
  values: DecodedArray,
  type: StorageType,
  from: number,
  to: number,
  style: CsvExportOptions,
): string[] {
  const cells: string[] = [];
  for (let row = from; row < to; row++) {
    const value: unknown = values[row];
    if (value === null || value === undefined) cells.push('');
    else if (type === 'text') cells.push(csvCell(value as string, style));
    else if (type === 'boolean' || typeof value === 'bigint') cells.push(String(value));
    else cells.push(numberText(Number(value), type));
  }
  return cells;
}
