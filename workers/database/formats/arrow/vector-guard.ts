/**
 * Checks the lengths of the vectors in an Arrow file's metadata before flechette reads them: it makes arrays as long as they
 * say, and a damaged length fills all memory. Positions are those of the flatbuffers of
 * https://github.com/apache/arrow/tree/main/format (Message, Schema, File).
 *
 * @param bytes a file or a stream
 * @throws RangeError where a vector ends beyond its metadata, or a position lies outside
 */
export function checkVectors(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (MAGIC.every((byte, i) => bytes[i] === byte)) checkFile(view);
  else for (let at = 0; at + 4 <= bytes.length; ) at = checkMessage(view, at) ?? bytes.length;
}

const MAGIC = [...'ARROW1'].map((char) => char.charCodeAt(0));
/** What `MessageHeader` counts. */
const HEADERS = { schema: 1, dictionary: 2, batch: 3 } as const;
/** Fields within fields, and fields in all, beyond which no writer goes. */
const MAX_DEPTH = 64;
const MAX_FIELDS = 1_000_000;
const BLOCK_BYTES = 24;

function checkFile(file: DataView): void {
  const end = file.byteLength - MAGIC.length - 4;
  const footer = tableAt(file, end - file.getInt32(end, true));
  checkSchema(file, footer(6));
  for (const slot of [8, 10]) {
    const blocks = vectorAt(file, footer(slot), BLOCK_BYTES);
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
  const [kind, header, body] = [message(6), message(8), message(10)];
  const type = kind === null ? 0 : metadata.getUint8(kind);
  if (type === HEADERS.schema) checkSchema(metadata, header);
  if (type === HEADERS.batch) checkBatch(metadata, header);
  if (type === HEADERS.dictionary && header !== null) checkBatch(metadata, tableAt(metadata, header)(6));
  const bodyBytes = body === null ? 0 : Number(metadata.getBigInt64(body, true));
  if (bodyBytes < 0) throw new RangeError('the length of a message is below 0');
  return at + length + bodyBytes;
}

function checkBatch(view: DataView, position: number | null): void {
  if (position === null) return;
  const batch = tableAt(view, position);
  for (const [slot, bytes] of [
    [6, 16],
    [8, 16],
    [12, 8],
  ] as const)
    vectorAt(view, batch(slot), bytes);
}

function checkSchema(view: DataView, position: number | null): void {
  if (position === null) return;
  const schema = tableAt(view, position);
  vectorAt(view, schema(8), 4);
  let fields = 0;
  const checkFields = (vector: number | null, depth: number) => {
    const { start, length } = vectorAt(view, vector, 4);
    fields += length;
    if (depth > MAX_DEPTH || fields > MAX_FIELDS) throw new RangeError('its fields have no end');
    for (let i = 0; i < length; i++) {
      const field = tableAt(view, start + 4 * i);
      vectorAt(view, field(16), 4);
      checkUnion(view, field(8), field(10));
      checkFields(field(14), depth + 1);
    }
  };
  checkFields(schema(6), 0);
}

const UNION = 14;

/** Ids of the types of a union. */
function checkUnion(view: DataView, kind: number | null, type: number | null): void {
  if (kind !== null && type !== null && view.getUint8(kind) === UNION)
    vectorAt(view, tableAt(view, type)(6), 4);
}

/** @returns positions of the fields of a table by their slots in its vtable, null for those that are not there */
function tableAt(view: DataView, reference: number): (slot: number) => number | null {
  const table = reference + view.getInt32(reference, true);
  const vtable = table - view.getInt32(table, true);
  const size = view.getInt16(vtable, true);
  return (slot) => {
    const offset = slot < size ? view.getInt16(vtable + slot, true) : 0;
    return offset === 0 ? null : table + offset;
  };
}

function vectorAt(
  view: DataView,
  reference: number | null,
  bytes: number,
): { start: number; length: number } {
  if (reference === null) return { start: 0, length: 0 };
  const base = reference + view.getInt32(reference, true);
  const length = view.getInt32(base, true);
  if (length < 0 || base + 4 + length * bytes > view.byteLength)
    throw new RangeError(`a list of ${length} entries is longer than its file`);
  return { start: base + 4, length };
}
