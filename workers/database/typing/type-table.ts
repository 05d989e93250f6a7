import type { CellFormat } from '../../../src/domain/cell-format';
import type { ColumnProfile } from '../../../src/domain/columns';
import type { CsvDialect } from '../../../src/domain/sources';
import { namesSubjects } from '../../../src/domain/subject-names';
import { ALL_NULL_SPELLINGS, isWeakNull } from '../csv/null-spellings';
import type { RowCollector } from '../csv/row-collector';
import { queryRow, type Scalar } from '../duckdb/arrow';
import { usedBytes } from '../duckdb/memory';
import { columnId, type SqlEngine, unreadId } from '../duckdb/sql';
import { columnFormats } from './column-format';
import {
  type ColumnClues,
  candidateParsers,
  countFiner,
  decideType,
  parsersFor,
  plainText,
  type TypedColumn,
  trimmedText,
} from './decide-types';

export interface TypingOptions {
  readonly dialect: CsvDialect;
  readonly overrides: Partial<CsvDialect>;
  /** Throws when the job was cancelled. */
  readonly checkpoint: () => void;
  /** Names of the columns, as far as the file has them. */
  readonly names?: readonly string[];
  /** From so many bytes of tables on there is no memory for a typed table beside the staging table. */
  readonly inPlaceFrom?: number;
}

/** Half of DuckDB's memory. */
const IN_PLACE_FROM = 1.5 * 2 ** 30;

export interface TypedTable {
  readonly typed: readonly TypedColumn[];
  /** By column, what few rows need beyond a plainer type. */
  readonly finer: readonly (ColumnProfile['finer'] | null)[];
  /** By column, how its cells are written, null where plainly. */
  readonly formats: readonly (CellFormat | null)[];
  /** Spellings that mean "no value" in this table. */
  readonly nullValues: string[];
}

/**
 * Makes the typed table from the staging table of texts.
 *
 * The likely notation of every column is applied to all of its values. The column has that type if as many values parse
 * as there are texts: one pass over the data if the guesses hold, as they usually do. Columns with wrong guesses are
 * decided one by one, and the table is made again. If there is no memory for both tables, types are decided first, and
 * the columns of the staging table are converted one by one.
 */
export async function typeTable(
  sql: SqlEngine,
  raw: string,
  table: string,
  rows: RowCollector,
  options: TypingOptions,
): Promise<TypedTable> {
  const clues = collectClues(rows, options);
  const typed: TypedColumn[] = [];
  for (const clue of clues) {
    options.checkpoint();
    typed.push(guess(clue) ?? (await decideType(sql, raw, clue)));
  }
  if ((await usedBytes(sql)) >= (options.inPlaceFrom ?? IN_PLACE_FROM)) {
    return convertInPlace(sql, raw, table, typed, clues, rows, options);
  }
  let nullValues = nullValuesOf(typed, options);
  await createTyped(sql, raw, table, typed, clues, nullValues, rows);
  options.checkpoint();
  const wrong = await wrongGuesses(sql, table, typed, clues, rows);
  for (const i of wrong) typed[i] = await decideType(sql, raw, clues[i]!);
  const decided = nullValuesOf(typed, options);
  if (wrong.length > 0 || decided.length !== nullValues.length) {
    nullValues = decided;
    options.checkpoint();
    await createTyped(sql, raw, table, typed, clues, nullValues, rows);
  }
  const finer = await finerOf(sql, raw, typed, options);
  const formats = await columnFormats(sql, raw, typed, clues, rows, options.checkpoint);
  return { typed, nullValues, finer, formats };
}

function collectClues(rows: RowCollector, options: TypingOptions): ColumnClues[] {
  const parsers = parsersFor(options.dialect, options.overrides.decimal !== undefined);
  const chosen = options.overrides.nullValues;
  const { counts, spellings } = rows.nullSpellings;
  const people = (options.names ?? []).flatMap((name, index) => (namesSubjects(name) ? [index] : []));
  return rows.samples.map((texts, index) => {
    const nulls = spellings.filter(
      (spelling, k) => counts[index * spellings.length + k]! > 0 && (chosen?.includes(spelling) ?? true),
    );
    const sample = texts.map((text) => text.trim()).filter((text) => text !== '' && !nulls.includes(text));
    return { index, nulls, sample, candidates: candidateParsers(sample, parsers), people };
  });
}

/** The type to try first, null if the column has to be decided on all its values. */
function guess({ candidates, nulls }: ColumnClues): TypedColumn | null {
  const [parser] = candidates;
  if (parser?.evidence) return null;
  const kept = parser ? nulls : nulls.filter((spelling) => !isWeakNull(spelling));
  return { parser: parser ?? null, nulls: kept, hugeIntegers: false, nearMiss: null };
}

async function finerOf(sql: SqlEngine, raw: string, typed: readonly TypedColumn[], options: TypingOptions) {
  const finer: (ColumnProfile['finer'] | null)[] = [];
  for (const [i, column] of typed.entries()) {
    options.checkpoint();
    finer.push(await countFiner(sql, raw, i, column));
  }
  return finer;
}

/** Columns where fewer values parsed than there are texts. */
async function wrongGuesses(
  sql: SqlEngine,
  table: string,
  typed: readonly TypedColumn[],
  clues: readonly ColumnClues[],
  rows: RowCollector,
): Promise<number[]> {
  const select = typed.map((_, i) => `count(${columnId(i)})::DOUBLE AS ${columnId(i)}`);
  const counted = await queryRow(sql, `SELECT ${select.join(', ')} FROM ${table}`);
  return typed.flatMap(({ parser, nearMiss }, i) => {
    if (!parser || parser.evidence || nearMiss) return [];
    return Number(counted[columnId(i)]) === textCount(rows, clues[i]!) ? [] : [i];
  });
}

/** Makes the staging table the typed one, a column at a time. */
async function convertInPlace(
  sql: SqlEngine,
  raw: string,
  table: string,
  typed: TypedColumn[],
  clues: readonly ColumnClues[],
  rows: RowCollector,
  options: TypingOptions,
): Promise<TypedTable> {
  for (const [i, { parser, nearMiss }] of typed.entries()) {
    if (!parser || parser.evidence || nearMiss) continue;
    options.checkpoint();
    const text = trimmedText(i, clues[i]!.nulls);
    const query = `SELECT count(${parser.sql('t')})::DOUBLE AS parsed FROM (SELECT ${text} AS t FROM ${raw})`;
    const { parsed } = await queryRow(sql, query);
    if (Number(parsed) !== textCount(rows, clues[i]!)) typed[i] = await decideType(sql, raw, clues[i]!);
  }
  const finer = await finerOf(sql, raw, typed, options);
  const formats = await columnFormats(sql, raw, typed, clues, rows, options.checkpoint);
  const nullValues = nullValuesOf(typed, options);
  const { texts, values } = columnExpressions(typed, clues, nullValues, rows);
  for (const [i, value] of values.entries()) {
    options.checkpoint();
    const id = columnId(i);
    const alter = (type: Scalar, expression: string) =>
      sql.query(`ALTER TABLE ${raw} ALTER COLUMN ${id} TYPE ${type} USING ${expression}`);
    // In two steps, because a nested expression would be computed once for each time it is used.
    if (texts[i] !== id) await alter('VARCHAR', texts[i]!);
    if (value === id) continue;
    if (typed[i]!.nearMiss) {
      await sql.query(`ALTER TABLE ${raw} ADD COLUMN ${unreadId(i)} VARCHAR`);
      await sql.query(
        `UPDATE ${raw} SET ${unreadId(i)} = ${id} WHERE ${id} IS NOT NULL AND ${value} IS NULL`,
      );
    }
    const { type } = await queryRow(
      sql,
      `SELECT column_type AS type FROM (DESCRIBE SELECT ${value} AS v FROM ${raw})`,
    );
    await alter(type!, value);
  }
  await sql.query(`ALTER TABLE ${raw} RENAME TO ${table}`);
  return { typed, nullValues, finer, formats };
}

/** Texts of a column that are neither blank nor a null spelling. */
function textCount(rows: RowCollector, { index, nulls }: ColumnClues): number {
  const { counts, spellings } = rows.nullSpellings;
  let count = rows.filled[index]!;
  spellings.forEach((spelling, k) => {
    if (nulls.includes(spelling)) count -= counts[index * spellings.length + k]!;
  });
  return count;
}

/** The chosen spellings, or those that turned out to mean "no value" in any column: they hold for all columns. */
function nullValuesOf(typed: readonly TypedColumn[], { overrides }: TypingOptions): string[] {
  if (overrides.nullValues) return overrides.nullValues;
  const used = new Set(typed.flatMap(({ nulls }) => nulls));
  return ['', ...ALL_NULL_SPELLINGS.filter((spelling) => used.has(spelling))];
}

async function createTyped(
  sql: SqlEngine,
  raw: string,
  table: string,
  typed: readonly TypedColumn[],
  clues: readonly ColumnClues[],
  nullValues: readonly string[],
  rows: RowCollector,
): Promise<void> {
  // The inner query trims each text once; parsers read it several times.
  const { texts, values } = columnExpressions(typed, clues, nullValues, rows);
  const select = (list: readonly string[]) => list.map((of, i) => `${of} AS ${columnId(i)}`).join(', ');
  const unread = typed.flatMap(({ parser, nearMiss }, i) =>
    parser && nearMiss ? [`, CASE WHEN ${values[i]} IS NULL THEN ${columnId(i)} END AS ${unreadId(i)}`] : [],
  );
  await sql.query(
    `CREATE OR REPLACE TABLE ${table} AS SELECT ${select(values)}${unread.join('')} FROM (SELECT ${select(texts)} FROM ${raw})`,
  );
}

/** SQL of every column's text without what means "no value", and of its value from a column of that text. */
function columnExpressions(
  typed: readonly TypedColumn[],
  clues: readonly ColumnClues[],
  nullValues: readonly string[],
  rows: RowCollector,
): { readonly texts: readonly string[]; readonly values: readonly string[] } {
  const texts = typed.map(({ parser }, i) => {
    const nulls = clues[i]!.nulls.filter((spelling) => nullValues.includes(spelling));
    return parser
      ? trimmedText(i, nulls)
      : plainText(i, nulls, nullValues.includes(''), rows.nullSpellings.padded[i] === 1);
  });
  const values = typed.map(({ parser }, i) => (parser ? parser.sql(columnId(i)) : columnId(i)));
  return { texts, values };
}
