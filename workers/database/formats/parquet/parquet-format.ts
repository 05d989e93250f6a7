import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type RowGroup,
  type SchemaElement,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { UserError } from '../../../../src/domain/errors';
import { sliceValues } from '../slice-values';
import {
  BATCH_ROWS,
  type OpenedFile,
  type ReadBatch,
  type ReadTable,
  RejectedRecords,
  type TableFormat,
  type TableOptions,
} from '../table-format';
import { unreadable } from '../unreadable';
import type { Decoded, ValueSink } from '../value-sink';
import { valueSink } from '../value-sinks';
import { type FlatColumn, flatPages } from './flat-column';
import { chunkOf, PageGuard } from './page-guard';
import { leafNotes, type ParquetLeaf, parquetLeaves } from './parquet-columns';

/** Cells that are unpacked at a time, … */
const CELLS_AT_A_TIME = 1 << 24;
/** … and rows at most. */
const ROWS_AT_A_TIME = 1 << 20;
/** A page that unpacks to more is no page that a writer makes. */
const MAX_PAGE_BYTES = 1 << 30;
const MAX_TABLE_ROWS = 2 ** 31;

/** Apache Parquet (https://parquet.apache.org/docs/file-format/), read with hyparquet. */
export const PARQUET: TableFormat = {
  id: 'parquet',
  async open(file) {
    const buffer: AsyncBuffer = {
      byteLength: file.size,
      async slice(from, to = file.size) {
        const isInside = Number.isInteger(from) && from >= 0 && from <= to && to <= file.size;
        if (!isInside) throw new Error('its pages lie outside of the file');
        return file.slice(from, to).arrayBuffer();
      },
    };
    return damaged(file.name, async (): Promise<OpenedFile> => {
      const metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
      const leaves = parquetLeaves(parquetSchema(metadata));
      if (leaves.length === 0) throw new Error('it has no columns');
      return {
        tables: [],
        table: async (options) => new ParquetTable(file.name, buffer, metadata, leaves, options),
        close() {},
      };
    });
  },
};

/** What the library throws at damaged bytes, in words. */
async function damaged<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw unreadable(
      cause,
      name,
      'a Parquet file',
      'Write it again, or check that it was copied completely.',
    );
  }
}

class ParquetTable implements ReadTable {
  readonly kind = 'columns';
  readonly rejected = new RejectedRecords();
  readonly columns;
  readonly #name: string;
  readonly #buffer: AsyncBuffer;
  readonly #metadata: FileMetaData;
  /** The same without logical types: values as they are stored. */
  readonly #stored: FileMetaData;
  readonly #leaves: readonly ParquetLeaf[];
  readonly #options: TableOptions;
  readonly #guard: PageGuard;
  readonly #left = new Map<string, number>();

  constructor(
    name: string,
    buffer: AsyncBuffer,
    metadata: FileMetaData,
    leaves: readonly ParquetLeaf[],
    options: TableOptions,
  ) {
    this.#name = name;
    this.#buffer = buffer;
    this.#metadata = metadata;
    this.#stored = {
      ...metadata,
      schema: metadata.schema.map((element) =>
        element.num_children ? element : { ...element, converted_type: undefined, logical_type: undefined },
      ),
    } as FileMetaData;
    this.#guard = new PageGuard(metadata, parquetSchema(metadata));
    this.#leaves = leaves;
    this.#options = options;
    this.columns = leaves.map(({ column }) => column);
  }

  notes(): readonly string[] {
    const left = Array.from(this.#left, ([name, count]) =>
      count === 1
        ? `1 date of “${name}” outside the years 1 to 9999 is left empty.`
        : `${count} dates of “${name}” outside the years 1 to 9999 are left empty.`,
    );
    return [...leafNotes(this.#leaves), ...left];
  }

  async *batches(): AsyncGenerator<ReadBatch> {
    const total = this.#metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
    if (!(total >= 0 && total < MAX_TABLE_ROWS)) {
      throw unreadable(
        new Error(`it says it has ${total} rows`),
        this.#name,
        'a Parquet file',
        'Write it again.',
      );
    }
    const last = Math.min(total, this.#options.maxRows ?? total);
    const step = Math.min(
      ROWS_AT_A_TIME,
      Math.max(BATCH_ROWS, Math.floor(CELLS_AT_A_TIME / this.#leaves.length)),
    );
    let begin = 0;
    for (const group of this.#metadata.row_groups) {
      const end = begin + Number(group.num_rows);
      for (let from = begin; from < Math.min(end, last); from += step) {
        const to = Math.min(from + step, end, last);
        const columns = await damaged(this.#name, () => this.#read(group, begin, from, to));
        for (let at = 0; at < to - from; at += BATCH_ROWS) {
          const next = Math.min(at + BATCH_ROWS, to - from);
          yield {
            rowCount: next - at,
            columns: columns.map((column) => sliceValues(column, at, next)),
            done: (from + next) / total,
          };
        }
      }
      begin = end;
    }
  }

  /** All columns of the rows `from … to − 1`, which lie in one row group. */
  async #read(group: RowGroup, groupBegin: number, from: number, to: number) {
    const sinks = this.#leaves.map(({ reading, column }) => valueSink(reading, column.type, to - from));
    const tops = new Set(this.#leaves.map(({ top }) => top));
    for (const top of tops) {
      const own = this.#leaves.flatMap((leaf, i) => (leaf.top === top ? [{ leaf, sink: sinks[i]! }] : []));
      const [{ leaf, sink }] = own as [(typeof own)[0]];
      if (leaf.fields.length === 0 && leaf.reading.kind !== 'json') {
        await this.#readFlat(group, leaf, sink, from - groupBegin, to - groupBegin);
        continue;
      }
      for (const isStored of [true, false]) {
        const wanted = own.filter(({ leaf }) => (leaf.reading.kind !== 'json') === isStored);
        if (wanted.length > 0) await this.#readTop(top, isStored, from, to, wanted);
      }
    }
    return sinks.map((sink, i) => {
      const { name } = this.#leaves[i]!.column;
      if (sink.left > 0) this.#left.set(name, (this.#left.get(name) ?? 0) + sink.left);
      return sink.finish();
    });
  }

  /** A column that is not nested. @param from row of the group */
  async #readFlat(
    group: RowGroup,
    leaf: ParquetLeaf,
    sink: ValueSink,
    from: number,
    to: number,
  ): Promise<void> {
    this.#options.checkpoint();
    const meta = group.columns.find(
      ({ meta_data: one }) => one?.path_in_schema.length === 1 && one.path_in_schema[0] === leaf.top,
    )?.meta_data;
    if (!meta) throw new Error(`the column “${leaf.top}” is not in a row group`);
    const { begin, end } = chunkOf(meta);
    const column: FlatColumn = {
      bytes: await this.#inspected(begin, end),
      meta,
      element: { ...leaf.element, converted_type: undefined, logical_type: undefined } as SchemaElement,
      compressors: guarded(this.#guard),
    };
    let row = 0;
    for (const { rowCount, values, nulls } of flatPages(column, from)) {
      const last = Math.min(to, row + rowCount);
      if (last > from) sink.take(values, Math.max(from, row) - row, last - row, nulls);
      row += rowCount;
      if (row >= to) return;
    }
    throw new Error(`the column “${leaf.top}” has ${row} of ${to} rows`);
  }

  async #inspected(begin: number, end?: number): Promise<ArrayBuffer> {
    const bytes = await this.#buffer.slice(begin, end);
    this.#guard.inspect(bytes, begin);
    return bytes;
  }

  async #readTop(
    top: string,
    isStored: boolean,
    from: number,
    to: number,
    wanted: readonly { readonly leaf: ParquetLeaf; readonly sink: ValueSink }[],
  ): Promise<void> {
    this.#options.checkpoint();
    let at = from;
    await parquetRead({
      file: {
        byteLength: this.#buffer.byteLength,
        slice: (begin, end) => {
          const bytes = this.#inspected(begin, end);
          // The library asks for several at once and waits for one after the other: those behind the first that fails
          // would fail with nobody waiting.
          bytes.catch(() => undefined);
          return bytes;
        },
      },
      metadata: isStored ? this.#stored : this.#metadata,
      columns: [top],
      rowStart: from,
      rowEnd: to,
      compressors: guarded(this.#guard),
      utf8: !isStored,
      geoparquet: false,
      // Of INT96, nanoseconds are wanted and no dates.
      parsers: isStored ? { timestampFromNanoseconds: (nanos) => nanos } : ISO_DATES,
      onChunk({ columnData, rowStart, rowEnd }) {
        const first = Math.max(at, rowStart);
        const end = Math.min(to, rowEnd);
        if (first !== at || end <= first) return;
        for (const { leaf, sink } of wanted) {
          const run = leaf.fields.length === 0 ? columnData : fieldOf(columnData, leaf.fields);
          sink.take(run as Decoded, first - rowStart, end - rowStart);
        }
        at = end;
      },
    });
    if (at !== to) throw new Error(`the column “${top}” has ${at - from} of ${to - from} rows`);
  }
}

/** In lists, dates as they are written elsewhere. */
const ISO_DATES = {
  dateFromDays: (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10),
};

function fieldOf(run: Decoded, fields: readonly string[]): unknown[] {
  return Array.from(run, (value) => {
    let inner = value;
    for (const field of fields) {
      if (inner === null || inner === undefined || typeof inner !== 'object') return null;
      inner = Object.hasOwn(inner, field) ? (inner as Record<string, unknown>)[field] : null;
    }
    return inner;
  });
}

/** The library's, which take the size to unpack to on trust. */
function guarded(guard: PageGuard): typeof compressors {
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, unpack]) => [
      codec,
      (input: Uint8Array, size: number) => {
        if (!(size >= 0 && size <= MAX_PAGE_BYTES)) throw new UserError('source/too-large', pageWords(size));
        const bytes = unpack!(input, size);
        guard.unpacked(input, bytes);
        return bytes;
      },
    ]),
  );
}

function pageWords(size: number): string {
  return `A page of this Parquet file says that it unpacks to ${size} bytes; at most ${MAX_PAGE_BYTES} can be read. Write the file again with smaller pages.`;
}
