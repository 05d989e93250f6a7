import type { ColumnProfile } from '../../../src/domain/columns';
import { UserError } from '../../../src/domain/errors';
import type { CsvDialect, RejectedRow } from '../../../src/domain/sources';
import type { RowCollector } from '../csv/row-collector';
import { type DetectedDialect, detectDialect } from '../dialect/detect';
import { headAsUtf8 } from '../dialect/encoding';
import { ALL_NULL_SPELLINGS } from '../dialect/null-spellings';
import type { SqlEngine } from '../duckdb/sql';
import { fileChunks, toUtf8 } from '../files/file-chunks';
import { profileColumn } from '../profile/profile-column';
import type { TypedColumn } from '../typing/decide-types';
import { typeTable } from '../typing/type-table';
import { safeNames } from './column-names';
import { loadRows, NotUtf8Error } from './load-rows';
import type { FileHead } from './open-head';

/** An imported table: its rows are in DuckDB under `sqlTable`, columns `c0 … cN`. */
export interface ImportedTable {
  readonly sqlTable: string;
  readonly dialect: CsvDialect;
  readonly rowCount: number;
  readonly columns: readonly ColumnProfile[];
  readonly rejectedCount: number;
  readonly rejected: readonly RejectedRow[];
}

export interface ImportOptions {
  readonly overrides: Partial<CsvDialect>;
  /** Name of the new table; `${sqlTable}_raw` is used on the way. */
  readonly sqlTable: string;
  readonly onRead: (bytes: number) => void;
  /** Throws when the job was cancelled. */
  readonly checkpoint: () => void;
  /** Only the head is read: for a preview. */
  readonly headOnly: boolean;
}

/**
 * Imports a delimited text file: rows as text into a staging table, types decided on whole columns, a typed table, a
 * profile of every column. The staging table is gone afterwards, whatever happens; the typed one exists on success only.
 *
 * @throws UserError `source/empty`, `source/unreadable`, `source/too-large` or `canceled`
 */
export async function importTable(
  sql: SqlEngine,
  file: File,
  head: FileHead,
  options: ImportOptions,
): Promise<ImportedTable> {
  try {
    return await importAs(sql, file, head, options);
  } catch (error) {
    if (!(error instanceof NotUtf8Error)) throw error;
    return importAs(sql, file, head, {
      ...options,
      overrides: { ...options.overrides, encoding: 'windows-1252' },
    });
  }
}

async function importAs(
  sql: SqlEngine,
  file: File,
  head: FileHead,
  options: ImportOptions,
): Promise<ImportedTable> {
  const { overrides, sqlTable, checkpoint } = options;
  const raw = `${sqlTable}_raw`;
  const detected = detectDialect(head.bytes, head.complete, overrides);
  const width = Math.max(detected.header.length, detected.rowFields);
  if (width === 0) throw noRows(file.name);
  const spellings = [...new Set([...ALL_NULL_SPELLINGS, ...(overrides.nullValues ?? [])])].filter(Boolean);
  const asciiHead = head.bytes.every((byte) => byte < 128);
  try {
    const rows = await loadRows(sql, raw, sourceChunks(file, head, detected, options), {
      detected,
      shape: {
        columns: width,
        minimum: detected.rowFields === 0 ? width : Math.min(width, detected.rowFields),
      },
      spellings,
      onInvalidUtf8:
        detected.dialect.encoding === 'utf-8' && overrides.encoding === undefined && asciiHead
          ? 'throw'
          : 'reject',
      checkpoint,
    });
    if (rows.rowCount === 0) throw noRows(file.name, rows);
    const { typed, nullValues } = await typeTable(sql, raw, sqlTable, rows, {
      dialect: detected.dialect,
      overrides,
      checkpoint,
    });
    await sql.query(`DROP TABLE ${raw}`);
    const names = columnNames(detected, width);
    const columns: ColumnProfile[] = [];
    for (let i = 0; i < width; i++) {
      checkpoint();
      columns.push(await profile(sql, sqlTable, i, names, typed[i]!, rows));
    }
    return {
      sqlTable,
      dialect: { ...detected.dialect, nullValues },
      rowCount: rows.rowCount,
      columns,
      rejectedCount: rows.rejectedCount,
      rejected: rows.rejections.map(({ column, ...rest }) => ({
        ...rest,
        column: column === null ? null : names.safe[column]!,
      })),
    };
  } catch (error) {
    await sql.query(`DROP TABLE IF EXISTS ${sqlTable}`);
    throw error;
  } finally {
    await sql.query(`DROP TABLE IF EXISTS ${raw}`);
  }
}

async function* sourceChunks(
  file: File,
  head: FileHead,
  detected: DetectedDialect,
  options: ImportOptions,
): AsyncGenerator<Uint8Array> {
  const { encoding } = detected.dialect;
  if (!options.headOnly) {
    yield* toUtf8(fileChunks(file, file.name, { gzip: head.gzip, onRead: options.onRead }), encoding);
    return;
  }
  const bytes = headAsUtf8(head.bytes, encoding);
  // A row cut in the middle would look damaged: the head ends at its last line end.
  const end = head.complete ? bytes.length : bytes.lastIndexOf(detected.newline === 'cr' ? 13 : 10) + 1;
  yield bytes.subarray(0, end || bytes.length);
}

interface Names {
  readonly original: readonly string[];
  readonly safe: readonly string[];
}

function columnNames(detected: DetectedDialect, width: number): Names {
  const original = Array.from({ length: width }, (_, i) => detected.header[i] ?? '');
  return { original, safe: safeNames(original) };
}

async function profile(
  sql: SqlEngine,
  table: string,
  index: number,
  names: Names,
  typed: TypedColumn,
  rows: RowCollector,
): Promise<ColumnProfile> {
  const storageType = typed.parser?.storageType ?? 'text';
  const { nearMiss } = typed;
  return {
    index,
    originalName: names.original[index]!,
    name: names.safe[index]!,
    storageType,
    ...(await profileColumn(sql, table, index, storageType, typed.hugeIntegers)),
    nearMiss: nearMiss && {
      type: nearMiss.type,
      count: nearMiss.count,
      example: nearMiss.example,
      line: rows.lines.at(nearMiss.row),
    },
  };
}

function noRows(name: string, rows?: RowCollector): UserError {
  const first = rows?.rejections[0];
  const reason = first
    ? `all ${rows.rejectedCount} rows were rejected, the first in line ${first.line}: ${first.reason}. Check the delimiter and the quote`
    : 'it holds no rows below the names. A CSV or TSV file with at least one row was expected';
  return new UserError('source/empty', `“${name}” has no rows to import: ${reason}.`, {
    details: { file: name },
  });
}
