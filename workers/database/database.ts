import { type ColumnData, type ColumnSchema, transferables } from '../../src/domain/column-data';
import { isCanceled, UserError } from '../../src/domain/errors';
import { comparedColumns, earlierSides, rowKeys } from '../../src/domain/known-rows';
import { maskData } from '../../src/domain/names-of-data';
import { numberSubjects } from '../../src/domain/number-subjects';
import type { CsvDialect, Source, SourceFormat, TablePreview } from '../../src/domain/sources';
import type { RowSelection } from '../../src/domain/split';
import type { SqlResult, SqlTableRef } from '../../src/domain/sql-tables';
import type { StoredRows } from '../../src/domain/synthetic-datasets';
import { transfer } from '../../src/threads/rpc';
import { JobRunner } from '../../src/threads/run-job';
import { SelectionCache } from './columns/selection-cache';
import { RESULT_ID, SqlConsole } from './console/sql-console';
import { DatasetShelf, type Files } from './datasets/dataset-shelf';
import type { RenewableEngine } from './duckdb/renewed-engine';
import type { SqlEngine } from './duckdb/sql';
import { importFile, loadFileHead } from './import/import-file';
import { listTables } from './import/list-tables';
import { isMemoryFull } from './import/too-large';
import type {
  DatabaseEvent,
  DatabasePeerApi,
  ExportedFile,
  ExportOptions,
  SqliteRequest,
  WrittenFile,
} from './protocol';
import { SqlTable, type Table } from './tables';

const PREVIEW_ROWS = 200;

/** The work of the database worker, on DuckDB and a file store. */
export class Database {
  readonly #sql: RenewableEngine;
  readonly #datasets: DatasetShelf;
  readonly #jobs: JobRunner;
  readonly #console: SqlConsole;
  readonly #tables = new Map<string, Table>();
  readonly #selections = new SelectionCache();
  /** By table and columns: numbers of the subjects of its rows. */
  readonly #subjects = new Map<string, Promise<Uint32Array>>();
  /** By table and earlier version: on which side of its split the subjects were. */
  readonly #earlier = new Map<string, Promise<Uint8Array>>();
  /** What the tables of sources are read from, where the engine is started anew. */
  readonly #imported = new Map<string, { readonly file: File; readonly overrides: Partial<CsvDialect> }>();
  #tableCount = 0;

  constructor(sql: RenewableEngine, files: Files, emit: (event: DatabaseEvent) => void) {
    this.#sql = sql;
    this.#datasets = new DatasetShelf(files);
    this.#jobs = new JobRunner(emit);
    this.#console = new SqlConsole(sql, (tableId) => this.#table(tableId));
    sql.restarts?.onRestart((direct) => this.#refill(direct, emit));
  }

  async sniff(
    file: File,
    overrides: Partial<CsvDialect>,
  ): Promise<{ dialect: CsvDialect; format?: SourceFormat; columns: ColumnSchema[]; preview: TablePreview }> {
    const sqlTable = this.#nextTable();
    const { dialect, format, rows, columns, typed } = await loadFileHead(this.#sql, file, {
      overrides,
      sqlTable,
      onProgress: () => {},
      checkpoint: () => {},
    });
    const unread = typed.flatMap(({ parser, nearMiss }, i) => (parser && nearMiss ? [i] : []));
    const table = new SqlTable(columns, rows.rowCount, this.#sql, sqlTable, unread);
    try {
      const schema = columns.map(schemaOf);
      return {
        dialect,
        ...(format && { format }),
        columns: schema,
        preview: await table.preview(0, PREVIEW_ROWS),
      };
    } finally {
      await table.drop();
      this.#giveBack();
    }
  }

  importSource(
    jobId: string,
    { sourceId, tableId }: { sourceId: string; tableId: string },
    file: File,
    overrides: Partial<CsvDialect>,
  ): Promise<Source> {
    const started = performance.now();
    return this.#jobs.run(jobId, `Reading ${file.name}`, async (job) => {
      const step = job.step('IMPORT_DATA', 'bytes', file.size);
      const { sqlTable, dialect, format, layout, headerGuess, ...table } = await this.#unlessRestarted(() =>
        importFile(this.#sql, file, {
          overrides,
          sqlTable: this.#nextTable(),
          onProgress: (bytes) => step.update(Math.round(bytes)),
          checkpoint: job.checkpoint,
        }),
      ).catch((cause) => {
        this.#giveBack();
        throw cause;
      });
      await this.dropTable(tableId);
      const unread = table.columns.flatMap(({ nearMiss, storageType, index }) =>
        nearMiss && storageType !== 'text' ? [index] : [],
      );
      this.#tables.set(tableId, new SqlTable(table.columns, table.rowCount, this.#sql, sqlTable, unread));
      this.#imported.set(tableId, { file, overrides });
      return {
        id: sourceId,
        name: file.name,
        byteSize: file.size,
        dialect,
        chosen: overrides,
        ...(layout && { layout }),
        ...(format && { format }),
        ...(headerGuess && { headerGuess }),
        tables: [{ id: tableId, name: tableName(file.name, dialect), ...table }],
        importSeconds: (performance.now() - started) / 1000,
      };
    });
  }

  async preview(tableId: string, offset: number, limit: number): Promise<TablePreview> {
    return this.#table(tableId).preview(offset, limit);
  }

  cancel(jobId: string): void {
    this.#jobs.cancel(jobId);
  }

  async download(jobId: string, tableId: string, options: ExportOptions): Promise<ExportedFile> {
    const { format } = options;
    if (format === 'parquet') return { file: await this.#datasets.parquet(tableId), notes: [] };
    return this.#jobs.run(jobId, 'The export', (job) =>
      this.#datasets.export(tableId, { ...options, format }, job),
    );
  }

  listTables(file: File): ReturnType<typeof listTables> {
    return listTables(this.#sql, file);
  }

  writeSqlite(jobId: string, tableId: string, request: SqliteRequest): Promise<WrittenFile> {
    return this.#jobs.run(jobId, 'The writing', (job) => this.#datasets.toSqlite(tableId, request, job));
  }

  sqlMentions(query: string, names: readonly string[]): Promise<string[]> {
    return this.#console.mentioned(query, names);
  }

  runSql(jobId: string, query: string, tables: readonly SqlTableRef[]): Promise<SqlResult> {
    return this.#jobs.run(jobId, 'The query', (job) => this.#console.run(query, tables, job));
  }

  async sqlFile(jobId: string, options: ExportOptions): Promise<ExportedFile> {
    await this.#jobs.run(jobId, 'The export', (job) => this.#console.writeResult(this.#datasets, job));
    return this.download(jobId, RESULT_ID, options);
  }

  async dropTable(tableId: string): Promise<void> {
    const table = this.#tables.get(tableId);
    await table?.drop();
    if (table) await this.#console.forget(table);
    this.#tables.delete(tableId);
    this.#imported.delete(tableId);
    for (const key of this.#subjects.keys()) if (key.startsWith(`${tableId} `)) this.#subjects.delete(key);
    for (const key of this.#earlier.keys()) if (key.includes(tableId)) this.#earlier.delete(key);
    await this.#datasets.remove(tableId);
    this.#giveBack();
  }

  async storedRows(tableId: string): Promise<StoredRows> {
    return this.#datasets.stored(tableId);
  }

  async reopenDataset(tableId: string, stored: StoredRows): Promise<void> {
    this.#tables.set(tableId, await this.#datasets.reopen(tableId, stored));
  }

  /** What other workers may ask. */
  readonly peer: DatabasePeerApi = {
    describe: async (tableId) => {
      const { rowCount, columns } = this.#table(tableId);
      return {
        rowCount,
        columns: columns.map(schemaOf),
      };
    },
    readParts: async (tableId, column, parts) => {
      const data = await this.#readParts(tableId, column, parts);
      return transfer(data, transferables(data));
    },
    readSubjects: async (tableId, parts) => {
      const { rowCount } = this.#table(tableId);
      const chosen = await Promise.all(
        parts.map(async (part) => {
          const subjects = await this.#subjectsOf(tableId, part);
          const rows = await this.#rowsOf(tableId, part);
          if (!subjects) return rows?.slice() ?? Uint32Array.from({ length: rowCount }, (_, row) => row);
          return rows ? rows.map((row) => subjects[row]!) : subjects.slice();
        }),
      );
      return transfer(
        chosen,
        chosen.map(({ buffer }) => buffer as ArrayBuffer),
      );
    },
    readRowNumbers: async (tableId, parts) => {
      const { rowCount } = this.#table(tableId);
      const every = () => Uint32Array.from({ length: rowCount }, (_, row) => row);
      return Promise.all(parts.map(async (part) => (await this.#rowsOf(tableId, part))?.slice() ?? every()));
    },
    beginDataset: ({ tableId, fileName, columns, expectedRows }) =>
      this.#datasets.begin(tableId, fileName, columns, expectedRows),
    appendRows: async (tableId, columns) => this.#datasets.append(tableId, columns),
    finishDataset: async (tableId) => {
      const { rows, parquetBytes, sample } = await this.#datasets.finish(tableId);
      this.#tables.set(tableId, sample);
      return { rows, parquetBytes };
    },
    markDataset: (tableId) => this.#datasets.mark(tableId),
    leaveDataset: (tableId) => this.#datasets.leave(tableId),
    resumeDataset: ({ tableId, fileName, columns, expectedRows, point }) =>
      this.#datasets.resume(tableId, fileName, columns, expectedRows, point),
    abortDataset: (tableId) => this.dropTable(tableId),
  };

  /** Begins anew what lost its half-made tables with the engine. */
  async #unlessRestarted<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      const before = this.#sql.restarts?.count();
      try {
        return await work();
      } catch (error) {
        if (isCanceled(error) || this.#sql.restarts?.count() === before) throw error;
      }
    }
  }

  /** Reads the tables of sources into an engine that was started anew, under their names. */
  async #refill(sql: SqlEngine, emit: (event: DatabaseEvent) => void): Promise<void> {
    const tableIds: string[] = [];
    for (const [tableId, { file, overrides }] of this.#imported) {
      const table = this.#tables.get(tableId);
      if (!(table instanceof SqlTable)) continue;
      const read = { overrides, sqlTable: table.name, onProgress: () => {}, checkpoint: () => {} };
      const again = await importFile(sql, file, read).catch(() => null);
      if (again?.rowCount === table.rowCount && again.columns.length === table.columns.length) continue;
      // Its file has changed or gone; the page has a copy, and brings it when it is needed.
      await sql.query(`DROP TABLE IF EXISTS ${table.name}`);
      this.#tables.delete(tableId);
      this.#imported.delete(tableId);
      tableIds.push(tableId);
    }
    if (tableIds.length > 0) emit({ type: 'tables-lost', tableIds });
  }

  async #readParts(tableId: string, name: string, parts: readonly RowSelection[]): Promise<ColumnData[]> {
    const table = this.#table(tableId);
    const index = columnIndex(table, name);
    try {
      const rows: (Uint32Array | null)[] = [];
      for (const part of parts) rows.push(await this.#rowsOf(tableId, part));
      return await table.readParts(index, rows);
    } catch (cause) {
      if (!isMemoryFull(cause)) throw cause;
      throw new UserError(
        'source/too-large',
        `There is no memory left to read the column “${name}” of ${table.rowCount.toLocaleString('en')} rows. Remove tables that you do not need, or import a random sample of the rows.`,
        { details: { column: name, rows: table.rowCount }, cause },
      );
    }
  }

  /** Row numbers of a selection, null = all rows. */
  async #rowsOf(tableId: string, part: RowSelection): Promise<Uint32Array | null> {
    const subjects = await this.#subjectsOf(tableId, part);
    const earlier = await this.#earlierOf(tableId, part, subjects);
    return this.#selections.rows(this.#table(tableId).rowCount, part, subjects, earlier);
  }

  /** On which side of the split of an earlier version the rows were; absent = there is none. */
  async #earlierOf(
    tableId: string,
    { continues }: RowSelection,
    subjects: Uint32Array | undefined,
  ): Promise<Uint8Array | undefined> {
    if (!continues) return undefined;
    const key = JSON.stringify([tableId, continues, subjects !== undefined]);
    let earlier = this.#earlier.get(key);
    if (!earlier) {
      earlier = this.#compareVersions(tableId, continues, subjects);
      this.#earlier.set(key, earlier);
      earlier.catch(() => this.#earlier.delete(key));
    }
    return earlier;
  }

  async #compareVersions(
    tableId: string,
    { tableId: earlierId, rows, knownBy }: NonNullable<RowSelection['continues']>,
    subjects: Uint32Array | undefined,
  ): Promise<Uint8Array> {
    const [now, before] = [this.#table(tableId), this.#table(earlierId)];
    const [names, known] = [now, before].map(({ columns }) => columns.map(({ name }) => name));
    const compared = comparedColumns(names!, known!, knownBy);
    const keys = async (table: Table) => {
      const columns: ColumnData[] = [];
      for (const name of compared)
        columns.push((await table.readParts(columnIndex(table, name), [null]))[0]!);
      return rowKeys(columns);
    };
    const [keysNow, keysBefore] = [await keys(now), await keys(before)];
    return earlierSides(
      { keys: keysNow, subjects },
      { keys: keysBefore },
      await this.#rowsOf(earlierId, { ...rows, part: 'training' }),
      await this.#rowsOf(earlierId, { ...rows, part: 'validation' }),
    );
  }

  /** Numbers of the subjects of all rows; absent = every row is a subject of its own. */
  async #subjectsOf(
    tableId: string,
    { subjectColumns }: Pick<RowSelection, 'subjectColumns'>,
  ): Promise<Uint32Array | undefined> {
    if (!subjectColumns || subjectColumns.length === 0) return undefined;
    const table = this.#table(tableId);
    const indices = subjectColumns.map((name) => columnIndex(table, name)).sort((a, b) => a - b);
    const key = `${tableId} ${indices.join()}`;
    let subjects = this.#subjects.get(key);
    if (!subjects) {
      subjects = Promise.all(indices.map((index) => table.readParts(index, [null]))).then((columns) =>
        numberSubjects(columns.map(([column]) => column!)),
      );
      this.#subjects.set(key, subjects);
      // What failed for want of memory may succeed later.
      subjects.catch(() => this.#subjects.delete(key));
    }
    return subjects;
  }

  #table(tableId: string): Table {
    const table = this.#tables.get(tableId);
    if (!table) throw new UserError('not-found', 'This table is no longer in memory. Import its file again.');
    return table;
  }

  /** Nothing waits for it; if it fails, all stays as it is. */
  #giveBack(): void {
    this.#sql.giveBack().catch(() => undefined);
  }

  #nextTable(): string {
    return `table_${++this.#tableCount}`;
  }
}

/** File name without its extensions, and without values of the data: it becomes the name of what is made of it. */
function tableName(fileName: string, { table, entry }: CsvDialect): string {
  const name = fileName
    .replace(/\.(gz|zst|zip)$/i, '')
    .replace(
      /\.(csv|tsv|txt|tab|psv|json|jsonl|ndjson|parquet|arrow|feather|xlsx|xlsm|sqlite3?|duckdb|ddb|db)$/i,
      '',
    );
  return maskData(table ?? entry?.replace(/^.*\/|\.\w+$/g, '') ?? name) || 'table';
}

/** @throws UserError `not-found` */
function columnIndex({ columns }: Table, name: string): number {
  const index = columns.findIndex((column) => column.name === name);
  if (index >= 0) return index;
  throw new UserError('not-found', `The table has no column “${name}”.`, { details: { column: name } });
}

function schemaOf({ name, originalName, storageType }: ColumnSchema): ColumnSchema {
  return { name, originalName, storageType };
}
