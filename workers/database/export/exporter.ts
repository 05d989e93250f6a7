import type { CellFormat } from '../../../src/domain/cell-format';
import type { ColumnSchema } from '../../../src/domain/column-data';
import type { OriginalForm } from '../../../src/domain/original-form';
import type { CsvExportOptions, DownloadFormat } from '../../../src/domain/synthetic-datasets';
import type { DecodedArray } from '../datasets/scan-parquet';

/** Consecutive rows, column by column; null and undefined = no value, dates and times are epoch milliseconds, times of day those since midnight. */
export interface RowBlock {
  readonly columns: readonly DecodedArray[];
  readonly rows: number;
}

/** The rows of a finished dataset. */
export interface ExportRows {
  readonly count: number;
  /** All rows in order, in blocks of some thousand. Reading them reports progress and may throw to stop. */
  blocks(): AsyncGenerator<RowBlock>;
}

export interface ExportRequest {
  readonly rows: ExportRows;
  readonly schema: readonly ColumnSchema[];
  /** Of the table. */
  readonly name: string;
  readonly csv: CsvExportOptions;
  /** How the file was written that the rows stand for; absent = not known. */
  readonly original?: OriginalForm | undefined;
  /** Takes a sentence for a person: what the format could not hold. */
  readonly note: (sentence: string) => void;
}

/** How columns are written whose times of day stay texts in a format without such times. */
export function timeFormats(original: OriginalForm | undefined): ReadonlyMap<string, CellFormat | undefined> {
  return new Map(original?.columns.map(({ name, format }) => [name, format]));
}

/** A file format that rows are written in (docs/export.md). */
export interface Exporter {
  readonly id: Exclude<DownloadFormat, 'parquet'>;
  /**
   * The bytes of the file, in pieces.
   * @throws UserError `export/failed` where the format cannot hold the table
   */
  write(request: ExportRequest): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}
