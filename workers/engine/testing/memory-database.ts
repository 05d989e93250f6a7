import { type ColumnData, type ColumnSchema, columnLength, takeRows } from '../../../src/domain/column-data';
import type { ColumnProfile, StorageType } from '../../../src/domain/columns';
import { comparedColumns, earlierSides, rowKeys } from '../../../src/domain/known-rows';
import { numberSubjects } from '../../../src/domain/number-subjects';
import { type RowSelection, selectRows } from '../../../src/domain/split';
import { type DatabasePeerApi, type DatasetPoint, ROW_GROUP_ROWS } from '../../database/protocol';

export interface MemoryColumn {
  readonly name: string;
  readonly storageType: StorageType;
  readonly data: ColumnData;
}

interface Dataset {
  readonly columns: readonly ColumnSchema[];
  blocks: ColumnData[][];
  finished: boolean;
}

/** The database as other workers see it, with tables in memory: for tests and benches in Node. */
export class MemoryDatabase implements DatabasePeerApi {
  readonly datasets = new Map<string, Dataset>();
  readonly #tables: Readonly<Record<string, readonly MemoryColumn[]>>;
  /** By table and earlier version. */
  readonly #known = new Map<string, Uint8Array>();

  constructor(tables: Readonly<Record<string, readonly MemoryColumn[]>>) {
    this.#tables = tables;
  }

  async describe(tableId: string): Promise<{ rowCount: number; columns: ColumnSchema[] }> {
    const columns = this.#table(tableId);
    return {
      rowCount: columns[0] ? columnLength(columns[0].data) : 0,
      columns: columns.map(({ name, storageType }) => ({ name, originalName: name, storageType })),
    };
  }

  async readParts(tableId: string, name: string, parts: readonly RowSelection[]): Promise<ColumnData[]> {
    const column = this.#table(tableId).find((candidate) => candidate.name === name);
    if (!column) throw new Error(`no column ${name} in ${tableId}`);
    return parts.map((part) => takeRows(column.data, this.#rows(tableId, part)));
  }

  async readSubjects(tableId: string, parts: readonly RowSelection[]): Promise<Uint32Array[]> {
    return parts.map((part) => {
      const subjects = this.#subjects(tableId, part);
      const rows = this.#rows(tableId, part);
      return subjects ? rows.map((row) => subjects[row]!) : rows;
    });
  }

  async readRowNumbers(tableId: string, parts: readonly RowSelection[]): Promise<Uint32Array[]> {
    return parts.map((part) => this.#rows(tableId, part));
  }

  async beginDataset(dataset: { tableId: string; columns: ColumnSchema[] }): Promise<void> {
    this.datasets.set(dataset.tableId, { columns: dataset.columns, blocks: [], finished: false });
  }

  async appendRows(datasetId: string, columns: ColumnData[]): Promise<void> {
    this.#dataset(datasetId).blocks.push(columns);
  }

  async finishDataset(datasetId: string): Promise<{ rows: number; parquetBytes: number }> {
    const dataset = this.#dataset(datasetId);
    dataset.finished = true;
    const rows = rowsOf(dataset);
    return { rows, parquetBytes: rows };
  }

  async markDataset(datasetId: string): Promise<DatasetPoint | null> {
    const rows = ROW_GROUP_ROWS * Math.floor(rowsOf(this.#dataset(datasetId)) / ROW_GROUP_ROWS);
    return rows > 0 ? { file: datasetId, bytes: rows, rows, groups: '' } : null;
  }

  /** What is not in a complete row group is gone. */
  async leaveDataset(datasetId: string): Promise<void> {
    const dataset = this.#dataset(datasetId);
    const rows = (await this.markDataset(datasetId))?.rows ?? 0;
    dataset.blocks = firstRows(dataset.blocks, rows);
  }

  async resumeDataset({ point }: { tableId: string; point: DatasetPoint }): Promise<void> {
    const dataset = this.#dataset(point.file);
    dataset.blocks = firstRows(dataset.blocks, point.rows);
  }

  async abortDataset(datasetId: string): Promise<void> {
    this.datasets.delete(datasetId);
  }

  #rows(tableId: string, part: RowSelection): Uint32Array {
    const rowCount = columnLength(this.#table(tableId)[0]!.data);
    const subjects = this.#subjects(tableId, part);
    return selectRows(rowCount, part, subjects, this.#earlier(tableId, part, subjects));
  }

  #earlier(
    tableId: string,
    { continues }: RowSelection,
    subjects: Uint32Array | undefined,
  ): Uint8Array | undefined {
    if (!continues) return undefined;
    const key = JSON.stringify([tableId, continues, subjects !== undefined]);
    const known = this.#known.get(key) ?? this.#compare(tableId, continues, subjects);
    this.#known.set(key, known);
    return known;
  }

  #compare(
    tableId: string,
    continues: NonNullable<RowSelection['continues']>,
    subjects: Uint32Array | undefined,
  ): Uint8Array {
    const [now, before] = [this.#table(tableId), this.#table(continues.tableId)];
    const names = [now, before].map((columns) => columns.map(({ name }) => name));
    const compared = comparedColumns(names[0]!, names[1]!, continues.knownBy);
    const keys = (columns: readonly MemoryColumn[]) =>
      rowKeys(compared.map((name) => columns.find((column) => column.name === name)!.data));
    const rows = (part: RowSelection['part']) => this.#rows(continues.tableId, { ...continues.rows, part });
    return earlierSides(
      { keys: keys(now), subjects },
      { keys: keys(before) },
      rows('training'),
      rows('validation'),
    );
  }

  #subjects(tableId: string, { subjectColumns }: RowSelection): Uint32Array | undefined {
    const columns = this.#table(tableId).filter(({ name }) => subjectColumns?.includes(name));
    return columns.length > 0 ? numberSubjects(columns.map(({ data }) => data)) : undefined;
  }

  #table(tableId: string): readonly MemoryColumn[] {
    const table = this.#tables[tableId];
    if (!table) throw new Error(`no table ${tableId}`);
    return table;
  }

  #dataset(datasetId: string): Dataset {
    const dataset = this.datasets.get(datasetId);
    if (!dataset) throw new Error(`no dataset ${datasetId}`);
    return dataset;
  }
}

function rowsOf({ blocks }: Dataset): number {
  return blocks.reduce((sum, block) => sum + columnLength(block[0]!), 0);
}

/** So many rows of blocks. */
function firstRows(blocks: readonly ColumnData[][], count: number): ColumnData[][] {
  let left = count;
  return blocks.flatMap((block) => {
    const take = Math.min(left, columnLength(block[0]!));
    left -= take;
    const rows = Uint32Array.from({ length: take }, (_, row) => row);
    return take > 0 ? [block.map((column) => takeRows(column, rows))] : [];
  });
}

/** The values of a column, null for none. */
export function cellsOf(data: ColumnData): (number | string | null)[] {
  if (data.kind === 'text') {
    return Array.from(data.codes, (code) => (code < 0 ? null : data.dictionary[code]!));
  }
  return Array.from(data.values, (value, row) => (data.nulls?.[row] === 1 ? null : value));
}

/** What the database would find out about a column, as far as typing it needs. */
export function profileOf(column: MemoryColumn, index: number): ColumnProfile {
  const cells = cellsOf(column.data);
  const counts = new Map<number | string, number>();
  for (const cell of cells) if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const occurrences = [...counts.values()];
  const present = occurrences.reduce((sum, count) => sum + count, 0);
  const frequent = occurrences.filter((count) => count >= 6);
  const numbers = [...counts.keys()].filter((value) => typeof value === 'number');
  return {
    index,
    originalName: column.name,
    name: column.name,
    storageType: column.storageType,
    rowCount: cells.length,
    nullCount: cells.length - present,
    distinctCount: counts.size,
    nonRareShare: present === 0 ? 0 : frequent.reduce((sum, count) => sum + count, 0) / present,
    uniqueShare: present === 0 ? 0 : occurrences.filter((count) => count === 1).length / present,
    nonRareDistinct: frequent.length,
    infiniteCount: 0,
    min: numbers.length > 0 ? numbers.reduce((a, b) => Math.min(a, b)) : null,
    median: null,
    mean: null,
    max: numbers.length > 0 ? numbers.reduce((a, b) => Math.max(a, b)) : null,
    maxLength: [...counts.keys()].reduce<number>(
      (length, value) => Math.max(length, String(value).length),
      0,
    ),
    fixedLength: false,
    looksLikeUuid: false,
    exceedsSafeInteger: false,
    topValues: topValuesOf(counts),
    histogram: [],
    nearMiss: null,
    subject: null,
  };
}

/** The most frequent values, as a profile has them. */
function topValuesOf(counts: ReadonlyMap<number | string, number>) {
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (String(a) < String(b) ? -1 : 1))
    .slice(0, 10)
    .map(([value, count]) => ({ value: String(value), count }));
}
