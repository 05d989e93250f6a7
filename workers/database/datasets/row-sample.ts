import { type ColumnData, type ColumnSchema, columnLength } from '../../../src/domain/column-data';
import { ColumnBuffer, kindOf } from './column-buffer';

/** An evenly thinned sample of rows that come block by block. */
export class RowSample {
  readonly #expected: number;
  readonly #kept: number;
  readonly #columns: readonly ColumnBuffer[];
  #rows = 0;

  /**
   * @param expected rows to come
   * @param limit rows kept; all, when there are no more
   */
  constructor(schema: readonly ColumnSchema[], expected: number, limit: number) {
    this.#expected = Math.max(1, expected);
    this.#kept = Math.min(limit, this.#expected);
    this.#columns = schema.map(({ storageType }) => new ColumnBuffer(kindOf(storageType), this.#kept));
  }

  append(columns: readonly ColumnData[]): void {
    const rows = columnLength(columns[0]!);
    const wanted = this.#wanted(rows);
    columns.forEach((column, i) => {
      this.#columns[i]!.append(column, 0, rows, wanted);
    });
    this.#rows += rows;
  }

  get rowCount(): number {
    return this.#columns[0]?.length ?? 0;
  }

  columns(): ColumnData[] {
    return this.#columns.map((column) => column.view());
  }

  /** 1 for the rows of the next block that belong to the sample; null when all do. */
  #wanted(rows: number): Uint8Array | null {
    const take = this.#kept;
    const of = this.#expected;
    if (take === of) return null;
    const wanted = new Uint8Array(rows);
    for (let i = 0; i < rows; i++) {
      const row = this.#rows + i;
      if (Math.floor(((row + 1) * take) / of) > Math.floor((row * take) / of)) wanted[i] = 1;
    }
    return wanted;
  }
}
