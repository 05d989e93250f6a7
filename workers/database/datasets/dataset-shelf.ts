import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import { DOWNLOAD_FORMATS } from '../../../src/domain/download-formats';
import { UserError } from '../../../src/domain/errors';
import type { StoredRows } from '../../../src/domain/synthetic-datasets';
import { transfer } from '../../../src/threads/rpc';
import type { JobContext, JobStep } from '../../../src/threads/run-job';
import type { FileId, FilesApi } from '../../workspace/protocol';
import type { Exporter } from '../export/exporter';
import { loadExporter } from '../export/load-exporter';
import { StoredTable, storedRows } from '../export/read-rows';
import { roundedRows } from '../export/rounded-rows';
import { sortedRows } from '../export/sorted-rows';
import {
  type DatasetPoint,
  type ExportedFile,
  type ExportOptions,
  REPORT_SAMPLE_ROWS,
  ROW_GROUP_ROWS,
  type SqliteRequest,
  type WrittenFile,
} from '../protocol';
import { MemoryTable } from '../tables';
import { DatasetWriter, type WriterPoint } from './dataset-writer';
import { readSample } from './read-sample';
import type { RowSample } from './row-sample';

/** The storage worker's door, as far as datasets need it. */
export type Files = FilesApi;

type WrittenOptions = ExportOptions & { readonly format: Exporter['id'] };

interface Exported {
  readonly file: FileId;
  readonly notes: readonly string[];
}

interface Dataset {
  readonly fileName: string;
  readonly schema: readonly ColumnSchema[];
  readonly parquet: FileId;
  /** null: all is written. */
  writer: DatasetWriter | null;
  /** Blocks are written one after the other, in the order they came. */
  queue: Promise<unknown>;
  finished: { rows: number } | null;
  /** What was marked last. */
  marked: DatasetPoint | null;
  /** Other files of it that are written, by what was asked for. */
  readonly exports: Map<string, Exported>;
}

/** Synthetic datasets: files being written, and files finished. */
export class DatasetShelf {
  readonly #files: Files;
  readonly #groupRows: number;
  readonly #datasets = new Map<string, Dataset>();

  /** @param groupRows of a row group; tests take fewer */
  constructor(files: Files, groupRows = ROW_GROUP_ROWS) {
    this.#files = files;
    this.#groupRows = groupRows;
  }

  async begin(
    tableId: string,
    fileName: string,
    columns: readonly ColumnSchema[],
    expectedRows: number,
  ): Promise<void> {
    await this.remove(tableId);
    const parquet = await this.#files.create(fileName, 'application/vnd.apache.parquet');
    this.#begin(tableId, fileName, columns, expectedRows, parquet, null);
  }

  /** Goes on with a dataset that was marked, here or by a page that is gone. @throws UserError `not-found` */
  async resume(
    tableId: string,
    fileName: string,
    columns: readonly ColumnSchema[],
    expectedRows: number,
    { file, ...point }: DatasetPoint,
  ): Promise<void> {
    if (this.#datasets.get(tableId)?.parquet === file) await this.leave(tableId);
    else await this.remove(tableId);
    await this.#files.reopen(file, point.bytes);
    this.#begin(tableId, fileName, columns, expectedRows, file, point);
  }

  #begin(
    tableId: string,
    fileName: string,
    columns: readonly ColumnSchema[],
    expectedRows: number,
    parquet: FileId,
    from: WriterPoint | null,
  ): void {
    const emit = (bytes: Uint8Array<ArrayBuffer>) =>
      this.#files.append(parquet, transfer(bytes, [bytes.buffer]));
    const writer = new DatasetWriter(columns, expectedRows, REPORT_SAMPLE_ROWS, emit, from, this.#groupRows);
    const queue = Promise.resolve();
    const exports = new Map<string, Exported>();
    const [finished, marked] = [null, null];
    this.#datasets.set(tableId, {
      fileName,
      schema: columns,
      parquet,
      writer,
      queue,
      finished,
      marked,
      exports,
    });
  }

  /** After all blocks that came before. */
  mark(tableId: string): Promise<DatasetPoint | null> {
    const dataset = this.#open(tableId);
    const marked = dataset.queue.then(async () => {
      const point = dataset.writer?.point();
      if (!point || this.#datasets.get(tableId) !== dataset) return null;
      if (dataset.marked?.rows !== point.rows)
        dataset.marked = {
          ...point,
          file: dataset.parquet,
          bytes: await this.#files.mark(dataset.parquet),
        };
      return dataset.marked;
    });
    dataset.queue = marked;
    marked.catch(() => undefined);
    return marked;
  }

  /** Forgets a dataset that is being written, but not what was marked of its file. */
  async leave(tableId: string): Promise<void> {
    const dataset = this.#datasets.get(tableId);
    if (!dataset) return;
    this.#datasets.delete(tableId);
    await dataset.queue.catch(() => undefined);
    if (dataset.writer) await this.#files.close(dataset.parquet).catch(() => undefined);
  }

  append(tableId: string, columns: readonly ColumnData[]): Promise<void> {
    const dataset = this.#open(tableId);
    const result = dataset.queue.then(() => {
      // Blocks that wait when a dataset is dropped are not written.
      return this.#datasets.get(tableId) === dataset ? dataset.writer?.append(columns) : undefined;
    });
    // A failed block fails its own call and all later ones. The chain itself must not count as unhandled.
    dataset.queue = result;
    result.catch(() => undefined);
    return result;
  }

  /** Closes the file; the sample as a table. */
  async finish(tableId: string): Promise<{ rows: number; parquetBytes: number; sample: MemoryTable }> {
    const dataset = this.#open(tableId);
    await dataset.queue;
    const { rows, sample } = await dataset.writer!.finish();
    const parquetBytes = await this.#files.close(dataset.parquet);
    dataset.finished = { rows };
    dataset.writer = null;
    const whole =
      sample ??
      (await readSample(await this.#files.read(dataset.parquet), dataset.schema, REPORT_SAMPLE_ROWS)).sample;
    return { rows, parquetBytes, sample: tableOf(dataset.schema, whole) };
  }

  /** File and columns of a finished dataset. */
  stored(tableId: string): StoredRows {
    const { parquet: file, schema: columns } = this.#finished(tableId);
    return { file, columns };
  }

  /** Takes up a dataset that an earlier session finished; its sample as a table. */
  async reopen(tableId: string, { file, columns }: StoredRows): Promise<MemoryTable> {
    const parquet = await this.#files.read(file);
    const { rows, sample } = await readSample(parquet, columns, REPORT_SAMPLE_ROWS);
    this.#datasets.set(tableId, {
      ...{ fileName: parquet.name, schema: columns, parquet: file, writer: null, exports: new Map() },
      ...{ queue: Promise.resolve(), finished: { rows }, marked: null },
    });
    return tableOf(columns, sample);
  }

  /** Forgets a dataset and its files, if there is one. */
  async remove(tableId: string): Promise<void> {
    const dataset = this.#datasets.get(tableId);
    if (!dataset) return;
    this.#datasets.delete(tableId);
    await dataset.queue.catch(() => undefined);
    await Promise.all(
      [dataset.parquet, ...Array.from(dataset.exports.values(), ({ file }) => file)].map((file) =>
        this.#files.remove(file),
      ),
    );
  }

  parquet(tableId: string): Promise<File> {
    return this.#files.read(this.#finished(tableId).parquet);
  }

  /**
   * A file of another format, written on first demand for these options.
   * @throws UserError `export/failed` where the format cannot hold the rows
   */
  async export(tableId: string, options: WrittenOptions, job: JobContext): Promise<ExportedFile> {
    const dataset = this.#finished(tableId);
    const step = job.step('DELIVER_DATA', 'rows', dataset.finished!.rows);
    const key = JSON.stringify(options);
    const known = dataset.exports.get(key) ?? (await this.#write(dataset, options, job, step));
    dataset.exports.set(key, known);
    return { file: await this.#files.read(known.file), notes: known.notes };
  }

  /** The rows in a table of a SQLite database. @throws UserError `connector/exists`, `export/failed` */
  async toSqlite(tableId: string, request: SqliteRequest, job: JobContext): Promise<WrittenFile> {
    const { parquet, schema, finished } = this.#finished(tableId);
    const { file: into, original } = request;
    const step = job.step('DELIVER_DATA', 'rows', finished!.rows);
    const table = await StoredTable.open(await this.#files.read(parquet), schema);
    const onRows = (rows: number) => {
      job.checkpoint();
      step.update(Math.round(rows));
    };
    const rows = roundedRows(storedRows(table, onRows), schema, original);
    const { writeInto } = await import('../export/sqlite-database');
    const notes: string[] = [];
    const note = (sentence: string) => notes.push(sentence);
    const name = into?.name ?? `${request.table}.sqlite`;
    const written = writeInto(request, { rows, schema, original, note });
    const id = await this.#fill(name, DOWNLOAD_FORMATS.sqlite.mediaType, written);
    return { id, file: await this.#files.read(id), rows: finished!.rows, notes };
  }

  /** A file of some bytes, all of them or none. */
  async #fill(
    name: string,
    mediaType: string,
    chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  ): Promise<FileId> {
    const file = await this.#files.create(name, mediaType);
    try {
      for await (const chunk of chunks) await this.#files.append(file, transfer(chunk, [chunk.buffer]));
      await this.#files.close(file);
      return file;
    } catch (error) {
      await this.#files.remove(file);
      throw error;
    }
  }

  async #write(
    { parquet, schema, fileName }: Dataset,
    { format, csv, original, sorted }: WrittenOptions,
    job: JobContext,
    step: JobStep,
  ): Promise<Exported> {
    const table = await StoredTable.open(await this.#files.read(parquet), schema);
    const onRows = (rows: number) => {
      job.checkpoint();
      step.update(Math.round(rows));
    };
    const stored =
      sorted && original?.sortedBy
        ? sortedRows(table, schema, original.sortedBy, onRows)
        : storedRows(table, onRows);
    const rows = roundedRows(stored, schema, original);
    const exporter = await loadExporter(format);
    const name = fileName.replace(/\.parquet$/i, '');
    const { extension, mediaType } = DOWNLOAD_FORMATS[format];
    const notes: string[] = [];
    const note = (sentence: string) => notes.push(sentence);
    const written = exporter.write({ rows, schema, name, csv, original, note });
    return { file: await this.#fill(`${name}.${extension}`, mediaType, written), notes };
  }

  #open(tableId: string): Dataset {
    const dataset = this.#datasets.get(tableId);
    if (!dataset?.writer) {
      throw new UserError(
        'not-found',
        'This synthetic dataset is not being written: it was finished, cancelled or never begun.',
      );
    }
    return dataset;
  }

  #finished(tableId: string): Dataset {
    const dataset = this.#datasets.get(tableId);
    if (!dataset?.finished) {
      throw new UserError('not-found', 'This synthetic dataset has no finished file. Generate it again.');
    }
    return dataset;
  }
}

function tableOf(schema: readonly ColumnSchema[], sample: RowSample): MemoryTable {
  return new MemoryTable(schema, sample.rowCount, sample.columns());
}
