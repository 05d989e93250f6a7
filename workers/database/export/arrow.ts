import {
  bool,
  Column,
  columnFromArray,
  type DataType,
  dateDay,
  float64,
  int64,
  type Table,
  TimeUnit,
  Type,
  tableFromColumns,
  tableToIPC,
  timeMillisecond,
  timestamp,
  utf8,
} from '@uwdata/flechette';
import type { StorageType } from '../../../src/domain/columns';
import { toMicroseconds } from '../datasets/microseconds';
import { parquetNames } from '../datasets/parquet-schema';
import { tableAt, vectorAt } from '../formats/arrow/flatbuffers';
import type { Exporter, ExportRequest, RowBlock } from './exporter';

/** What a file begins with, padded to 8 bytes. */
const MAGIC = new TextEncoder().encode('ARROW1\0\0');
/** Continuation mark and length before a message. */
const PREFIX = 8;
/** Footer's length and magic at the end of a file. */
const TAIL = 10;
const BLOCK_BYTES = 24;
/** Numbers of fields, of a message and of the footer (https://arrow.apache.org/docs/format/Columnar.html, File format). */
const BODY_LENGTH = 3;
const RECORD_BATCHES = 3;

/** A message of an IPC stream, as the footer of a file lists it. */
interface Message {
  readonly offset: number;
  readonly metadataLength: number;
  readonly bodyLength: number;
}

/**
 * Arrow IPC file (Feather version 2), one record batch a block of rows. flechette writes whole tables: each block is a
 * stream of its own, of which the batch is taken; the footer is that of a table of empty batches, with their addresses.
 */
export const arrow: Exporter = {
  id: 'arrow',
  async *write(request) {
    const batches: Message[] = [];
    let offset = MAGIC.length;
    yield MAGIC.slice();
    for await (const block of request.rows.blocks()) {
      const stream = ipc(tableOf(request, block), 'stream');
      const [schema, batch] = messagesOf(stream);
      if (batches.length === 0) {
        yield stream.slice(0, batch!.offset);
        offset += batch!.offset;
      }
      const end = batch!.offset + batch!.metadataLength + batch!.bodyLength;
      yield stream.slice(schema!.offset + schema!.metadataLength, end);
      batches.push({ ...batch!, offset });
      offset += batch!.metadataLength + batch!.bodyLength;
    }
    yield footer(request, batches);
  },
};

const TYPES: Readonly<Record<StorageType, () => DataType>> = {
  integer: int64,
  float: float64,
  boolean: bool,
  date: dateDay,
  datetime: () => timestamp(TimeUnit.MICROSECOND),
  time: timeMillisecond,
  text: utf8,
};

function tableOf({ schema }: Pick<ExportRequest, 'schema'>, { columns }: RowBlock): Table {
  const names = parquetNames(schema);
  return tableFromColumns(
    schema.map(({ storageType }, c) => [
      names[c]!,
      columnOf(Array.from(columns[c]! as ArrayLike<unknown>), TYPES[storageType]()),
    ]),
  );
}

function columnOf(values: unknown[], type: DataType): Column<unknown> {
  if (type.typeId !== Type.Timestamp) return columnFromArray(values, type);
  // flechette multiplies doubles of milliseconds and refuses what is no whole number then.
  const counts = values.map((value) => (typeof value === 'number' ? toMicroseconds(value) : null));
  const { data } = columnFromArray(counts, int64());
  for (const batch of data) batch.type = type;
  return new Column([...data], type);
}

/** Schema and record batches of a stream; there are no dictionaries. */
function messagesOf(bytes: Uint8Array, from = 0): Message[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: Message[] = [];
  for (let offset = from; ; ) {
    const length = view.getInt32(offset + 4, true);
    if (length === 0) return messages;
    const body = tableAt(view, offset + PREFIX)(BODY_LENGTH);
    const bodyLength = body === null ? 0 : Number(view.getBigInt64(body, true));
    messages.push({ offset, metadataLength: PREFIX + length, bodyLength });
    offset += PREFIX + length + bodyLength;
  }
}

/** End-of-stream mark and footer. */
function footer(request: ExportRequest, batches: readonly Message[]): Uint8Array<ArrayBuffer> {
  const { children, schema } = tableOf(request, { columns: request.schema.map(() => []), rows: 0 });
  const empty = children.map(
    ({ type }) => columnFromArray([], type).data[0] ?? columnFromArray([null], type).data[0]!,
  );
  const columns = empty.map((batch) => new Column(batches.map(() => batch)));
  const table = tableFromColumns(schema.fields.map(({ name }, c) => [name, columns[c]!]));
  const file = ipc(table, 'file');
  const messages = messagesOf(file, MAGIC.length);
  const last = messages.at(-1)!;
  const tail = file.slice(last.offset + last.metadataLength + last.bodyLength);
  const view = new DataView(tail.buffer);
  const begin = tail.length - TAIL - view.getInt32(tail.length - TAIL, true);
  const { start } = vectorAt(view, tableAt(view, begin)(RECORD_BATCHES), BLOCK_BYTES);
  for (const [i, { offset, metadataLength, bodyLength }] of batches.entries()) {
    const block = start + BLOCK_BYTES * i;
    view.setBigInt64(block, BigInt(offset), true);
    view.setInt32(block + 8, metadataLength, true);
    view.setBigInt64(block + 16, BigInt(bodyLength), true);
  }
  return tail;
}

function ipc(table: Table, format: 'stream' | 'file'): Uint8Array<ArrayBuffer> {
  return tableToIPC(table, { format }) as Uint8Array<ArrayBuffer>;
}
