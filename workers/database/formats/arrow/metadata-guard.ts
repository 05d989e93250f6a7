import { type Fields, tableAt, vectorAt } from './flatbuffers';

/**
 * Checks what an Arrow file's metadata says before flechette believes it: it makes arrays as long as a list says, powers as
 * large as a decimal's scale, and rows as many as a batch counts, so that one damaged number fills all memory or takes
 * minutes.
 *
 * @param bytes a file or a stream
 * @throws RangeError where a list ends beyond its metadata, a position lies outside, or a number is none a writer gives
 */
export function checkMetadata(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (MAGIC.every((byte, i) => bytes[i] === byte)) checkFile(view);
  else for (let at = 0; at + 4 <= bytes.length; ) at = checkMessage(view, at) ?? bytes.length;
}

const MAGIC = [...'ARROW1'].map((char) => char.charCodeAt(0));
/** Numbers of the fields that are looked at, by table. */
const FOOTER = { schema: 1, dictionaries: 2, recordBatches: 3 } as const;
const MESSAGE = { headerType: 1, header: 2, bodyLength: 3 } as const;
const SCHEMA = { fields: 1, metadata: 2 } as const;
const FIELD = { typeType: 2, type: 3, children: 5, metadata: 6 } as const;
const BATCH = { length: 0, nodes: 1, buffers: 2, compression: 3, variadicCounts: 4 } as const;
const DICTIONARY_BATCH = { data: 1 } as const;
const DECIMAL = { precision: 0, scale: 1 } as const;
const UNION_TYPE_IDS = 1;
/** Of a type of fixed size: bytes of a value, or entries of a list. */
const FIXED_SIZE = 0;
/** What `MessageHeader` and `Type` count. */
const HEADERS = { schema: 1, dictionary: 2, batch: 3 } as const;
const TYPES = { decimal: 7, union: 14, fixedBinary: 15, fixedList: 16 } as const;

/** Fields within fields, and fields in all, beyond which no writer goes. */
const MAX_DEPTH = 64;
const MAX_FIELDS = 1_000_000;
/** Digits of the widest decimal, of 256 bits. */
const MAX_DIGITS = 76;
const BLOCK_BYTES = 24;
const NODE_BYTES = 16;
const BUFFER_BYTES = 16;
/** What a byte unpacks to at most: a block of Zstandard is 4 bytes or more, and 128 KiB or less unpacked. */
const MAX_RATIO = 2 ** 15;
/** Rows of a batch whose columns need no bytes, as those without any value. */
const MAX_EMPTY_ROWS = 1_000_000;

function checkFile(file: DataView): void {
  const end = file.byteLength - MAGIC.length - 4;
  const footer = tableAt(file, end - file.getInt32(end, true));
  checkSchema(file, footer(FOOTER.schema));
  for (const field of [FOOTER.dictionaries, FOOTER.recordBatches]) {
    const blocks = vectorAt(file, footer(field), BLOCK_BYTES);
    for (let i = 0; i < blocks.length; i++)
      checkMessage(file, Number(file.getBigInt64(blocks.start + i * BLOCK_BYTES, true)));
  }
}

/** @returns where the next message begins; null = this was the end */
function checkMessage(file: DataView, begin: number): number | null {
  let at = begin;
  let length = file.getInt32(at, true);
  at += 4;
  // Since version .15 a mark stands before the length.
  if (length === -1) {
    length = file.getInt32(at, true);
    at += 4;
  }
  if (length === 0) return null;
  // Of its own, so that nothing beyond it is taken for a part of it.
  const metadata = new DataView(file.buffer, file.byteOffset + at, length);
  const message = tableAt(metadata, 0);
  const body = { begin: at + length, bytes: longAt(metadata, message(MESSAGE.bodyLength)) };
  if (!(body.bytes >= 0)) throw new RangeError('the length of a message is below 0');
  const kind = message(MESSAGE.headerType);
  const header = message(MESSAGE.header);
  if (kind !== null && header !== null) {
    const type = metadata.getUint8(kind);
    if (type === HEADERS.schema) checkSchema(metadata, header);
    if (type === HEADERS.batch) checkBatch(metadata, header, file, body.begin);
    if (type === HEADERS.dictionary)
      checkBatch(metadata, tableAt(metadata, header)(DICTIONARY_BATCH.data), file, body.begin);
  }
  return body.begin + body.bytes;
}

function checkBatch(view: DataView, position: number | null, file: DataView, body: number): void {
  if (position === null) return;
  const batch = tableAt(view, position);
  vectorAt(view, batch(BATCH.variadicCounts), 8);
  const limit = 8 * unpackedBytes(view, batch, file, body) + MAX_EMPTY_ROWS;
  const counts = [longAt(view, batch(BATCH.length))];
  const nodes = vectorAt(view, batch(BATCH.nodes), NODE_BYTES);
  for (let i = 0; i < nodes.length; i++) counts.push(longAt(view, nodes.start + i * NODE_BYTES));
  // A row takes a bit at least in some column.
  for (const count of counts)
    if (!(count >= 0 && count <= limit)) throw new RangeError(`a batch says that it has ${count} rows`);
}

/** Bytes of the buffers of a batch as they are in memory. */
function unpackedBytes(view: DataView, batch: Fields, file: DataView, body: number): number {
  const isCompressed = batch(BATCH.compression) !== null;
  const buffers = vectorAt(view, batch(BATCH.buffers), BUFFER_BYTES);
  let bytes = 0;
  for (let i = 0; i < buffers.length; i++) {
    const offset = longAt(view, buffers.start + i * BUFFER_BYTES);
    const length = longAt(view, buffers.start + i * BUFFER_BYTES + 8);
    if (!(offset >= 0 && length >= 0 && body + offset + length <= file.byteLength))
      throw new RangeError('a buffer lies outside of the file');
    // A compressed buffer begins with the size that it unpacks to, −1 where it is not compressed after all.
    const unpacked = isCompressed && length >= 8 ? longAt(file, body + offset) : -1;
    if (unpacked > MAX_RATIO * length)
      throw new RangeError(`a buffer says that it unpacks to ${unpacked} bytes`);
    bytes += Math.max(length, unpacked);
  }
  return bytes;
}

function longAt(view: DataView, position: number | null): number {
  return position === null ? 0 : Number(view.getBigInt64(position, true));
}

function intAt(view: DataView, position: number | null): number {
  return position === null ? 0 : view.getInt32(position, true);
}

function checkSchema(view: DataView, position: number | null): void {
  if (position === null) return;
  const schema = tableAt(view, position);
  vectorAt(view, schema(SCHEMA.metadata), 4);
  let fields = 0;
  const checkFields = (vector: number | null, depth: number) => {
    const { start, length } = vectorAt(view, vector, 4);
    fields += length;
    if (depth > MAX_DEPTH || fields > MAX_FIELDS) throw new RangeError('its fields have no end');
    for (let i = 0; i < length; i++) {
      const field = tableAt(view, start + 4 * i);
      vectorAt(view, field(FIELD.metadata), 4);
      checkType(view, field(FIELD.typeType), field(FIELD.type));
      checkFields(field(FIELD.children), depth + 1);
    }
  };
  checkFields(schema(SCHEMA.fields), 0);
}

/** Numbers of a type that sizes are computed from. */
function checkType(view: DataView, kind: number | null, position: number | null): void {
  if (kind === null || position === null) return;
  const type = tableAt(view, position);
  switch (view.getUint8(kind)) {
    case TYPES.decimal: {
      const precision = intAt(view, type(DECIMAL.precision));
      const scale = intAt(view, type(DECIMAL.scale));
      if (precision < 1 || precision > MAX_DIGITS || Math.abs(scale) > MAX_DIGITS)
        throw new RangeError(`a decimal has ${precision} digits, ${scale} of them after the point`);
      return;
    }
    case TYPES.union:
      vectorAt(view, type(UNION_TYPE_IDS), 4);
      return;
    case TYPES.fixedBinary:
    case TYPES.fixedList: {
      const size = intAt(view, type(FIXED_SIZE));
      if (size < 0 || size > 2 ** 30) throw new RangeError(`a value takes ${size} bytes or entries`);
      return;
    }
  }
}
