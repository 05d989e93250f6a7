import type { CsvDialect } from '../../../src/domain/sources';
import type { RowCollector } from '../csv/row-collector';
import { ALL_NULL_SPELLINGS, isWeakNull } from '../dialect/null-spellings';
import { readRows } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import {
  type ColumnClues,
  candidateParsers,
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
}

export interface TypedTable {
  readonly typed: readonly TypedColumn[];
  /** Spellings that mean "no value" in this table. */
  readonly nullValues: string[];
}

/**
 * Makes the typed table from the staging table of texts.
 *
 * The likely notation of every column is simply applied to all of its values: a column has that type if as many values
 * parse as there are texts. That is one pass over the data where the guess holds, which is nearly always. Columns
 * where it does not are decided one by one, and the table is made again.
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
  return { typed, nullValues };
}

function collectClues(rows: RowCollector, options: TypingOptions): ColumnClues[] {
  const parsers = parsersFor(options.dialect, options.overrides.decimal !== undefined);
  const chosen = options.overrides.nullValues;
  const { counts, spellings } = rows.spellingCounts;
  return rows.samples.map((texts, index) => {
    const nulls = spellings.filter(
      (spelling, k) => counts[index * spellings.length + k]! > 0 && (chosen?.includes(spelling) ?? true),
    );
    const sample = texts.map((text) => text.trim()).filter((text) => text !== '' && !nulls.includes(text));
    return { index, nulls, sample, candidates: candidateParsers(sample, parsers) };
  });
}

/** The type to try first, null when the column must be looked at closely. */
function guess({ candidates, nulls }: ColumnClues): TypedColumn | null {
  const [parser] = candidates;
  if (parser?.evidence) return null;
  const kept = parser ? nulls : nulls.filter((spelling) => !isWeakNull(spelling));
  return { parser: parser ?? null, nulls: kept, hugeIntegers: false, nearMiss: null };
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
  const [counted] = readRows(await sql.query(`SELECT ${select.join(', ')} FROM ${table}`));
  return typed.flatMap(({ parser }, i) => {
    if (!parser || parser.evidence) return [];
    return Number(counted![columnId(i)]) === textCount(rows, clues[i]!) ? [] : [i];
  });
}

/** Texts of a column that are neither blank nor a null spelling. */
function textCount(rows: RowCollector, { index, nulls }: ColumnClues): number {
  const { counts, spellings } = rows.spellingCounts;
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
  // Trimmed texts are made once, below, and read several times by the parsers.
  const texts: string[] = [];
  const values: string[] = [];
  typed.forEach(({ parser }, i) => {
    const nulls = clues[i]!.nulls.filter((spelling) => nullValues.includes(spelling));
    texts.push(
      `${parser ? trimmedText(i, nulls) : plainText(i, nulls, nullValues.includes(''), rows.spellingCounts.padded[i] === 1)} AS ${columnId(i)}`,
    );
    values.push(`${parser ? parser.sql(columnId(i)) : columnId(i)} AS ${columnId(i)}`);
  });
  await sql.query(
    `CREATE OR REPLACE TABLE ${table} AS SELECT ${values.join(', ')} FROM (SELECT ${texts.join(', ')} FROM ${raw})`,
  );
}
