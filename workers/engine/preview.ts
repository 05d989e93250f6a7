import { cellText } from '../../src/domain/cell-text';
import { type ColumnData, type ColumnSchema, columnLength } from '../../src/domain/column-data';
import type { TablePreview } from '../../src/domain/sources';

/** A few generated rows as the text they would be exported as. */
export function previewOf(schema: readonly ColumnSchema[], columns: readonly ColumnData[]): TablePreview {
  const rowCount = columns[0] ? columnLength(columns[0]) : 0;
  const rows = Array.from({ length: rowCount }, (_, row) =>
    columns.map((column, i) => cellText(column, row, schema[i]!.storageType)),
  );
  return { columns: schema.map(({ name }) => name), rows, offset: 0, rowCount };
}
