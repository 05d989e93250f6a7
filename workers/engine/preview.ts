import type { ColumnData, ColumnSchema } from '../../src/domain/column-data';
import type { StorageType } from '../../src/domain/columns';
import type { TablePreview } from '../../src/domain/sources';

/** A few generated rows as the text they would be exported as. */
export function previewOf(schema: readonly ColumnSchema[], columns: readonly ColumnData[]): TablePreview {
  const rowCount = columns[0] ? lengthOf(columns[0]) : 0;
  const rows = Array.from({ length: rowCount }, (_, row) =>
    columns.map((column, i) => cellText(column, row, schema[i]!.storageType)),
  );
  return { columns: schema.map(({ name }) => name), rows, offset: 0, rowCount };
}

function lengthOf(column: ColumnData): number {
  return column.kind === 'text' ? column.codes.length : column.values.length;
}

function cellText(column: ColumnData, row: number, type: StorageType): string | null {
  if (column.kind === 'text') {
    const code = column.codes[row]!;
    return code < 0 ? null : column.dictionary[code]!;
  }
  if (column.nulls?.[row] === 1) return null;
  const value = column.values[row]!;
  if (type === 'date') return instantText(value).slice(0, 10);
  if (type === 'datetime') return instantText(value);
  // Beyond 1e21 String() would switch to exponents.
  return type === 'integer' && Math.abs(value) >= 1e21 && Number.isFinite(value)
    ? String(BigInt(value))
    : String(value);
}

/** YYYY-MM-DD HH:MM:SS, with milliseconds when there are any. */
function instantText(value: number): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return String(value);
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '');
}
