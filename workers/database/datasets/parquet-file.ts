import type { DecodedArray } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { toMicroseconds } from './microseconds';
import { ORIGINAL_NAMES_KEY, parquetNames, parquetSchema } from './parquet-schema';
import { fromGroupText, toGroupText } from './row-group-text';

const DAY = 86_400_000;

/**
 * A Parquet file written row group by row group. Nothing in it depends on time or machine: the same rows give the
 * same bytes.
 */
export class ParquetFile {
  readonly #schema: readonly ColumnSchema[];
  readonly #names: readonly string[];
  readonly #buffer = new ByteWriter(1 << 20);
  readonly #writer: ParquetWriter;
  readonly #emit: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;

  /**
   * @param emit takes the next bytes of the file, which it may keep
   * @param from row groups that are written, and their bytes; null = none
   */
  constructor(
    schema: readonly ColumnSchema[],
    emit: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
    from: { readonly bytes: number; readonly groups: string } | null = null,
  ) {
    this.#schema = schema;
    this.#names = parquetNames(schema);
    this.#emit = emit;
    this.#writer = new ParquetWriter({
      writer: this.#buffer,
      schema: parquetSchema(schema),
      codec: 'SNAPPY',
      createdBy: 'doppelgrid',
      kvMetadata: [
        { key: ORIGINAL_NAMES_KEY, value: JSON.stringify(schema.map((column) => column.originalName)) },
      ],
    });
    if (!from) return;
    this.#writer.row_groups = fromGroupText(from.groups);
    this.#writer.num_rows = this.#writer.row_groups.reduce((sum, { num_rows }) => sum + num_rows, 0n);
    this.#buffer.offset = from.bytes;
    this.#buffer.index = 0;
  }

  /** What the footer will say of the row groups so far. */
  groups(): string {
    return toGroupText(this.#writer.row_groups);
  }

  /** Writes one row group. */
  async writeRowGroup(columns: readonly ColumnData[], rows: number): Promise<void> {
    await this.#writer.write({
      columnData: columns.map((column, i) => ({
        name: this.#names[i]!,
        data: parquetValues(column, this.#schema[i]!.storageType),
        offsetIndex: false,
        ...(column.kind === 'text' &&
          this.#schema[i]!.storageType === 'text' && { encoding: 'RLE_DICTIONARY' as const }),
      })),
      rowGroupSize: rows,
    });
    await this.#flush();
  }

  /** Writes the footer. */
  async finish(): Promise<void> {
    await this.#writer.finish();
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = this.#buffer.getBytes().slice();
    // `offset` counts the bytes of the whole file, `index` those in the buffer.
    this.#buffer.index = 0;
    if (bytes.length > 0) await this.#emit(bytes as Uint8Array<ArrayBuffer>);
  }
}

/** Values as the writer takes them: undefined for null. */
function parquetValues(column: ColumnData, type: StorageType): DecodedArray {
  if (column.kind === 'text') {
    const dictionary: readonly unknown[] =
      type === 'boolean' ? column.dictionary.map((text) => text === 'true') : column.dictionary;
    return Array.from(column.codes, (code) => (code < 0 ? undefined : dictionary[code]));
  }
  const { values, nulls } = column;
  const convert = converter(type);
  return Array.from(values, (value, row) => (nulls?.[row] ? undefined : convert(value)));
}

function converter(type: StorageType): (value: number) => number | bigint {
  switch (type) {
    case 'integer':
      return (value) => BigInt(Math.round(value));
    case 'datetime':
      return toMicroseconds;
    case 'date':
      return (value) => Math.floor(value / DAY);
    case 'time':
      return (value) => Math.min(DAY - 1, Math.max(0, Math.round(value)));
    default:
      return (value) => value;
  }
}
