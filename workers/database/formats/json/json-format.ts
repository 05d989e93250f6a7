import { UserError } from '../../../../src/domain/errors';
import type { TableChoice } from '../../../../src/domain/sources';
import { fileChunks } from '../../files/file-chunks';
import { utf16Order } from '../../files/file-kind';
import {
  type OpenedFile,
  type ReadBatch,
  type ReadTable,
  RejectedRecords,
  type TableFormat,
  type TableOptions,
} from '../table-format';
import { unreadable } from '../unreadable';
import { type DocumentTable, documentTables } from './document-tables';
import { JsonColumns } from './json-columns';
import { parseRecord } from './parse-record';
import { RecordSplitter, type RecordText } from './split-records';

/** Characters of a single record, or of a document that is one object, at most. */
const MAX_TEXT = 400 * 2 ** 20;
const ADVICE = 'Check that it was written and copied completely.';

/** Records one a line (https://jsonlines.org), or one after the other. */
export const JSON_LINES: TableFormat = {
  id: 'jsonl',
  open: async (file) => streamed(file, true),
};

/** One array of records, one object of lists, or an object with lists of records in it (RFC 8259). */
export const JSON_DOCUMENT: TableFormat = {
  id: 'json',
  async open(file) {
    if (await beginsWithList(file)) return streamed(file, false);
    const tables = await documentOf(file);
    if (!tables) return streamed(file, true);
    const choices = tables.map(({ name, rowCount }): TableChoice => ({ name, rowCount }));
    return {
      tables: tables.length > 1 ? choices : [],
      async table(options) {
        const { table: wanted } = options;
        const table = wanted === undefined ? tables[0]! : tables.find(({ name }) => name === wanted);
        if (!table) {
          throw new UserError('not-found', `“${file.name}” has no table “${wanted}”. Choose another one.`, {
            details: { file: file.name },
          });
        }
        return new RecordTable(file, options, listedRecords(table), table);
      },
      close() {},
    };
  },
};

function streamed(file: File, isList: boolean): OpenedFile {
  return {
    tables: [],
    table: async (options) =>
      new RecordTable(file, options, isList ? lines(file) : elements(file, false), null),
    close() {},
  };
}

async function beginsWithList(file: File): Promise<boolean> {
  for await (const { text } of pieces(file)) {
    const begin = text.replace(/^\ufeff/, '').trimStart();
    if (begin !== '') return begin.startsWith('[');
  }
  return false;
}

/** The tables of a file that is one object; null if there are several values in it. */
async function documentOf(file: File): Promise<DocumentTable[] | null> {
  if (file.size > MAX_TEXT) {
    throw new UserError(
      'source/too-large',
      `“${file.name}” is one JSON object of more than ${MAX_TEXT / 2 ** 20} MB. Write its records as JSON Lines, one a line: these are read piece by piece.`,
      { details: { file: file.name } },
    );
  }
  let whole = '';
  for await (const { text } of pieces(file)) whole += text;
  const splitter = new RecordSplitter(true);
  const values = splitter.push(whole);
  if (values.length > 1) return null;
  try {
    const document = parseRecord(whole.replace(/^\ufeff/, ''));
    return documentTables(document as Record<string, unknown>);
  } catch (cause) {
    throw unreadable(cause, file.name, 'JSON', ADVICE);
  }
}

/** A value that was parsed, or why it could not be. */
interface ParsedRecord {
  readonly record: unknown;
  readonly line: number;
  readonly text?: string;
  readonly problem?: string;
  /** Share of the file up to here. */
  readonly done: number;
}

function* listedRecords({ records, rowCount }: DocumentTable): Generator<ParsedRecord> {
  let row = 0;
  for (const record of records()) {
    row++;
    yield { record, line: row, done: row / rowCount };
  }
}

function parsed({ text, line, isCut }: RecordText, done: number): ParsedRecord {
  try {
    return { record: parseRecord(text), line, done };
  } catch (cause) {
    const problem = isCut
      ? 'the file ends within this record'
      : `it is not JSON: ${(cause as Error).message}`;
    return { record: null, line, text, problem, done };
  }
}

/** Each line is a record; where the first one is not, records may go over several lines. */
async function* lines(file: File): AsyncGenerator<ParsedRecord> {
  let rest = '';
  let line = 0;
  for await (const { text, done } of pieces(file)) {
    rest += text;
    assertShort(file, rest.length);
    let at = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', at)) {
      line++;
      const record = rest.slice(at, end).trim();
      at = end + 1;
      if (record === '') continue;
      const value = parsed({ text: record, line }, done);
      if (line === 1 && value.problem !== undefined) {
        yield* elements(file, true);
        return;
      }
      yield value;
    }
    rest = rest.slice(at);
  }
  const last = rest.trim();
  if (last !== '') yield parsed({ text: last, line: line + 1, isCut: true }, 1);
}

async function* elements(file: File, isList: boolean): AsyncGenerator<ParsedRecord> {
  const splitter = new RecordSplitter(isList);
  for await (const { text, done } of pieces(file)) {
    for (const record of splitter.push(text)) yield parsed(record, done);
    assertShort(file, splitter.pending);
  }
  const last = splitter.finish();
  if (last) yield parsed(last, 1);
}

function assertShort(file: File, length: number): void {
  if (length <= MAX_TEXT) return;
  throw new UserError('source/too-large', `“${file.name}” holds a record of more than 400 MB. ${ADVICE}`, {
    details: { file: file.name },
  });
}

/** The file's text in pieces, with the share of it that is read. */
async function* pieces(file: File): AsyncGenerator<{ readonly text: string; readonly done: number }> {
  let decoder: TextDecoder | null = null;
  let bytesRead = 0;
  for await (const bytes of fileChunks(file, file.name, { gzip: false })) {
    decoder ??= new TextDecoder(utf16Order(bytes) ?? 'utf-8');
    bytesRead += bytes.length;
    yield { text: decoder.decode(bytes, { stream: true }), done: bytesRead / file.size };
  }
  const last = decoder?.decode() ?? '';
  if (last !== '') yield { text: last, done: 1 };
}

class RecordTable implements ReadTable {
  readonly kind = 'columns';
  readonly rejected = new RejectedRecords();
  readonly name?: string;
  readonly #collected: JsonColumns;
  readonly #options: TableOptions;
  readonly #records: AsyncIterable<ParsedRecord> | Iterable<ParsedRecord>;
  #names: readonly string[] | undefined;

  constructor(
    file: File,
    options: TableOptions,
    records: AsyncIterable<ParsedRecord> | Iterable<ParsedRecord>,
    table: DocumentTable | null,
  ) {
    if (table && table.name !== '') this.name = table.name;
    this.#collected = new JsonColumns(file.name);
    this.#options = options;
    this.#records = records;
    this.#names = table?.names;
  }

  get columns() {
    return this.#collected.columns;
  }

  notes(): readonly string[] {
    return this.#collected.notes();
  }

  async *batches(): AsyncGenerator<ReadBatch> {
    const { maxRows = Number.POSITIVE_INFINITY, checkpoint } = this.#options;
    const collected = this.#collected;
    let rows = 0;
    let first: ParsedRecord | null = null;
    let done = 0;
    for await (const value of this.#records) {
      if (rows >= maxRows) break;
      done = value.done;
      if (value.problem !== undefined) {
        this.rejected.add(value.line, value.problem, value.text ?? '');
        continue;
      }
      // Of lists, the first may hold the names: the second says so.
      if (rows === 0 && first === null && this.#names === undefined && Array.isArray(value.record)) {
        first = value;
        continue;
      }
      if (first) {
        if (areNames(first.record, value.record)) this.#names = (first.record as unknown[]).map(String);
        else rows += this.#add(first);
        first = null;
      }
      rows += this.#add(value);
      if (!collected.isFull) continue;
      checkpoint();
      yield { ...collected.take(), done };
    }
    if (first && rows < maxRows) this.#add(first);
    yield { ...collected.take(), done: 1 };
  }

  /** @returns rows added */
  #add({ record, line, text }: ParsedRecord): 0 | 1 {
    try {
      this.#collected.add(record, this.#names);
      return 1;
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      this.rejected.add(line, 'it is nested too deep', text ?? '');
      return 0;
    }
  }
}

/** A list of texts, all different, above one that is not of texts alone. */
function areNames(first: unknown, second: unknown): boolean {
  if (!Array.isArray(first) || !Array.isArray(second) || first.length < second.length) return false;
  if (!first.every((name) => typeof name === 'string' && name !== '')) return false;
  return (
    new Set(first).size === first.length &&
    second.some((value) => value !== null && typeof value !== 'string')
  );
}
