import {
  type Batch,
  CompressionType,
  setCompressionCodec,
  type Table,
  tableFromIPC,
} from '@uwdata/flechette';
import { decompress } from 'fzstd';
import { UserError } from '../../../../src/domain/errors';
import { noteOf } from '../listed';
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
import { readingNotes } from '../value-reading';
import { type ArrowLeaf, arrowLeaves } from './arrow-columns';
import { unpackLz4Frame } from './lz4-frame';
import { checkMetadata } from './metadata-guard';
import { readLeaves } from './read-leaves';

/** The whole file is in memory while it is read. */
const MAX_BYTES = 1 * 2 ** 30;
/** A buffer that unpacks to more is none that a writer makes. */
const MAX_BUFFER_BYTES = 2 ** 30;
const ADVICE = 'Write it again, or as Parquet.';

/** Arrow IPC, file or stream, and Feather 2 (https://arrow.apache.org/docs/format/Columnar.html), read with flechette. */
export const ARROW: TableFormat = {
  id: 'arrow',
  async open(file): Promise<OpenedFile> {
    if (file.size > MAX_BYTES) {
      throw new UserError(
        'source/too-large',
        `“${file.name}” is larger than 1 GB, which is the most that can be read of an Arrow file. Write it as Parquet: that is read piece by piece.`,
        { details: { file: file.name } },
      );
    }
    registerCodecs();
    const bytes = new Uint8Array(await file.arrayBuffer());
    try {
      checkMetadata(bytes);
      const table = tableFromIPC(bytes, {
        useBigInt: true,
        useBigIntTimestamp: true,
        useDecimalInt: true,
      });
      const leaves = arrowLeaves(table.schema.fields);
      if (leaves.length === 0) throw new Error('it has no columns');
      return {
        tables: [],
        table: async (options) => new ArrowTable(file.name, table, leaves, options),
        close() {},
      };
    } catch (cause) {
      throw unreadable(cause, file.name, 'an Arrow file', ADVICE);
    }
  },
};

function registerCodecs(): void {
  const encode = () => {
    throw new Error('nothing is compressed here');
  };
  const sized = (size: number) => {
    if (!(size >= 0 && size <= MAX_BUFFER_BYTES))
      throw new Error(`a buffer says that it unpacks to ${size} bytes`);
    return size;
  };
  setCompressionCodec(CompressionType.LZ4_FRAME, {
    encode,
    decode: (bytes: Uint8Array, size: number) => unpackLz4Frame(bytes, sized(size)),
  });
  setCompressionCodec(CompressionType.ZSTD, {
    encode,
    decode: (bytes: Uint8Array, size: number) => decompress(bytes, new Uint8Array(sized(size))),
  });
}

class ArrowTable implements ReadTable {
  readonly kind = 'columns';
  readonly rejected = new RejectedRecords();
  readonly columns;
  readonly #name: string;
  readonly #table: Table;
  readonly #leaves: readonly ArrowLeaf[];
  readonly #options: TableOptions;

  constructor(name: string, table: Table, leaves: readonly ArrowLeaf[], options: TableOptions) {
    this.#name = name;
    this.#table = table;
    this.#leaves = leaves;
    this.#options = options;
    this.columns = leaves.map(({ column }) => column);
  }

  notes(): readonly string[] {
    const named = (holds: (leaf: ArrowLeaf) => boolean) =>
      this.#leaves.filter(holds).map(({ column }) => column.name);
    return [
      ...readingNotes(this.#leaves.map(({ reading, column }) => ({ reading, name: column.name }))),
      ...noteOf(
        named(({ hasZone }) => hasZone),
        'has times with a zone, read as UTC.',
        'have times with a zone, read as UTC.',
      ),
      ...noteOf(
        named(({ isDuration }) => isDuration),
        'holds durations, read as numbers of the unit they are counted in.',
        'hold durations, read as numbers of the unit they are counted in.',
      ),
    ];
  }

  async *batches(): AsyncGenerator<ReadBatch> {
    const { maxRows = Number.POSITIVE_INFINITY, checkpoint } = this.#options;
    const { children } = this.#table;
    const [first] = children;
    const total = Math.max(1, this.#table.numRows);
    let rows = 0;
    for (let b = 0; b < (first?.data.length ?? 0) && rows < maxRows; b++) {
      const length = Math.min(first!.data[b]!.length, maxRows - rows);
      const batches = children.map(({ data }) => data[b]);
      for (let from = 0; from < length; from += BATCH_ROWS) {
        checkpoint();
        // Time for a cancel to be heard.
        await new Promise((resolve) => setTimeout(resolve));
        const to = Math.min(from + BATCH_ROWS, length);
        rows += to - from;
        yield { rowCount: to - from, columns: this.#read(batches, from, to), done: rows / total };
      }
    }
  }

  #read(batches: readonly (Batch<unknown> | undefined)[], from: number, to: number) {
    try {
      return readLeaves(this.#leaves, [{ batches, from, to }]);
    } catch (cause) {
      throw unreadable(cause, this.#name, 'an Arrow file', ADVICE);
    }
  }
}
