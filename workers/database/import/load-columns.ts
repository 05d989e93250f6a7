import { UserError } from '../../../src/domain/errors';
import type { CsvDialect } from '../../../src/domain/sources';
import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import { columnId, literal, type SqlEngine } from '../duckdb/sql';
import { columnsToIpc, sqlType } from '../formats/columns-to-ipc';
import type { ColumnValues, ReadColumn, ReadTable } from '../formats/table-format';
import { TextBuffer } from '../formats/text-buffer';
import { ColumnCounts } from '../profile/column-counts';
import type { TypedColumn } from '../typing/decide-types';
import type { FoundConversion } from '../typing/find-conversions';
import { typeTable } from '../typing/type-table';
import { namedColumns } from './column-names';
import type { LoadedTable } from './import-table';
import { RowInserter } from './row-inserter';
import { TextStatistics } from './text-statistics';
import { asTooLarge } from './too-large';

const MAX_COLUMNS = 4_096;
/** Of the rows that fit, the share that is there when memory is full. */
const FITTING = 0.8;
/** What a table that is no delimited text is written in, where text is asked for. */
const PLAIN: CsvDialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  skipLines: 0,
  decimal: '.',
  nullValues: [''],
};

export interface LoadColumnsOptions {
  readonly sqlTable: string;
  readonly fileName: string;
  readonly overrides: Partial<CsvDialect>;
  /** Called with the share of the file that is in. */
  readonly onProgress: (done: number) => void;
  /** Throws when the job was cancelled. */
  readonly checkpoint: () => void;
  readonly inPlaceFrom?: number | undefined;
}

/**
 * Loads the batches of a table. Columns with a type go straight into the typed table; where texts have to be told their
 * type, all go through a staging table, as rows of delimited text do.
 *
 * @throws UserError `source/empty`, `source/unreadable`, `source/too-large` or `canceled`; no table is left then
 */
export async function loadColumns(
  sql: SqlEngine,
  table: ReadTable,
  options: LoadColumnsOptions,
): Promise<LoadedTable> {
  const { sqlTable, fileName, overrides, checkpoint } = options;
  const raw = `${sqlTable}_raw`;
  const loader = new BatchLoader(sql, table, options, raw);
  let done = 0;
  try {
    for await (const batch of table.batches()) {
      checkpoint();
      await loader.add(batch.rowCount, batch.columns);
      done = batch.done;
      options.onProgress(done);
    }
    await loader.finish();
    const { rowCount } = loader;
    if (rowCount === 0) throw noRows(fileName, table);
    const { columns } = table;
    const rows = {
      ...loader.statistics(),
      rowCount,
      filledRows: null,
      blanks: columns.map(() => 0),
      blankText: columns.map(() => ''),
      quotedNulls: columns.map(() => false),
      skipped: { count: 0, listed: [] },
      mendedCount: 0,
      mended: [],
      rejectedCount: table.rejected.count,
      rejections: table.rejected.list.map((record) => ({ ...record, column: null })),
      lines: { at: (row: number) => row + 1 },
    };
    let typed: readonly TypedColumn[] = columns.map(() => UNTYPED);
    let finer: LoadedTable['finer'] = columns.map(() => null);
    let nullValues = [''];
    let formats: LoadedTable['formats'] = columns.map(() => null);
    let conversions: readonly FoundConversion[] = [];
    let unchanged: ReadonlySet<number> = new Set(columns.keys());
    if (loader.isStaged) {
      ({ typed, nullValues, finer, formats, conversions, unchanged } = await typeTable(
        sql,
        raw,
        sqlTable,
        rows,
        {
          dialect: PLAIN,
          overrides,
          checkpoint,
          hasNulls: true,
          names: columns.map(({ type, name }) => (type === null ? name : '')),
          declaredText: new Set(columns.flatMap(({ isText }, i) => (isText ? [i] : []))),
          ...(options.inPlaceFrom !== undefined && { inPlaceFrom: options.inPlaceFrom }),
        },
      ));
    }
    const emptied = await emptyChosen(sql, sqlTable, columns, overrides);
    const { originals, names, renamed } = namedColumns(columns.map(({ name }) => name));
    return {
      dialect: {
        ...{ ...PLAIN, nullValues },
        ...(overrides.columns && { columns: overrides.columns }),
        ...(table.name !== undefined && { table: table.name }),
      },
      headerGuess: null,
      regions: [],
      counts: loader.counts.of(new Set([...unchanged].filter((i) => !emptied.includes(i)))),
      formats,
      conversions: conversions.map((conversion) => ({ ...conversion, column: names[conversion.position]! })),
      renamed,
      rows,
      typed,
      finer,
      columns: columns.map(({ type }, i) => ({
        name: names[i]!,
        originalName: originals[i]!,
        storageType: storageTypeOf(type, typed[i]!),
      })),
      extras: columns.map(({ format, isKey, isKeyPart }) => ({
        ...(format && { format }),
        ...(isKey && { isKey }),
        ...(isKeyPart && { isKeyPart }),
      })),
    };
  } catch (error) {
    await loader.abandon();
    await sql.query(`DROP TABLE IF EXISTS ${sqlTable}`);
    throw asTooLarge(error, fileName, FITTING * done);
  } finally {
    if (loader.isStaged) await sql.query(`DROP TABLE IF EXISTS ${raw}`);
  }
}

/**
 * Makes the spellings that a person chose no value in columns that are texts in their file; typing sees to the others.
 * @returns the columns that were changed
 */
async function emptyChosen(
  sql: SqlEngine,
  table: string,
  columns: readonly ReadColumn[],
  { nullValues, columns: own }: Partial<CsvDialect>,
): Promise<number[]> {
  const emptied: number[] = [];
  for (const [i, { type }] of columns.entries()) {
    const words = (own?.[i]?.nulls ?? nullValues ?? []).filter((word) => word !== '');
    if (type !== 'text' || words.length === 0) continue;
    const id = columnId(i);
    await sql.query(`UPDATE ${table} SET ${id} = NULL WHERE ${id} IN (${words.map(literal).join(', ')})`);
    emptied.push(i);
  }
  return emptied;
}

const UNTYPED: TypedColumn = { parser: null, nulls: [], hugeIntegers: false, nearMiss: null };

function storageTypeOf(type: ReadColumn['type'], { parser }: TypedColumn) {
  if (type === null) return parser?.storageType ?? 'text';
  return type === 'unsigned' ? 'integer' : type;
}

/** Inserts batches one after the other while the next is read. */
class BatchLoader {
  rowCount = 0;
  isStaged = false;
  readonly counts = new ColumnCounts();
  readonly #sql: SqlEngine;
  readonly #table: ReadTable;
  readonly #options: LoadColumnsOptions;
  readonly #raw: string;
  readonly #spellings: readonly string[];
  readonly #statistics: (TextStatistics | null)[] = [];
  #columnCount = 0;
  #target = '';
  #inserter: RowInserter | null = null;

  constructor(sql: SqlEngine, table: ReadTable, options: LoadColumnsOptions, raw: string) {
    this.#sql = sql;
    this.#table = table;
    this.#options = options;
    this.#raw = raw;
    const spellings = [...ALL_NULL_SPELLINGS, ...(options.overrides.nullValues ?? [])];
    this.#spellings = [...new Set(spellings)].filter(Boolean);
  }

  async add(rowCount: number, columns: readonly ColumnValues[]): Promise<void> {
    if (rowCount === 0) return;
    // Batches before may wait for fewer columns.
    if (columns.length > this.#columnCount) {
      await this.#inserter?.finish();
      await this.#addColumns(columns.length);
    }
    const typed = columns.map((column, i) => {
      if (column.type !== null) return column;
      this.#statistics[i]!.add(column.values);
      const buffer = new TextBuffer(rowCount);
      for (let row = 0; row < rowCount; row++) buffer.append(column.values[row] ?? null);
      return buffer.finish();
    });
    this.counts.add(typed, rowCount);
    await this.#inserter!.add(columnsToIpc(typed, rowCount), rowCount);
    this.rowCount += rowCount;
  }

  async finish(): Promise<void> {
    await this.#inserter?.finish();
  }

  /** Waits for what is under way, whatever becomes of it. */
  async abandon(): Promise<void> {
    await this.#inserter?.abandon();
  }

  /** In the form that typing takes. */
  statistics() {
    return {
      samples: this.#statistics.map((column) => column?.sample ?? []),
      filled: this.#statistics.map((column) => column?.filled ?? 0),
      nullSpellings: TextStatistics.spellings(this.#statistics, this.#spellings),
    };
  }

  async #addColumns(count: number): Promise<void> {
    const { columns } = this.#table;
    if (count > MAX_COLUMNS) {
      const file = this.#options.fileName;
      throw new UserError(
        'source/too-large',
        `“${file}” has more than ${MAX_COLUMNS} columns, which is the most that can be read. Leave out those you do not need.`,
        { details: { file, columns: count } },
      );
    }
    const isFirst = this.#columnCount === 0;
    const added = columns.slice(this.#columnCount, count);
    for (const { type } of added) {
      this.#statistics.push(type === null ? new TextStatistics(this.#spellings) : null);
    }
    const definitions = added.map(({ type }, i) => `${columnId(this.#columnCount + i)} ${sqlType(type)}`);
    this.#columnCount = count;
    if (isFirst) {
      this.isStaged = added.some(({ type }) => type === null);
      this.#target = this.isStaged ? this.#raw : this.#options.sqlTable;
      await this.#sql.query(`CREATE OR REPLACE TABLE ${this.#target} (${definitions.join(', ')})`);
      this.#inserter = await RowInserter.open(this.#sql, this.#target, count);
      return;
    }
    for (const definition of definitions) {
      await this.#sql.query(`ALTER TABLE ${this.#target} ADD COLUMN ${definition}`);
    }
  }
}

function noRows(file: string, { rejected }: ReadTable): UserError {
  const [first] = rejected.list;
  const reason = first
    ? `all ${rejected.count} records were rejected, the first in line ${first.line}: ${first.reason}`
    : 'the table in it holds none. A table with at least one row was expected';
  return new UserError('source/empty', `“${file}” has no rows to import: ${reason}.`, { details: { file } });
}
