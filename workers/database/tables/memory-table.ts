import { cellText } from '../../../src/domain/cell-text';
import { type ColumnData, type ColumnSchema, takeRows } from '../../../src/domain/column-data';
import type { TablePreview } from '../../../src/domain/sources';
import { clampRange, type Table } from './table';

/** The sample of a synthetic dataset, kept as typed arrays. */
export class MemoryTable implements Table {
  readonly #data: readonly ColumnData[];
  readonly rowCount: number;
  readonly columns: readonly ColumnSchema[];

  constructor(columns: readonly ColumnSchema[], data: readonly ColumnData[], rowCount: number) {
    this.columns = columns;
    this.#data = data;
    this.rowCount = rowCount;
  }

  async readParts(index: number, parts: readonly (Uint32Array | null)[]): Promise<ColumnData[]> {
    return parts.map((rows) => takeRows(this.#data[index]!, rows));
  }

  async preview(offset: number, limit: number): Promise<TablePreview> {
    const { from, to } = clampRange(offset, limit, this.rowCount);
    const rows: (string | null)[][] = [];
    for (let row = from; row < to; row++) {
      rows.push(this.columns.map(({ storageType }, i) => cellText(this.#data[i]!, row, storageType)));
    }
    return { columns: this.columns.map(({ name }) => name), rows, offset: from, rowCount: this.rowCount };
  }

  async drop(): Promise<void> {}
}
