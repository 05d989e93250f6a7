import { type ColumnData, type ColumnSchema, columnLength } from '../../../src/domain/column-data';
import { UserError } from '../../../src/domain/errors';
import { type DatasetPoint, ROW_GROUP_ROWS } from '../protocol';
import { ColumnBuffer, kindOf } from './column-buffer';
import { ParquetFile } from './parquet-file';
import { RowSample } from './row-sample';

/** Where a writer was. */
export type WriterPoint = Omit<DatasetPoint, 'file'>;

/**
 * Writes blocks of rows to a Parquet file and keeps an evenly thinned sample of them. Memory: one row group and the
 * sample, whatever the number of rows.
 */
export class DatasetWriter {
  readonly schema: readonly ColumnSchema[];
  readonly #expectedRows: number;
  readonly #file: ParquetFile;
  readonly #group: ColumnBuffer[];
  /** null = rows before those that come are in the file already. */
  readonly #sample: RowSample | null;
  readonly #groupRows: number;
  #rows = 0;
  /** In complete row groups. */
  #groupedRows = 0;

  /**
   * @param expectedRows rows to come: when at most `sampleLimit`, the sample is all of them
   * @param emit takes the bytes of the file in order
   * @param from where an earlier writer was; null = at the beginning
   * @param groupRows of a row group; tests take fewer
   */
  constructor(
    schema: readonly ColumnSchema[],
    expectedRows: number,
    sampleLimit: number,
    emit: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
    from: WriterPoint | null = null,
    groupRows = ROW_GROUP_ROWS,
  ) {
    this.schema = schema;
    this.#expectedRows = Math.max(1, expectedRows);
    this.#groupRows = Math.min(groupRows, this.#expectedRows);
    this.#file = new ParquetFile(schema, emit, from);
    this.#rows = from?.rows ?? 0;
    this.#groupedRows = this.#rows;
    this.#group = schema.map(({ storageType }) => new ColumnBuffer(kindOf(storageType), this.#groupRows));
    this.#sample = from ? null : new RowSample(schema, this.#expectedRows, sampleLimit);
  }

  /** @throws UserError `generation/failed` when there are more rows than were announced */
  async append(columns: readonly ColumnData[]): Promise<void> {
    const rows = this.#checkBlock(columns);
    this.#sample?.append(columns);
    this.#rows += rows;
    let at = 0;
    while (at < rows) {
      const room = this.#groupRows - this.#group[0]!.length;
      const take = Math.min(room, rows - at);
      const from = at;
      columns.forEach((column, i) => {
        this.#group[i]!.append(column, from, from + take, null);
      });
      at += take;
      if (take === room) await this.#writeGroup();
    }
  }

  /** After the last complete row group; null before the first. */
  point(): Omit<WriterPoint, 'bytes'> | null {
    return this.#groupedRows > 0 ? { rows: this.#groupedRows, groups: this.#file.groups() } : null;
  }

  /**
   * Writes what is left and the footer. The sample is null where it would not be of all rows, or of fewer than it was meant
   * for.
   */
  async finish(): Promise<{ rows: number; sample: RowSample | null }> {
    if ((this.#group[0]?.length ?? 0) > 0) await this.#writeGroup();
    await this.#file.finish();
    const isWhole = this.#rows === this.#expectedRows;
    return { rows: this.#rows, sample: isWhole ? this.#sample : null };
  }

  #checkBlock(columns: readonly ColumnData[]): number {
    if (columns.length !== this.schema.length || columns.length === 0) {
      throw new UserError(
        'generation/failed',
        `A block of ${columns.length} columns was sent to a dataset of ${this.schema.length} columns.`,
      );
    }
    const rows = columnLength(columns[0]!);
    if (columns.some((column) => columnLength(column) !== rows)) {
      throw new UserError('generation/failed', 'The columns of a block have different numbers of rows.');
    }
    if (this.#rows + rows > this.#expectedRows) {
      throw new UserError(
        'generation/failed',
        `${this.#rows + rows} rows were sent where ${this.#expectedRows} had been announced.`,
      );
    }
    return rows;
  }

  async #writeGroup(): Promise<void> {
    const rows = this.#group[0]!.length;
    await this.#file.writeRowGroup(
      this.#group.map((buffer) => buffer.view()),
      rows,
    );
    this.#groupedRows += rows;
    for (const buffer of this.#group) buffer.clear();
  }
}
