import type { ColumnProfile } from '../../../src/domain/columns';
import type { CsvDialect } from '../../../src/domain/sources';
import { isWeakNull } from '../csv/null-spellings';
import { queryRow, queryRows } from '../duckdb/arrow';
import { columnId, literal, type SqlEngine } from '../duckdb/sql';
import { dateParsers } from './date-parsers';
import { INTEGER_SHAPE, numberParsers, type ValueParser } from './value-parsers';

/** The type of a text column of the staging table. */
export interface TypedColumn {
  /** Null: stays text. */
  readonly parser: ValueParser | null;
  /** Spellings that mean "no value" in this column. */
  readonly nulls: readonly string[];
  /** Text that consists of integers too large for 64 bits. */
  readonly hugeIntegers: boolean;
  readonly nearMiss: NearMiss | null;
}

interface NearMiss {
  readonly type: NonNullable<ColumnProfile['nearMiss']>['type'];
  readonly count: number;
  readonly example: string;
  readonly row: number;
}

/** What is known of a column before its values are checked. */
export interface ColumnClues {
  readonly index: number;
  /** Null spellings that occur in it; weak ones are believed only if the column turns out typed. */
  readonly nulls: readonly string[];
  /** Some of its texts that are not null, trimmed. */
  readonly sample: readonly string[];
  /** Notations that at least half of the sample has, in the order they are tried. */
  readonly candidates: readonly ValueParser[];
}

/**
 * Type of one staging column, decided on all its values. A sample tells which notations to check, and a notation is
 * taken only if every value that is not null parses.
 */
export async function decideType(sql: SqlEngine, table: string, clues: ColumnClues): Promise<TypedColumn> {
  const { candidates, nulls, sample } = clues;
  const strong = nulls.filter((spelling) => !isWeakNull(spelling));
  if (candidates.length === 0) return { parser: null, nulls: strong, hugeIntegers: false, nearMiss: null };

  const text = trimmedText(clues.index, nulls);
  const maybeHuge = sample.every((value) => new RegExp(`^${INTEGER_SHAPE}$`).test(value));
  let best: { parser: ValueParser; misses: number } | null = null;
  for (const parser of candidates) {
    // Float is not tried on integers that only lack bits: rounding identifiers would corrupt them silently.
    if (parser.storageType === 'float' && maybeHuge && (await allIntegers(sql, table, text))) {
      return { parser: null, nulls: strong, hugeIntegers: true, nearMiss: null };
    }
    const { misses, proven } = await checkParser(sql, table, text, parser);
    if (misses === 0 && proven) return { parser, nulls, hugeIntegers: false, nearMiss: null };
    if (misses > 0 && (best === null || misses < best.misses)) best = { parser, misses };
  }
  const hugeIntegers = maybeHuge && (await allIntegers(sql, table, text));
  const nearMiss = best && !hugeIntegers ? await describeMiss(sql, table, text, best) : null;
  return { parser: null, nulls: strong, hugeIntegers, nearMiss };
}

/** SQL of the trimmed text of a column, NULL for nulls and blanks: what typed values are read from. */
export function trimmedText(index: number, nulls: readonly string[]): string {
  const text = `nullif(trim(${columnId(index)}), '')`;
  return nulls.length === 0 ? text : `CASE WHEN ${text} IN (${nullList(nulls)}) THEN NULL ELSE ${text} END`;
}

/**
 * SQL of a column that stays text: as it stands in the file, NULL for nulls.
 * @param padded null spellings may have blanks around them
 */
export function plainText(
  index: number,
  nulls: readonly string[],
  emptyIsNull: boolean,
  padded: boolean,
): string {
  const id = columnId(index);
  const column = emptyIsNull ? id : `coalesce(${id}, '')`;
  const words = nulls.filter((spelling) => spelling !== '');
  if (words.length === 0) return column;
  return `CASE WHEN ${padded ? `trim(${id})` : id} IN (${nullList(words)}) THEN NULL ELSE ${column} END`;
}

/** Notations that at least half of the sample has, in the order they are tried. */
export function candidateParsers(sample: readonly string[], parsers: readonly ValueParser[]): ValueParser[] {
  if (sample.length === 0) return [];
  return parsers.filter((parser) => {
    const pattern = new RegExp(`^(?:${parser.shape})$`);
    let matches = 0;
    for (const text of sample) if (text.length < 64 && pattern.test(text)) matches++;
    return matches >= sample.length / 2;
  });
}

/** All notations for a file of this dialect, in the order they are tried. */
export function parsersFor(dialect: CsvDialect, decimalPinned: boolean): ValueParser[] {
  const dayFirst = dialect.decimal === ',' || dialect.delimiter === ';';
  return [...numberParsers(dialect.decimal, decimalPinned), ...dateParsers(dayFirst)];
}

function nullList(nulls: readonly string[]): string {
  return nulls.map(literal).join(', ');
}

async function checkParser(
  sql: SqlEngine,
  table: string,
  text: string,
  parser: ValueParser,
): Promise<{ misses: number; proven: boolean }> {
  const evidence = parser.evidence ? `coalesce(bool_or(${parser.evidence('t')}), false)` : 'true';
  const { misses, proven } = await queryRow(
    sql,
    `SELECT count(t) - count(${parser.sql('t')}) AS misses, ${evidence} AS proven FROM (SELECT ${text} AS t FROM ${table})`,
  );
  return { misses: Number(misses), proven: proven === true };
}

async function allIntegers(sql: SqlEngine, table: string, text: string): Promise<boolean> {
  const isInteger = `regexp_full_match(t, ${literal(INTEGER_SHAPE)})`;
  const query = `SELECT bool_and(${isInteger}) AS yes FROM (SELECT ${text} AS t FROM ${table})`;
  return (await queryRow(sql, query))['yes'] === true;
}

async function describeMiss(
  sql: SqlEngine,
  table: string,
  text: string,
  { parser, misses }: { parser: ValueParser; misses: number },
): Promise<NearMiss | null> {
  const type = parser.storageType;
  if (type === 'boolean') return null;
  const [row] = await queryRows(
    sql,
    `SELECT r, left(t, 80) AS t FROM (SELECT rowid AS r, ${text} AS t FROM ${table}) WHERE t IS NOT NULL AND ${parser.sql('t')} IS NULL LIMIT 1`,
  );
  return row ? { type, count: misses, example: String(row['t']), row: Number(row['r']) } : null;
}
