import type { CellFormat } from '../../../src/domain/cell-format';
import type { ColumnProfile } from '../../../src/domain/columns';
import type { CsvDialect } from '../../../src/domain/sources';
import { namesSubjects } from '../../../src/domain/subject-names';
import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import type { RowCollector } from '../csv/row-collector';
import type { BytesNotation } from '../csv/typed-column-builder';
import { queryRow, type Scalar } from '../duckdb/arrow';
import { usedBytes } from '../duckdb/memory';
import { columnId, type SqlEngine, unreadId } from '../duckdb/sql';
import { Candidates } from './candidates';
import { isNaACode } from './codes';
import { columnBatches } from './column-batches';
import { type ColumnFacts, columnFacts, typedSelect } from './column-facts';
import { columnFormat } from './column-format';
import {
  type ColumnClues,
  countFiner,
  decideType,
  FEW_ROWS,
  nullsAmongTexts,
  plainText,
  type TypedColumn,
  trimmedText,
} from './decide-types';
import { type FoundConversion, findConversion } from './find-conversions';
import { SHORT_TABLE } from './melt';

export interface TypingOptions {
  readonly dialect: CsvDialect;
  readonly overrides: Partial<CsvDialect>;
  /** Throws when the job was cancelled. */
  readonly checkpoint: () => void;
  /** Names of the columns, as far as the file has them. */
  readonly names?: readonly string[];
  /** The file has nulls of its own: “NA” among texts is a text. */
  readonly hasNulls?: boolean | undefined;
  /** Columns whose values are texts in their file: they may be dates, but no numbers. */
  readonly declaredText?: ReadonlySet<number>;
  /** From so many bytes of tables on there is no memory for a typed table beside the staging table. */
  readonly inPlaceFrom?: number;
}

/** Half of DuckDB's memory. */
const IN_PLACE_FROM = 1.5 * 2 ** 30;

/** What typing needs of the rows besides the staging table. */
export type TextFacts = Pick<
  RowCollector,
  'rowCount' | 'samples' | 'filled' | 'nullSpellings' | 'blanks' | 'blankText' | 'quotedNulls'
> & {
  /** Columns that the staging table has as values, read by the first notation that is tried; absent = none. */
  readonly read?: RowCollector['read'];
};

/** By what each column may be read while a file is scanned; null = its texts are needed. */
export function chooseNotations(rows: TextFacts, options: TypingOptions): (BytesNotation | null)[] {
  return collectClues(rows, options).map((clue) =>
    clue.keepText ? null : (guess(clue)?.parser?.bytes ?? null),
  );
}

/** Thrown when all samples make a column something else than it was read as: it has to be read as texts. */
export class UnexpectedTypeError extends Error {
  override readonly name = 'UnexpectedTypeError';
  constructor(readonly column: number) {
    super(`column ${column} is not of the notation that it was read by`);
  }
}

export interface TypedTable {
  readonly typed: readonly TypedColumn[];
  /** By column, what few rows need beyond a plainer type. */
  readonly finer: readonly (ColumnProfile['finer'] | null)[];
  /** By column, how its cells are written, null where plainly. */
  readonly formats: readonly (CellFormat | null)[];
  readonly conversions: readonly FoundConversion[];
  /** Spellings that mean "no value" in this table. */
  readonly nullValues: string[];
  /** Columns whose cells are those of the staging table. */
  readonly unchanged: ReadonlySet<number>;
}

/**
 * Makes the typed table from the staging table of texts.
 *
 * The likely notation of every column is applied to all of its values. The column has that type if as many values parse
 * as there are texts: one pass over the data if the guesses hold, as they usually do. Columns with wrong guesses are
 * decided one by one, and the table is made again. If there is no memory for both tables, types are decided first, and
 * the columns of the staging table are converted one by one. Columns that were read as values while the file was scanned
 * are taken as they are.
 *
 * @throws UnexpectedTypeError
 */
export async function typeTable(
  sql: SqlEngine,
  raw: string,
  table: string,
  rows: TextFacts,
  options: TypingOptions,
): Promise<TypedTable> {
  const clues = collectClues(rows, options);
  // What a column would be is told even if a person wants its texts: it can be done again.
  const decided: TypedColumn[] = [];
  const guessed = new Set<number>();
  for (const clue of clues) {
    options.checkpoint();
    const first = clue.keepText ? null : guess(clue);
    if (isRead(rows, clue.index)) assertAsRead(clue, first, rows);
    else if (first?.parser) guessed.add(clue.index);
    decided.push(first ?? (await decideType(sql, raw, clue)));
  }
  const read = { sql, raw, table, clues, rows, options };
  const inPlace =
    (await usedBytes(sql)) >= (options.inPlaceFrom ?? IN_PLACE_FROM) || areMostReady(read, decided);
  if (!inPlace) await createTyped(read, decided);
  options.checkpoint();
  const wrong = await wrongGuesses(read, decided, guessed, inPlace);
  for (const i of wrong) decided[i] = await decideType(sql, raw, clues[i]!);
  if (wrong.length > 0 && !inPlace) await createTyped(read, decided);
  const facts = await columnFacts(sql, raw, decided, rows, options.checkpoint);
  const finer = await finerOf(sql, raw, decided, facts, options);
  const typed = decided.map((column, i) => asWanted(column, clues[i]!));
  const formats = decided.map((column, i) => columnFormat(column, clues[i]!, facts.get(i), rows));
  const conversions = decided.flatMap(
    // An example is for the person whose file it is.
    (column, i) =>
      findConversion(
        column,
        clues[i]!,
        facts.get(i),
        columnFormat(column, clues[i]!, facts.get(i), rows, 1),
      ) ?? [],
  );
  if (inPlace) await convertInPlace(read, typed);
  return {
    typed,
    nullValues: nullValuesOf(typed, options),
    finer: finer.map((of, i) => (clues[i]!.keepText ? null : of)),
    formats: formats.map((of, i) =>
      clues[i]!.keepText ? columnFormat(typed[i]!, clues[i]!, undefined, rows) : of,
    ),
    conversions,
    unchanged: unchangedIn(read, typed),
  };
}

/** Whether copying the columns that are right already would cost more than converting the others one by one. */
function areMostReady(reading: Reading, decided: readonly TypedColumn[]): boolean {
  const typed = decided.map((column, i) => asWanted(column, reading.clues[i]!));
  const ready = unchangedIn(reading, typed).size;
  const isLong = reading.rows.rowCount > SHORT_TABLE;
  return ready === typed.length || (isLong && ready >= typed.length / 2);
}

/** Columns that the typed table has as the staging table. */
function unchangedIn(reading: Reading, typed: readonly TypedColumn[]): Set<number> {
  const { texts, values } = columnExpressions(reading, typed);
  const ids = typed.map((_, i) => columnId(i));
  return new Set(ids.flatMap((id, i) => (texts[i] === id && values[i] === id ? [i] : [])));
}

function isRead({ read }: TextFacts, index: number): boolean {
  return (read?.[index] ?? null) !== null;
}

/** @throws UnexpectedTypeError */
function assertAsRead({ index, nulls }: ColumnClues, first: TypedColumn | null, rows: TextFacts): void {
  const { counts, spellings } = rows.nullSpellings;
  const isNull = spellings.every(
    (text, k) => counts[index * spellings.length + k] === 0 || nulls.includes(text),
  );
  if (!isNull || first?.parser?.bytes !== rows.read![index]!.notation) throw new UnexpectedTypeError(index);
}

/** What typing works on. */
interface Reading {
  readonly sql: SqlEngine;
  readonly raw: string;
  readonly table: string;
  readonly clues: readonly ColumnClues[];
  readonly rows: TextFacts;
  readonly options: TypingOptions;
}

function asWanted(column: TypedColumn, clues: ColumnClues): TypedColumn {
  if (!clues.keepText) return column;
  return { parser: null, nulls: nullsAmongTexts(clues), hugeIntegers: column.hugeIntegers, nearMiss: null };
}

function collectClues(rows: TextFacts, options: TypingOptions): ColumnClues[] {
  const { dialect, overrides, names = [] } = options;
  const candidates = new Candidates(dialect, overrides.decimal !== undefined);
  const { counts, spellings } = rows.nullSpellings;
  const people = names.flatMap((name, index) => (namesSubjects(name) ? [index] : []));
  return rows.samples.map((texts, index) => {
    const own = overrides.columns?.[index] ?? {};
    const chosen = own.nulls ?? overrides.nullValues;
    const count = (k: number) => counts[index * spellings.length + k]!;
    const present = spellings.filter((_, k) => count(k) > 0);
    const trimmed = texts.map((text) => text.trim()).filter((text) => text !== '');
    const others = trimmed.filter((text) => !present.includes(text));
    const named = present.reduce((sum, spelling) => sum + count(spellings.indexOf(spelling)), 0);
    const isCode =
      present.includes('NA') &&
      isNaACode(
        others,
        count(spellings.indexOf('NA')),
        rows.filled[index]! - named,
        rows.filled[index]! < rows.rowCount,
      );
    const isUndone = own.nulls?.includes('NA') === true;
    const nulls = present.filter(
      (spelling) => (chosen?.includes(spelling) ?? true) && !(spelling === 'NA' && isCode && !isUndone),
    );
    const sample = trimmed.filter((text) => !nulls.includes(text));
    return {
      index,
      nulls,
      sample,
      candidates: candidates
        .of(sample, names[index] ?? '', own.dayFirst)
        .filter(({ storageType }) => !options.declaredText?.has(index) || /^(?:date|time)/.test(storageType)),
      people,
      ...(options.hasNulls && { hasNulls: true }),
      ...(own.keepText && { keepText: true }),
      ...(isCode && { codes: { count: count(spellings.indexOf('NA')), isUndone } }),
    };
  });
}

/** The type to try first, null if the column has to be decided on all its values. */
function guess(clues: ColumnClues): TypedColumn | null {
  const { candidates, nulls, sample } = clues;
  const [parser] = candidates;
  if (parser?.evidence && !parser.proven?.(sample)) return null;
  const kept = parser ? nulls : nullsAmongTexts(clues);
  return { parser: parser ?? null, nulls: kept, hugeIntegers: false, nearMiss: null };
}

async function finerOf(
  sql: SqlEngine,
  raw: string,
  typed: readonly TypedColumn[],
  facts: ReadonlyMap<number, ColumnFacts>,
  options: TypingOptions,
): Promise<(ColumnProfile['finer'] | null)[]> {
  const finer: (ColumnProfile['finer'] | null)[] = [];
  for (const [i, column] of typed.entries()) {
    const counted = facts.get(i)?.finer;
    if (counted === undefined) {
      options.checkpoint();
      finer.push(await countFiner(sql, raw, i, column));
      continue;
    }
    const { coarser } = column.parser!;
    finer.push(counted > 0 && counted < FEW_ROWS ? { coarser: coarser!.storageType, count: counted } : null);
  }
  return finer;
}

/** Guessed columns where fewer values parse than there are texts. */
async function wrongGuesses(
  { sql, raw, table, clues, rows, options }: Reading,
  typed: readonly TypedColumn[],
  guessed: ReadonlySet<number>,
  inPlace: boolean,
): Promise<number[]> {
  const wrong: number[] = [];
  for (const batch of columnBatches([...guessed], rows.rowCount, inPlace ? 1 : undefined)) {
    options.checkpoint();
    const parsed = (i: number) => {
      const { parser, nulls } = typed[i]!;
      return inPlace ? parser!.sql(`(${trimmedText(i, nulls)})`) : columnId(i);
    };
    const select = batch.map((i) => `count(${parsed(i)})::DOUBLE AS ${columnId(i)}`);
    const counted = await queryRow(sql, `SELECT ${select.join(', ')} FROM ${inPlace ? raw : table}`);
    wrong.push(...batch.filter((i) => Number(counted[columnId(i)]) !== textCount(rows, clues[i]!)));
  }
  return wrong;
}

/** Makes the staging table the typed one, a column at a time. */
async function convertInPlace(reading: Reading, typed: readonly TypedColumn[]): Promise<void> {
  const { sql, raw, table, options } = reading;
  const { texts, values } = columnExpressions(reading, typed);
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
  await sql.query(`DROP TABLE IF EXISTS ${table}`);
  await sql.query(`ALTER TABLE ${raw} RENAME TO ${table}`);
}

/** Texts of a column that are neither blank nor a null spelling. */
function textCount(rows: TextFacts, { index, nulls }: ColumnClues): number {
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

async function createTyped(reading: Reading, decided: readonly TypedColumn[]): Promise<void> {
  const { sql, raw, table, clues, rows } = reading;
  const typed = decided.map((column, i) => asWanted(column, clues[i]!));
  const { texts, values } = columnExpressions(reading, typed);
  // What is read as a list, text and value at once; a text that is not read is kept beside it.
  const isListable = ({ nearMiss }: TypedColumn, i: number) => nearMiss === null && !isRead(rows, i);
  const listed = typedSelect(
    raw,
    typed.map((column, i) => (isListable(column, i) ? column : { ...column, parser: null })),
    rows.rowCount,
  );
  const of = (i: number) => listed.values.get(i);
  // The inner query trims each text once; parsers read it several times.
  const inner = texts.map((text, i) => `${of(i) ?? text} AS ${columnId(i)}`);
  const outer = values.map((value, i) => `${of(i) ? columnId(i) : value} AS ${columnId(i)}`);
  const unread = typed.flatMap(({ parser, nearMiss }, i) =>
    parser && nearMiss ? [`, CASE WHEN ${values[i]} IS NULL THEN ${columnId(i)} END AS ${unreadId(i)}`] : [],
  );
  await sql.query(
    `CREATE OR REPLACE TABLE ${table} AS SELECT ${outer.join(', ')}${unread.join('')} FROM (SELECT ${inner.join(', ')} FROM ${listed.from})`,
  );
}

/** SQL of every column's text without what means "no value", and of its value from a column of that text. */
function columnExpressions(
  { clues, rows, options: { overrides } }: Reading,
  typed: readonly TypedColumn[],
): { readonly texts: readonly string[]; readonly values: readonly string[] } {
  const emptyIsNull = overrides.nullValues?.includes('') ?? true;
  const emptyOf = (i: number) => (emptyIsNull && rows.quotedNulls[i] ? 'always' : emptyIsNull);
  const texts = typed.map(({ parser, nulls }, i) => {
    if (isRead(rows, i)) return columnId(i);
    // What a person set holds for texts too, however weak it is.
    const isChosen = overrides.nullValues !== undefined || overrides.columns?.[i]?.nulls !== undefined;
    return parser
      ? trimmedText(i, nulls)
      : plainText(i, isChosen ? clues[i]!.nulls : nulls, emptyOf(i), rows.nullSpellings.padded[i] === 1);
  });
  const values = typed.map(({ parser }, i) =>
    parser && !isRead(rows, i) ? parser.sql(columnId(i)) : columnId(i),
  );
  return { texts, values };
}
