import type { CellFormat } from '../../../src/domain/cell-format';
import type { ColumnSchema } from '../../../src/domain/column-data';
import type { ColumnProfile } from '../../../src/domain/columns';
import type { Conversion } from '../../../src/domain/conversions';
import { UserError } from '../../../src/domain/errors';
import type {
  CsvDialect,
  FilledRows,
  HeaderGuess,
  RejectedRow,
  SkippedLine,
  SourceTable,
  TableRegion,
  TextEncoding,
} from '../../../src/domain/sources';
import { UnexpectedCellError } from '../csv/column-intake';
import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import type { RowCollector } from '../csv/row-collector';
import { type DetectedDialect, detectDialect } from '../dialect/detect';
import { headAsUtf8, markedEncoding, surveyEncoding } from '../dialect/encoding';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { fileChunks, toUtf8 } from '../files/file-chunks';
import { findSubjects } from '../profile/find-subjects';
import { profileColumn, profileColumns } from '../profile/profile-column';
import { findRowOrder } from '../profile/row-order';
import { asTextIfWide } from '../profile/wide-integers';
import type { TypedColumn } from '../typing/decide-types';
import { chooseNotations, typeTable, UnexpectedTypeError } from '../typing/type-table';
import { namedColumns } from './column-names';
import { allChunks, encodingOf } from './file-encoding';
import { loadRows, NotUtf8Error, rowShape, usedColumns } from './load-rows';
import type { FileHead } from './open-head';
import { asTooLarge } from './too-large';

/** An imported table: its rows are in DuckDB under `sqlTable`, columns `c0 … cN`. */
export interface ImportedTable {
  readonly sqlTable: string;
  readonly dialect: CsvDialect;
  /** What was assumed of the first row; null = a person said it. */
  readonly headerGuess: HeaderGuess | null;
  readonly rowCount: number;
  readonly columns: readonly ColumnProfile[];
  readonly rejectedCount: number;
  readonly rejected: readonly RejectedRow[];
  /** Lines that are no rows, the first 200 of them listed. */
  readonly skippedCount: number;
  readonly skipped: readonly SkippedLine[];
  /** Rows that end early; absent = none. */
  readonly filledRows?: FilledRows;
  /** In how many columns a spelling stands for a missing value; absent = in none. */
  readonly missing?: SourceTable['missing'];
  /** The tables of the file; absent = one. */
  readonly regions?: readonly TableRegion[];
  /** Rows that were read although something was wrong with them: how many, and the first 200. */
  readonly mendedCount: number;
  readonly mended: readonly RejectedRow[];
  /** Names of columns whose own ones held values. */
  readonly renamed: readonly string[];
  readonly conversions: readonly Conversion[];
}

export interface ImportOptions {
  readonly overrides: Partial<CsvDialect>;
  /** Name of the new table; `${sqlTable}_raw` is used on the way. */
  readonly sqlTable: string;
  /** Called with bytes done, of the file's size: a byte is done when its row is loaded, typed and profiled. */
  readonly onProgress: (bytes: number) => void;
  /** Throws when the job was cancelled. */
  readonly checkpoint: () => void;
  /** See `TypingOptions`. */
  readonly inPlaceFrom?: number;
  readonly hasNulls?: boolean;
}

const MAX_COLUMNS = 4_096;

/** Shares of an import's time (measured on 1M × 15): loading rows, then types, the rest is profiles. */
const LOADING = 0.4;
const TYPING = 0.3;

/** Share of the rows that fit if memory is full while they are loaded (of the loaded ones), typed or profiled. */
const FITTING = { rows: 0.85, types: 0.8, profiles: 0.7 } as const;

/**
 * Imports a delimited text file: rows as text into a staging table, types decided on whole columns, a typed table, a
 * profile of every column. The staging table is always removed; the typed one stays on success only.
 *
 * @throws UserError `source/empty`, `source/unreadable`, `source/too-large` or `canceled`
 */
export async function importTable(
  sql: SqlEngine,
  file: File,
  head: FileHead,
  options: ImportOptions,
): Promise<ImportedTable> {
  const loaded = await loadTyped(sql, file, head, { ...options, headOnly: false });
  return profileLoaded(sql, file, loaded, options);
}

/** The profiles of a table that was loaded, which is removed if that fails. */
export async function profileLoaded(
  sql: SqlEngine,
  file: File,
  loaded: LoadedTable,
  options: Pick<ImportOptions, 'sqlTable' | 'checkpoint' | 'onProgress'>,
): Promise<ImportedTable> {
  const { sqlTable, checkpoint, onProgress } = options;
  const { rows, typed } = loaded;
  const schema = [...loaded.columns];
  try {
    const profiles: Omit<ColumnProfile, 'subject'>[] = [];
    const statistics = await profileColumns(
      sql,
      sqlTable,
      schema.map(({ storageType: type }, index) => ({
        index,
        type,
        hugeIntegers: typed[index]!.hugeIntegers,
      })),
      rows.rowCount,
      (done) => {
        checkpoint();
        onProgress(file.size * (LOADING + TYPING + ((1 - LOADING - TYPING) * done) / schema.length));
      },
    );
    for (const [i, column] of schema.entries()) {
      if (column.storageType !== 'integer' || !statistics.get(i)!.exceedsSafeInteger) continue;
      checkpoint();
      // With marks of thousands or currency they are amounts.
      if (loaded.formats[i]?.number || !(await asTextIfWide(sql, sqlTable, i))) continue;
      schema[i] = { ...column, storageType: 'text' };
      statistics.set(i, await profileColumn(sql, sqlTable, i, 'text', true));
    }
    for (const [i, column] of schema.entries()) {
      const { nearMiss } = typed[i]!;
      const finer = loaded.finer[i];
      profiles.push({
        index: i,
        ...column,
        ...statistics.get(i)!,
        ...(finer && { finer }),
        ...(loaded.formats[i] && { format: loaded.formats[i] }),
        ...loaded.extras?.[i],
        nearMiss: nearMiss && {
          type: nearMiss.type,
          count: nearMiss.count,
          example: nearMiss.example,
          line: rows.lines.at(nearMiss.row),
        },
      });
    }
    const subjects = await findSubjects(sql, sqlTable, profiles, checkpoint);
    const orders = await findRowOrder(sql, sqlTable, profiles, rows.rowCount, checkpoint);
    const columns = profiles.map((profile) => {
      const order = orders.get(profile.index);
      return { ...profile, ...(order && { order }), subject: subjects.get(profile.index) ?? null };
    });
    const named = ({ column, ...rest }: RowCollector['rejections'][number]) => ({
      ...rest,
      column: column === null ? null : (schema[column]?.name ?? null),
    });
    return {
      sqlTable,
      dialect: loaded.dialect,
      headerGuess: loaded.headerGuess,
      renamed: loaded.renamed,
      conversions: loaded.conversions,
      rowCount: rows.rowCount,
      columns,
      skippedCount: rows.skipped.count,
      skipped: rows.skipped.listed,
      ...(rows.filledRows && { filledRows: rows.filledRows }),
      ...missingOf(loaded),
      ...(loaded.regions.length > 1 && { regions: loaded.regions }),
      rejectedCount: rows.rejectedCount,
      rejected: rows.rejections.map(named),
      mendedCount: rows.mendedCount,
      mended: rows.mended.map(named),
    };
  } catch (error) {
    await sql.query(`DROP TABLE IF EXISTS ${sqlTable}`);
    throw asTooLarge(error, file.name, FITTING.profiles);
  }
}

/** Spellings of "no value" by the columns that they occur in. */
function missingOf({ rows, typed, dialect }: LoadedTable): Pick<ImportedTable, 'missing'> {
  const { counts, spellings } = rows.nullSpellings;
  const missing = dialect.nullValues.flatMap((spelling) => {
    const k = spellings.indexOf(spelling);
    const holds = typed.filter(
      ({ nulls }, i) => nulls.includes(spelling) && counts[i * spellings.length + k]! > 0,
    );
    return k >= 0 && holds.length > 0 ? [{ spelling, columns: holds.length }] : [];
  });
  return missing.length > 0 ? { missing } : {};
}

/** What an import tells of the rows that were loaded. */
type LoadedRows = Pick<
  RowCollector,
  'rowCount' | 'rejectedCount' | 'rejections' | 'filledRows' | 'mendedCount' | 'mended' | 'nullSpellings'
> & {
  readonly skipped: Pick<RowCollector['skipped'], 'count' | 'listed'>;
  readonly lines: { at(row: number): number | null };
};

/** A typed table without profiles. */
export interface LoadedTable {
  readonly dialect: CsvDialect;
  readonly headerGuess: HeaderGuess | null;
  /** Names of columns whose own ones held values. */
  readonly renamed: readonly string[];
  readonly regions: readonly TableRegion[];
  readonly rows: LoadedRows;
  readonly columns: readonly ColumnSchema[];
  readonly typed: readonly TypedColumn[];
  readonly finer: readonly (ColumnProfile['finer'] | null)[];
  readonly formats: readonly (CellFormat | null)[];
  readonly conversions: readonly Conversion[];
  /** What the file says of its columns. */
  readonly extras?: readonly Pick<ColumnProfile, 'format' | 'isKey' | 'isKeyPart'>[];
}

/**
 * The part of an import before the profiles; with `headOnly` of the head alone, for a preview. A file that turns out
 * not to be UTF-8 after a head that is, is looked at as a whole and read again.
 */
export async function loadTyped(
  sql: SqlEngine,
  file: File,
  head: FileHead,
  options: ImportOptions & { readonly headOnly: boolean },
): Promise<LoadedTable> {
  const given = options.overrides.encoding;
  const encoding = given ?? markedEncoding(head.bytes) ?? (await encodingOf(file, head, options));
  const loadIn = async (as: TextEncoding, onInvalidUtf8: 'throw' | 'mend') => {
    const own = { ...options, overrides: { ...options.overrides, encoding: as }, onInvalidUtf8 };
    // Columns that turn out not to be what their beginning says are read again as texts: one alone, then all.
    const areTexts: number[] = [];
    for (;;) {
      const isText = (column: number) => areTexts.length > 1 || areTexts.includes(column);
      try {
        return await loadAs(sql, file, head, { ...own, isText });
      } catch (error) {
        if (!(error instanceof UnexpectedCellError || error instanceof UnexpectedTypeError)) throw error;
        areTexts.push(error.column);
      }
    }
  };
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
  options: ImportOptions & {
    readonly headOnly: boolean;
    readonly onInvalidUtf8: 'throw' | 'mend';
    /** Columns that are loaded as texts, whatever they look like at first. */
    readonly isText: (column: number) => boolean;
  },
): Promise<LoadedTable> {
  const { overrides, sqlTable, checkpoint } = options;
  const raw = `${sqlTable}_raw`;
  const detected = detectDialect(head.bytes, head.complete, overrides);
  const shape = rowShape(detected);
  let width = shape.columns;
  if (width === 0) throw noRows(file.name);
  if (width > MAX_COLUMNS) {
    throw new UserError(
      'source/too-large',
      `“${file.name}” has ${width} columns; at most ${MAX_COLUMNS} can be read. Check the delimiter “${detected.dialect.delimiter}”.`,
      { details: { file: file.name, columns: width } },
    );
  }
  let fitting = 0;
  const onProgress = (bytes: number) => {
    fitting = (FITTING.rows * bytes) / (LOADING * file.size);
    options.onProgress(bytes);
  };
  const typing = {
    dialect: detected.dialect,
    overrides,
    checkpoint,
    names: detected.header,
    hasNulls: options.hasNulls,
    ...(options.inPlaceFrom !== undefined && { inPlaceFrom: options.inPlaceFrom }),
  };
  try {
    const chunks = sourceChunks(file, head, detected, { ...options, onProgress });
    const rows = await loadRows(sql, raw, chunks, {
      detected,
      shape,
      spellings: spellingsOf(overrides),
      onInvalidUtf8: options.onInvalidUtf8,
      checkpoint,
      choose: (some) =>
        chooseNotations(some, typing).map((notation, i) => (options.isText(i) ? null : notation)),
    });
    if (rows.rowCount === 0) throw noRows(file.name, rows);
    const used = usedColumns(rows, detected.header);
    for (let i = used; i < width; i++) await sql.query(`ALTER TABLE ${raw} DROP COLUMN ${columnId(i)}`);
    rows.dropColumnsFrom(used);
    width = used;
    options.onProgress(file.size * LOADING);
    fitting = FITTING.types;
    const { typed, nullValues, finer, formats, conversions } = await typeTable(
      sql,
      raw,
      sqlTable,
      rows,
      typing,
    );
    const given = Array.from({ length: width }, (_, i) => detected.header[i] ?? '');
    const { originals, names, renamed } = namedColumns(given);
    return {
      dialect: { ...detected.dialect, nullValues, ...(overrides.columns && { columns: overrides.columns }) },
      headerGuess: detected.headerGuess,
      regions: detected.regions,
      renamed,
      rows,
      typed,
      finer,
      formats,
      conversions: conversions.map((conversion) => ({ ...conversion, column: names[conversion.position]! })),
      columns: typed.map(({ parser }, i) => ({
        name: names[i]!,
        originalName: originals[i]!,
        storageType: parser?.storageType ?? 'text',
      })),
    };
  } catch (error) {
    await sql.query(`DROP TABLE IF EXISTS ${sqlTable}`);
    throw asTooLarge(error, file.name, fitting);
  } finally {
    await sql.query(`DROP TABLE IF EXISTS ${raw}`);
  }
}

/** Spellings of "no value" to count: the known ones, and those that a person set. */
function spellingsOf({ nullValues = [], columns = {} }: Partial<CsvDialect>): string[] {
  const own = Object.values(columns).flatMap(({ nulls = [] }) => nulls);
  return [...new Set([...ALL_NULL_SPELLINGS, ...nullValues, ...own])].filter(Boolean);
}

async function* sourceChunks(
  file: File,
  head: FileHead,
  detected: DetectedDialect,
  options: ImportOptions & { readonly headOnly: boolean },
): AsyncGenerator<Uint8Array> {
  const { encoding } = detected.dialect;
  if (!options.headOnly) {
    const onRead = (bytes: number) => options.onProgress(bytes * LOADING);
    yield* toUtf8(fileChunks(file, file.name, { gzip: head.gzip, onRead }), encoding);
    return;
  }
  const bytes = headAsUtf8(head.bytes, encoding);
  // A row cut in the middle would look damaged: the head ends at its last line end.
  const last = Math.max(bytes.lastIndexOf(10), detected.newline === 'cr' ? bytes.lastIndexOf(13) : -1);
  const end = head.complete ? bytes.length : last + 1;
  yield bytes.subarray(0, end || bytes.length);
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
