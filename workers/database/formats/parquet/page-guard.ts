import type { ColumnMetaData, FileMetaData, SchemaTree } from 'hyparquet';
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';

type Fields = ReturnType<typeof deserializeTCompactProtocol>;

/** What a page says of itself, as far as it bounds the work that reading it takes. */
interface Page {
  readonly values: number;
  /** Levels of a page of version 2 stand before the compressed part. */
  readonly isVersion2: boolean;
  readonly isRunLength: boolean;
  readonly column: Column;
}

interface Column {
  readonly begin: number;
  readonly end: number;
  /** Highest repetition and definition level. */
  readonly repetition: number;
  readonly definition: number;
  readonly isBoolean: boolean;
  readonly isCompressed: boolean;
  /** Values of the column in this row group. */
  readonly values: number;
}

/** Encodings of values as runs: PLAIN_DICTIONARY, RLE, RLE_DICTIONARY. */
const RUN_LENGTH: readonly number[] = [2, 3, 8];

/**
 * Checks pages before they are decoded: the library takes counts of values, and lengths of runs, on trust, and a damaged
 * one would keep it busy, and fill the memory, without end.
 */
export class PageGuard {
  readonly #columns: readonly Column[];
  readonly #pages = new WeakMap<ArrayBufferLike, Map<number, Page>>();

  constructor({ row_groups: groups }: FileMetaData, schema: SchemaTree) {
    this.#columns = groups.flatMap(({ columns }) =>
      columns.flatMap(({ meta_data: meta }): Column[] => {
        if (!meta) return [];
        return [
          {
            ...chunkOf(meta),
            ...levelsOf(schema, meta.path_in_schema),
            isBoolean: meta.type === 'BOOLEAN',
            isCompressed: meta.codec !== 'UNCOMPRESSED',
            values: Number(meta.num_values),
          },
        ];
      }),
    );
  }

  /** Looks at the pages of a column, which begin at a position of the file. @throws Error if they cannot be */
  inspect(buffer: ArrayBuffer, begin: number): void {
    const column = this.#columns.find((one) => one.begin <= begin && begin < one.end);
    if (!column) return;
    const pages = new Map<number, Page>();
    this.#pages.set(buffer, pages);
    const bytes = new Uint8Array(buffer);
    for (let at = 0; at < bytes.length - 1; ) {
      const { header, end: from } = headerAt(bytes, at);
      const isDictionary = header.field_7 !== undefined;
      const isVersion2 = header.field_8 !== undefined;
      const size = Number(header.field_3 ?? -1);
      if (!(size >= 0 && from + size <= bytes.length)) throw new Error('a page is cut');
      const inner: Fields = header.field_5 ?? header.field_7 ?? header.field_8 ?? {};
      const values = Number(inner.field_1 ?? 0);
      // A dictionary has no more values than bytes, or is the only value that needs none.
      const limit = isDictionary ? Math.max(1, Number(header.field_2 ?? 0)) * 8 : column.values;
      if (!(values >= 0 && values <= limit)) throw new Error(`a page says that it has ${values} values`);
      // Of version 2: values, nulls, rows, encoding, bytes of levels. A damaged header may have other types here.
      const counts = isVersion2 ? [1, 2, 3, 4, 5, 6] : [1, 2];
      if (
        !counts.every((id) =>
          isCount(inner[`field_${id}`], isVersion2 && id <= 3 ? values : Number.MAX_SAFE_INTEGER),
        )
      ) {
        throw new Error('a page is damaged');
      }
      if (!isDictionary) {
        const encoding = Number(isVersion2 ? inner.field_4 : inner.field_2);
        const page = { values, isVersion2, isRunLength: RUN_LENGTH.includes(encoding), column };
        if (isVersion2) {
          const repetition = Number(inner.field_6 ?? 0);
          const definition = Number(inner.field_5 ?? 0);
          if (!(repetition >= 0 && definition >= 0 && repetition + definition <= size)) {
            throw new Error('a page is damaged');
          }
          checkRuns(bytes, from, from + repetition, column.repetition, values);
          checkRuns(bytes, from + repetition, from + repetition + definition, column.definition, values);
          const isPlain = inner.field_7 === false || !column.isCompressed;
          if (isPlain) this.#checkValues(bytes.subarray(from + repetition + definition, from + size), page);
          else pages.set(from + repetition + definition, page);
        } else if (column.isCompressed) pages.set(from, page);
        else this.#checkPage(bytes.subarray(from, from + size), page);
      }
      at = from + size;
    }
  }

  /** Looks at a page that was unpacked. @param packed as the library cut it out of what was inspected */
  unpacked(packed: Uint8Array, bytes: Uint8Array): void {
    const page = this.#pages.get(packed.buffer)?.get(packed.byteOffset);
    if (page?.isVersion2) this.#checkValues(bytes, page);
    else if (page) this.#checkPage(bytes, page);
  }

  #checkPage(bytes: Uint8Array, page: Page): void {
    let at = 0;
    for (const level of [page.column.repetition, page.column.definition]) {
      if (level === 0) continue;
      const length = wordAt(bytes, at);
      checkRuns(bytes, at + 4, at + 4 + length, level, page.values);
      at += 4 + length;
    }
    this.#checkValues(bytes.subarray(at), page);
  }

  #checkValues(bytes: Uint8Array, { isRunLength, values, column }: Page): void {
    if (!isRunLength || bytes.length === 0) return;
    if (column.isBoolean) checkWidth(bytes, 4, Math.min(bytes.length, 4 + wordAt(bytes, 0)), 1, values);
    else checkWidth(bytes, 1, bytes.length, bytes[0]!, values);
  }
}

/** Where the pages of a column of a row group lie in the file. */
export function chunkOf(meta: ColumnMetaData): { readonly begin: number; readonly end: number } {
  const { dictionary_page_offset: dictionary, data_page_offset: data } = meta;
  const begin = Number(dictionary && dictionary < data ? dictionary : data);
  return { begin, end: begin + Number(meta.total_compressed_size) };
}

function isCount(value: unknown, limit: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= limit;
}

function levelsOf(schema: SchemaTree, path: readonly string[]): { repetition: number; definition: number } {
  let repetition = 0;
  let definition = 0;
  let node: SchemaTree | undefined = schema;
  for (const name of path) {
    node = node?.children.find(({ element }) => element.name === name);
    const kind = node?.element.repetition_type;
    if (kind === 'REPEATED') repetition++;
    if (kind !== 'REQUIRED') definition++;
  }
  return { repetition, definition };
}

function wordAt(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) throw new Error('a page is cut');
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
}

function checkRuns(bytes: Uint8Array, from: number, to: number, level: number, values: number): void {
  if (level > 0) checkWidth(bytes, from, to, 32 - Math.clz32(level), values);
}

/** Runs of values of `width` bits (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE). */
function checkWidth(bytes: Uint8Array, from: number, to: number, width: number, values: number): void {
  if (to > bytes.length || width > 32) throw new Error('a page is damaged');
  let seen = 0;
  for (let at = from; at < to && seen < values; ) {
    let header = 0;
    let factor = 1;
    for (let byte = 128; byte >= 128; factor *= 128) {
      // What is missing at the end, the library tells.
      if (at >= to) return;
      byte = bytes[at++]!;
      header += (byte & 127) * factor;
    }
    const isPacked = header % 2 === 1;
    const count = Math.floor(header / 2) * (isPacked ? 8 : 1);
    if (count > values + MAX_PADDING) throw new Error('a page has longer runs than it has values');
    seen += count;
    at += isPacked ? (count / 8) * width : (width + 7) >> 3;
  }
}

/** Values that a run of bits may have beyond the last one of its page. */
const MAX_PADDING = 512;

/** The header of a page as the library reads it, and where it ends. */
function headerAt(bytes: Uint8Array, from: number): { header: Fields; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: from };
  try {
    return { header: deserializeTCompactProtocol(reader), end: reader.offset };
  } catch (cause) {
    // A count beyond the page is a RangeError, as a full memory is.
    throw new Error('a page is damaged', { cause });
  }
}
