import type { ColumnMetaData, Compressors, SchemaElement } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert, convertWithDictionary, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage, readDataPage } from 'hyparquet/src/datapage.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import type { Decoded } from '../value-sink';

type Decoder = Parameters<typeof readDataPage>[2];
type Header = ReturnType<typeof parquetHeader>;

/** Rows of a page. */
export interface FlatPage {
  readonly rowCount: number;
  /** By row. */
  readonly values: Decoded;
  /** 1 = no value, whatever stands in `values`; null = none is missing. */
  readonly nulls: Uint8Array | null;
}

/** A column that is neither nested nor repeated: the bytes of one row group, checked by `PageGuard`. */
export interface FlatColumn {
  readonly bytes: ArrayBuffer;
  readonly meta: ColumnMetaData;
  /** Without logical types: values as they are stored. */
  readonly element: SchemaElement;
  readonly compressors: Compressors;
}

/**
 * The pages of a flat column. The library puts each value of a column that may have gaps into a list of its own first;
 * here levels and values become typed arrays as they are.
 *
 * @param from rows before it are not wanted: their pages are empty
 * @throws Error that says what is damaged
 */
export function* flatPages(
  { bytes, meta, element, compressors }: FlatColumn,
  from: number,
): Generator<FlatPage> {
  const decoder: Decoder = {
    pathInSchema: meta.path_in_schema,
    type: meta.type,
    element,
    // No levels: those of a page are taken off before the library reads its values.
    schemaPath: [],
    codec: meta.codec,
    // Of INT96, nanoseconds are wanted and no dates.
    parsers: { ...DEFAULT_PARSERS, timestampFromNanoseconds: (nanos) => nanos as unknown as Date },
    compressors,
    utf8: false,
  };
  const isOptional = element.repetition_type !== 'REQUIRED';
  const reader = { view: new DataView(bytes), offset: 0 };
  let dictionary: Decoded | null = null;
  for (let row = 0; reader.offset < bytes.byteLength - 1; ) {
    const header = parquetHeader(reader);
    const { data_page_header: first, data_page_header_v2: second, compressed_page_size: size } = header;
    if (header.type === 'DICTIONARY_PAGE') {
      const { data } = readPage(reader, header, decoder, undefined, undefined, 0);
      dictionary = data ? convert(data, decoder) : [];
      continue;
    }
    if (!first && !second) throw new Error('a page is of no known kind');
    const rowCount = Number((first ?? second)!.num_values);
    const packed = new Uint8Array(bytes, reader.offset, size);
    reader.offset += size;
    row += rowCount;
    if (row <= from) {
      yield { rowCount, values: [], nulls: null };
      continue;
    }
    const { nulls, filled, rest } = unpacked(packed, header, rowCount, isOptional, decoder);
    const encoding = (first ?? second)!.encoding;
    const isCoded = encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY';
    const values = isCoded ? lookedUp(rest, filled, dictionary) : valuesOf(rest, filled, encoding, decoder);
    yield { rowCount, values: nulls ? byRow(values, nulls) : values, nulls };
  }
}

/** The bytes of a page's values, and which rows have one. */
function unpacked(
  packed: Uint8Array,
  header: Header,
  rowCount: number,
  isOptional: boolean,
  { codec, compressors }: Decoder,
): { readonly nulls: Uint8Array | null; readonly filled: number; readonly rest: Uint8Array } {
  const size = Number(header.uncompressed_page_size);
  const second = header.data_page_header_v2;
  if (!second) {
    const page = decompressPage(packed, size, codec, compressors);
    const reader = { view: viewOf(page), offset: 0 };
    if (!isOptional) return { nulls: null, filled: rowCount, rest: page };
    const levels = new Uint8Array(rowCount);
    readRleBitPackedHybrid(reader, 1, levels);
    return { ...gapsOf(levels), rest: page.subarray(reader.offset) };
  }
  const from = second.repetition_levels_byte_length;
  const to = from + second.definition_levels_byte_length;
  const body = packed.subarray(to);
  const rest = second.is_compressed === false ? body : decompressPage(body, size - to, codec, compressors);
  if (!isOptional || from === to) return { nulls: null, filled: rowCount, rest };
  const levels = new Uint8Array(rowCount);
  readRleBitPackedHybrid({ view: viewOf(packed), offset: from }, 1, levels, to - from);
  return { ...gapsOf(levels), rest };
}

/** @param levels 1 = there is a value; they become the nulls */
function gapsOf(levels: Uint8Array): { readonly nulls: Uint8Array | null; readonly filled: number } {
  let filled = 0;
  for (let i = 0; i < levels.length; i++) {
    filled += levels[i]!;
    levels[i]! ^= 1;
  }
  return { nulls: filled === levels.length ? null : levels, filled };
}

function valuesOf(bytes: Uint8Array, count: number, encoding: string, decoder: Decoder): Decoded {
  const header = { num_values: count, encoding } as Parameters<typeof readDataPage>[1];
  const { dataPage } = readDataPage(bytes, header, decoder);
  return convertWithDictionary(dataPage, undefined, header.encoding, decoder);
}

/** Values by their positions in the dictionary. */
function lookedUp(bytes: Uint8Array, count: number, dictionary: Decoded | null): Decoded {
  if (!dictionary) throw new Error('a page has no dictionary');
  const positions = new Int32Array(count);
  const width = bytes[0] ?? 0;
  if (width > 0) {
    readRleBitPackedHybrid({ view: viewOf(bytes), offset: 1 }, width, positions, bytes.length - 1);
  }
  const { length } = dictionary;
  for (let i = 0; i < count; i++) {
    if (positions[i]! < 0 || positions[i]! >= length) throw new Error('a value is not in the dictionary');
  }
  if (dictionary instanceof BigInt64Array) {
    const values = new BigInt64Array(count);
    const from = wordsOf(dictionary);
    const to = wordsOf(values);
    // Two words are copied several times faster than a bigint.
    for (let i = 0; i < count; i++) {
      to[2 * i] = from[2 * positions[i]!]!;
      to[2 * i + 1] = from[2 * positions[i]! + 1]!;
    }
    return values;
  }
  const values = ArrayBuffer.isView(dictionary) ? like(dictionary as NumberArray, count) : new Array(count);
  for (let i = 0; i < count; i++) values[i] = dictionary[positions[i]!] as number;
  return values;
}

type NumberArray = Float64Array | Float32Array | Int32Array;

function like(values: NumberArray, length: number): NumberArray {
  return new (values.constructor as new (length: number) => NumberArray)(length);
}

/** Values that are there, each in its row. */
function byRow(values: Decoded, nulls: Uint8Array): Decoded {
  let from = 0;
  if (values instanceof BigInt64Array) {
    const all = new BigInt64Array(nulls.length);
    const source = wordsOf(values);
    const target = wordsOf(all);
    for (let row = 0; row < nulls.length; row++) {
      if (nulls[row] === 1) continue;
      target[2 * row] = source[from++]!;
      target[2 * row + 1] = source[from++]!;
    }
    return all;
  }
  const all = ArrayBuffer.isView(values)
    ? like(values as NumberArray, nulls.length)
    : new Array(nulls.length);
  for (let row = 0; row < nulls.length; row++) if (nulls[row] === 0) all[row] = values[from++] as number;
  return all;
}

/** Low and high halves of 64-bit integers, in turn. */
function wordsOf({ buffer, byteOffset, length }: BigInt64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
