import type { CellFormat } from '../../../src/domain/cell-format';
import type { ColumnSchema } from '../../../src/domain/column-data';
import type { ColumnProfile } from '../../../src/domain/columns';
import type { Conversion } from '../../../src/domain/conversions';
import type {
  CsvDialect,
  FilledRows,
  HeaderGuess,
  RejectedRow,
  SkippedLine,
  SourceTable,
  TableRegion,
} from '../../../src/domain/sources';
import { UnexpectedCellError } from '../csv/column-intake';
import type { RowCollector } from '../csv/row-collector';
import type { SqlEngine } from '../duckdb/sql';
import type { ColumnCounts } from '../profile/column-counts';
import { findSubjects } from '../profile/find-subjects';
import { profileColumn, profileColumns } from '../profile/profile-column';
import { findRowOrder } from '../profile/row-order';
import { asTextIfWide } from '../profile/wide-integers';
import type { TypedColumn } from '../typing/decide-types';
import { chooseNotations, type TextFacts, typeTable, UnexpectedTypeError } from '../typing/type-table';
import { namedColumns } from './column-names';
import type { FileHead } from './open-head';
import { noRows, stageText } from './stage-text';
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

/** Shares of an import's time (measured on 1M × 15): loading rows, then types, the rest is profiles. */
const LOADING = 0.4;
const TYPING = 0.3;

/** Share of the rows that fit if memory is full while they are typed or profiled. */
const FITTING = { types: 0.8, profiles: 0.7 } as const;

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
      loaded.counts,
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
    const named = ({ column, ...rest }: LoadedLine) => ({
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

/** A line that is listed, in one of several files if that is said. */
export type LoadedLine = RowCollector['rejections'][number] & Pick<RejectedRow, 'file'>;

/** What an import tells of the rows that were loaded. */
export type LoadedRows = Pick<
  RowCollector,
  'rowCount' | 'rejectedCount' | 'filledRows' | 'mendedCount' | 'nullSpellings'
> & {
  readonly rejections: readonly LoadedLine[];
  readonly mended: readonly LoadedLine[];
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
  /** Of the values of its columns; absent = they were not counted. */
  readonly counts?: ColumnCounts | undefined;
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
  // Columns that turn out not to be what their beginning says are read again as texts: one alone, then all.
  const areTexts: number[] = [];
  for (;;) {
    try {
      return await loadOnce(sql, file, head, options, (i) => areTexts.length > 1 || areTexts.includes(i));
    } catch (error) {
      if (!(error instanceof UnexpectedCellError || error instanceof UnexpectedTypeError)) throw error;
      areTexts.push(error.column);
    }
  }
}

/** @param isText columns that are loaded as texts, whatever they look like at first */
async function loadOnce(
  sql: SqlEngine,
  file: File,
  head: FileHead,
  options: ImportOptions & { readonly headOnly: boolean },
  isText: (column: number) => boolean,
): Promise<LoadedTable> {
  const { overrides, sqlTable, checkpoint, hasNulls } = options;
  const raw = `${sqlTable}_raw`;
  try {
    const { detected, rows, width } = await stageText(sql, file, head, {
      ...options,
      raw,
      onRead: (done) => options.onProgress(file.size * LOADING * done),
      choose: (some, { dialect, header: names }) =>
        chooseNotations(some, { dialect, overrides, checkpoint, names, hasNulls }).map((notation, i) =>
          isText(i) ? null : notation,
        ),
    });
    if (rows.rowCount === 0) throw noRows(file.name, rows);
    return await typeStaged(sql, file.name, {
      ...{ raw, sqlTable, overrides, checkpoint, rows, hasNulls },
      ...{ dialect: detected.dialect, headerGuess: detected.headerGuess, regions: detected.regions },
      names: Array.from({ length: width }, (_, i) => detected.header[i] ?? ''),
      counts: rows.counts,
      ...(options.inPlaceFrom !== undefined && { inPlaceFrom: options.inPlaceFrom }),
    });
  } finally {
    await sql.query(`DROP TABLE IF EXISTS ${raw}`);
  }
}

/** Rows that are in a staging table as text, and what is known of them. */
export interface StagedRows {
  readonly raw: string;
  readonly sqlTable: string;
  readonly rows: LoadedRows & TextFacts;
  readonly dialect: CsvDialect;
  readonly headerGuess: HeaderGuess | null;
  readonly regions: readonly TableRegion[];
  /** As they stand in the file, '' where it has none. */
  readonly names: readonly string[];
  /** Of the staging table's columns; absent = they were not counted. */
  readonly counts?: ColumnCounts | null;
  readonly overrides: Partial<CsvDialect>;
  readonly checkpoint: () => void;
  /** See `TypingOptions`. */
  readonly hasNulls?: boolean | undefined;
  readonly inPlaceFrom?: number;
}

/**
 * Types the rows of a staging table, which stays.
 * @throws UserError `source/too-large` or `canceled`; no typed table is left then
 */
export async function typeStaged(sql: SqlEngine, fileName: string, staged: StagedRows): Promise<LoadedTable> {
  const { raw, sqlTable, overrides, checkpoint, rows } = staged;
  try {
    const found = await typeTable(sql, raw, sqlTable, rows, {
      dialect: staged.dialect,
      overrides,
      checkpoint,
      names: staged.names,
      hasNulls: staged.hasNulls,
      ...(staged.inPlaceFrom !== undefined && { inPlaceFrom: staged.inPlaceFrom }),
    });
    const { typed, nullValues, finer, formats, conversions, unchanged } = found;
    const { originals, names, renamed } = namedColumns(staged.names);
    return {
      counts: staged.counts?.of(unchanged),
      dialect: { ...staged.dialect, nullValues, ...(overrides.columns && { columns: overrides.columns }) },
      headerGuess: staged.headerGuess,
      regions: staged.regions,
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
    throw asTooLarge(error, fileName, FITTING.types);
  }
}
