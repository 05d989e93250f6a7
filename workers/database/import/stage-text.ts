import { UserError } from '../../../src/domain/errors';
import type { CsvDialect, TextEncoding } from '../../../src/domain/sources';
import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import type { RowCollector } from '../csv/row-collector';
import { type DetectedDialect, detectDialect } from '../dialect/detect';
import { headAsUtf8, markedEncoding, surveyEncoding } from '../dialect/encoding';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { fileChunks, toUtf8 } from '../files/file-chunks';
import { allChunks, encodingOf } from './file-encoding';
import { type LoadOptions, loadRows, NotUtf8Error, rowShape, usedColumns } from './load-rows';
import type { FileHead } from './open-head';
import { asTooLarge } from './too-large';

/** Columns that a table may have. */
export const MAX_COLUMNS = 4_096;
/** Of the rows that were read, those that fit if memory is full while they are loaded. */
const FITTING = 0.85;

/** The rows of a delimited text, as text in a staging table. */
export interface StagedText {
  readonly detected: DetectedDialect;
  readonly rows: RowCollector;
  /** Columns of the staging table. */
  readonly width: number;
}

export interface StageOptions {
  /** The staging table. */
  readonly raw: string;
  readonly overrides: Partial<CsvDialect>;
  /** For a preview. */
  readonly headOnly: boolean;
  /** Called with the share of the file that is in. */
  readonly onRead: (done: number) => void;
  /** As of `LoadOptions`; absent = all columns are texts. */
  readonly choose?: (
    rows: RowCollector,
    detected: DetectedDialect,
  ) => ReturnType<NonNullable<LoadOptions['choose']>>;
  /** Throws when the job was cancelled. */
  readonly checkpoint: () => void;
}

/**
 * Loads a delimited text into a staging table. A file that turns out not to be UTF-8 after a head that is, is looked at as
 * a whole and read again.
 * @throws UserError `source/too-large` or `canceled`
 */
export async function stageText(
  sql: SqlEngine,
  file: File,
  head: FileHead,
  options: StageOptions,
): Promise<StagedText> {
  const given = options.overrides.encoding;
  const encoding = given ?? markedEncoding(head.bytes) ?? (await encodingOf(file, head, options));
  const loadIn = (as: TextEncoding, onInvalidUtf8: 'throw' | 'mend') =>
    loadAs(sql, file, head, { ...options, overrides: { ...options.overrides, encoding: as }, onInvalidUtf8 });
  const isOpen = given === undefined && encoding === 'utf-8' && !options.headOnly && !head.complete;
  try {
    return await loadIn(encoding, isOpen ? 'throw' : 'mend');
  } catch (error) {
    if (!(error instanceof NotUtf8Error)) throw error;
    return await loadIn(await surveyEncoding(allChunks(file, head, options.checkpoint)), 'mend');
  }
}

async function loadAs(
  sql: SqlEngine,
  file: File,
  head: FileHead,
  options: StageOptions & { readonly onInvalidUtf8: 'throw' | 'mend' },
): Promise<StagedText> {
  const { overrides, raw, checkpoint, choose } = options;
  const detected = detectDialect(head.bytes, head.complete, overrides);
  const shape = rowShape(detected);
  const { columns } = shape;
  if (columns === 0) throw noRows(file.name);
  if (columns > MAX_COLUMNS) {
    throw new UserError(
      'source/too-large',
      `“${file.name}” has ${columns} columns; at most ${MAX_COLUMNS} can be read. Check the delimiter “${detected.dialect.delimiter}”.`,
      { details: { file: file.name, columns } },
    );
  }
  let done = 0;
  const onRead = (share: number) => {
    done = share;
    options.onRead(share);
  };
  try {
    const rows = await loadRows(sql, raw, sourceChunks(file, head, detected, { ...options, onRead }), {
      detected,
      shape,
      spellings: spellingsOf(overrides),
      onInvalidUtf8: options.onInvalidUtf8,
      checkpoint,
      ...(choose && { choose: (some) => choose(some, detected) }),
    });
    const width = rows.rowCount === 0 ? columns : usedColumns(rows, detected.header);
    for (let i = width; i < columns; i++) await sql.query(`ALTER TABLE ${raw} DROP COLUMN ${columnId(i)}`);
    rows.dropColumnsFrom(width);
    options.onRead(1);
    return { detected, rows, width };
  } catch (error) {
    await sql.query(`DROP TABLE IF EXISTS ${raw}`);
    throw asTooLarge(error, file.name, FITTING * done);
  }
}

/** Spellings of "no value" to count: the known ones, and those that a person set. */
export function spellingsOf({ nullValues = [], columns = {} }: Partial<CsvDialect>): string[] {
  const own = Object.values(columns).flatMap(({ nulls = [] }) => nulls);
  return [...new Set([...ALL_NULL_SPELLINGS, ...nullValues, ...own])].filter(Boolean);
}

async function* sourceChunks(
  file: File,
  head: FileHead,
  detected: DetectedDialect,
  options: StageOptions,
): AsyncGenerator<Uint8Array> {
  const { encoding } = detected.dialect;
  if (!options.headOnly) {
    const onRead = (bytes: number) => options.onRead(bytes / Math.max(1, file.size));
    yield* toUtf8(fileChunks(file, file.name, { gzip: head.gzip, onRead }), encoding);
    return;
  }
  const bytes = headAsUtf8(head.bytes, encoding);
  // A row cut in the middle would look damaged: the head ends at its last line end.
  const last = Math.max(bytes.lastIndexOf(10), detected.newline === 'cr' ? bytes.lastIndexOf(13) : -1);
  const end = head.complete ? bytes.length : last + 1;
  yield bytes.subarray(0, end || bytes.length);
}

/** Says that a file has no rows, and why. */
export function noRows(
  name: string,
  rows?: {
    readonly rejections: readonly {
      readonly line: number;
      readonly reason: string;
      readonly file?: string;
    }[];
    readonly rejectedCount: number;
  },
): UserError {
  const first = rows?.rejections[0];
  const reason = first
    ? `all ${rows.rejectedCount} rows were rejected, the first in line ${first.line}${first.file === undefined ? '' : ` of ${first.file}`}: ${first.reason}. Check the delimiter and the quote`
    : 'it holds no rows below the names. A CSV or TSV file with at least one row was expected';
  return new UserError('source/empty', `“${name}” has no rows to import: ${reason}.`, {
    details: { file: name },
  });
}
