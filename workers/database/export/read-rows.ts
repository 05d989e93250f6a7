import type { ColumnSchema } from '../../../src/domain/column-data';
import { parquetNames } from '../datasets/parquet-schema';
import { type DecodedArray, type ParquetScan, scanParquet } from '../datasets/scan-parquet';
import type { ExportRows } from './exporter';

/** Rows of a block. */
export const BLOCK_ROWS = 20_000;
/** Share of the time that reading a row group takes, the rest being what is made of it. */
const READING = 0.4;

/** A finished dataset that is read column by column, row group by row group. */
export class StoredTable {
  readonly #scan: ParquetScan;
  readonly #names: readonly string[];
  readonly count: number;

  private constructor(scan: ParquetScan, schema: readonly ColumnSchema[]) {
    this.#scan = scan;
    this.#names = parquetNames(schema);
    this.count = Number(scan.metadata.num_rows);
  }

  static async open(file: Blob, schema: readonly ColumnSchema[]): Promise<StoredTable> {
    return new StoredTable(await scanParquet(file), schema);
  }

  /** First rows of the row groups and the row after each. */
  groups(): { readonly begin: number; readonly end: number }[] {
    let end = 0;
    return this.#scan.metadata.row_groups.map(({ num_rows }) => {
      const begin = end;
      end += Number(num_rows);
      return { begin, end };
    });
  }

  /** Rows begin … end − 1 of a row group in one column. */
  read(column: number, begin: number, end: number): Promise<DecodedArray> {
    return this.#scan.readColumn({ column: this.#names[column]!, rowStart: begin, rowEnd: end });
  }

  get width(): number {
    return this.#names.length;
  }
}

/**
 * The rows as they are stored.
 * @param onRows called with the number of rows done so far, reading them counted as a part; may throw to stop
 */
export function storedRows(table: StoredTable, onRows: (rows: number) => void): ExportRows {
  return {
    count: table.count,
    async *blocks() {
      for (const { begin, end } of table.groups()) {
        const columns: DecodedArray[] = [];
        for (let c = 0; c < table.width; c++) {
          columns.push(await table.read(c, begin, end));
          onRows(begin + (READING * (end - begin) * (c + 1)) / table.width);
        }
        for (let from = 0; from < end - begin; from += BLOCK_ROWS) {
          const to = Math.min(end - begin, from + BLOCK_ROWS);
          yield { columns: columns.map((values) => values.slice(from, to)), rows: to - from };
          onRows(begin + READING * (end - begin) + (1 - READING) * to);
        }
      }
    },
  };
}
