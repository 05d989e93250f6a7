import type { ColumnData, ColumnSchema } from '../../src/domain/column-data';
import type { IfExists } from '../../src/domain/connectors';
import type { StepEvent } from '../../src/domain/job';
import type { OriginalForm } from '../../src/domain/original-form';
import type { CsvDialect, Source, SourceFormat, TableChoice, TablePreview } from '../../src/domain/sources';
import type { RowSelection } from '../../src/domain/split';
import type { SqlResult, SqlTableRef } from '../../src/domain/sql-tables';
import type { CsvExportOptions, DownloadFormat, StoredRows } from '../../src/domain/synthetic-datasets';
import type { FileId } from '../workspace/protocol';

/** The page's door to DuckDB. Tables of sources and of synthetic datasets go by their own ids. */
export interface DatabaseApi {
  /** Starts DuckDB (about 1.5 s, 34 MB of WASM). Rejects with `engine/unavailable` and a sentence if it cannot. */
  open(ports: { storage: MessagePort; events: MessagePort }): Promise<void>;
  /** A port for the engine or quality worker, which speaks `DatabasePeerApi` on it. */
  addPeer(port: MessagePort): void;
  /**
   * Reads the head of a file: the detected dialect with `overrides` applied, and the first rows as they would be
   * imported. Changes nothing.
   */
  sniff(
    file: File,
    overrides: Partial<CsvDialect>,
  ): Promise<{
    dialect: CsvDialect;
    format?: SourceFormat;
    /** As far as the first rows tell. */
    columns: ColumnSchema[];
    preview: TablePreview;
  }>;
  /** What a file is by its content, and the tables in it; none where it is one table. Changes nothing. */
  listTables(file: File): Promise<{ content: string; tables: readonly TableChoice[] }>;
  /**
   * Imports a whole file as table `tableId`. An existing table of that id is replaced only on success. Progress
   * (bytes) arrives as events of `jobId`.
   */
  importSource(
    jobId: string,
    ids: { sourceId: string; tableId: string },
    file: File,
    overrides: Partial<CsvDialect>,
  ): Promise<Source>;
  /** Rows of a table, at most 1,000. */
  preview(tableId: string, offset: number, limit: number): Promise<TablePreview>;
  /** Ends a job as soon as possible; its call rejects with `canceled`. */
  cancel(jobId: string): Promise<void>;
  /** The finished file of a table. All but Parquet is written from that on first demand, with progress in rows. */
  download(jobId: string, tableId: string, options: ExportOptions): Promise<ExportedFile>;
  /**
   * The rows of a table in a SQLite database, beside what is in that already.
   * @throws UserError `connector/exists`, `export/failed`
   */
  writeSqlite(jobId: string, tableId: string, request: SqliteRequest): Promise<WrittenFile>;
  /** Which of the names of tables a query may mean: these have to be in memory before it runs. */
  sqlMentions(query: string, names: readonly string[]): Promise<string[]>;
  /**
   * Runs a query that only reads (docs/sql.md) over tables by their names. The whole result is kept until the next one.
   * @throws UserError `sql/refused`, `sql/failed` with DuckDB's reason and the position, or `canceled`
   */
  runSql(jobId: string, query: string, tables: readonly SqlTableRef[]): Promise<SqlResult>;
  /** The last result as a file. @throws UserError `not-found` */
  sqlFile(jobId: string, options: ExportOptions): Promise<ExportedFile>;
  dropTable(tableId: string): Promise<void>;
  /** Where a finished synthetic dataset is, to take it up again in another session. */
  storedRows(tableId: string): Promise<StoredRows>;
  /** Takes up a synthetic dataset that an earlier session finished. */
  reopenDataset(tableId: string, stored: StoredRows): Promise<void>;
}

/** What the database tells the page. */
export type DatabaseEvent =
  | StepEvent
  /** Tables that are no longer in memory, as DuckDB was started anew (docs/sql.md, Cancelling). */
  | { readonly type: 'tables-lost'; readonly tableIds: readonly string[] };

/** In which form rows are written. */
export interface ExportOptions {
  readonly format: DownloadFormat;
  readonly csv: CsvExportOptions;
  /** How the file was written that the rows stand for; absent = not known. */
  readonly original?: OriginalForm | undefined;
  /** In the order of the column that the original was sorted by. */
  readonly sorted?: true;
}

/** Where in a database rows go. */
export interface SqliteRequest {
  /** Of the database; absent = a new one. */
  readonly file?: File;
  readonly table: string;
  readonly ifExists: IfExists;
  readonly original?: OriginalForm | undefined;
}

/** A file of the workspace that no record names yet: it is to be named or removed. */
export interface WrittenFile extends ExportedFile {
  readonly id: FileId;
  readonly rows: number;
}

export interface ExportedFile {
  readonly file: File;
  /** What the format could not hold, in sentences. */
  readonly notes: readonly string[];
}

/** What other workers ask of the database. */
export interface DatabasePeerApi {
  describe(tableId: string): Promise<{ rowCount: number; columns: ColumnSchema[] }>;
  /** Selected rows of one column, each selection in ascending order. The column is read once; buffers are moved. */
  readParts(tableId: string, column: string, parts: readonly RowSelection[]): Promise<ColumnData[]>;
  /**
   * Numbers of the subjects that the selected rows belong to, the same for the same subject in all parts of a table.
   * @param parts all with the same `subjectColumns`
   */
  readSubjects(tableId: string, parts: readonly RowSelection[]): Promise<Uint32Array[]>;
  /** Numbers of the selected rows in their table, from 0. */
  readRowNumbers(tableId: string, parts: readonly RowSelection[]): Promise<Uint32Array[]>;
  /** Opens a synthetic table for writing: its Parquet file and, for previews and reports, its sample. */
  beginDataset(dataset: {
    tableId: string;
    fileName: string;
    columns: ColumnSchema[];
    expectedRows: number;
  }): Promise<void>;
  /** One block of rows, columns in schema order. Becomes part of a row group; blocks may have any size. */
  appendRows(tableId: string, columns: ColumnData[]): Promise<void>;
  /** Closes the file; from now on it can be downloaded and its sample read as a table. */
  finishDataset(tableId: string): Promise<{ rows: number; parquetBytes: number }>;
  /** Where a table begun can go on later: after its last complete row group. Null before the first one is written. */
  markDataset(tableId: string): Promise<DatasetPoint | null>;
  /** Leaves a table begun as it is; what was marked stays on disk, to be taken up again. */
  leaveDataset(tableId: string): Promise<void>;
  /** As `beginDataset`, for a table that goes on after the rows marked. @throws UserError `not-found` */
  resumeDataset(dataset: {
    tableId: string;
    fileName: string;
    columns: ColumnSchema[];
    expectedRows: number;
    point: DatasetPoint;
  }): Promise<void>;
  /** Forgets a table begun, with its files. */
  abortDataset(tableId: string): Promise<void>;
}

/** Where the writing of a dataset can go on. */
export interface DatasetPoint {
  readonly file: string;
  /** Of the file, up to here. */
  readonly bytes: number;
  /** Written up to here. */
  readonly rows: number;
  /** What the footer will say of the row groups. */
  readonly groups: string;
}

/** Rows of a row group: fixed, so that the file does not depend on the size of the blocks that arrive. */
export const ROW_GROUP_ROWS = 100_000;

/** Rows of a dataset kept as a table for preview and report; larger ones are thinned evenly to this. */
export const REPORT_SAMPLE_ROWS = 100_000;
