import type { ColumnProfile } from '../../../src/domain/columns';
import { isWeakNull } from '../csv/null-spellings';
import { queryRow, queryRows } from '../duckdb/arrow';
import { columnId, literal, type SqlEngine } from '../duckdb/sql';
import type { ValueParser } from './value-parser';
import { INTEGER_SHAPE } from './value-parsers';

/** The type of a text column of the staging table. */
export interface TypedColumn {
  /** Null: stays text. */
  readonly parser: ValueParser | null;
  /** Spellings that mean "no value" in this column. */
  readonly nulls: readonly string[];
  /** Text that consists of integers too large for 64 bits. */
  readonly hugeIntegers: boolean;
  /** Texts that do not parse: of a text column most values of which do, or the few of a typed one, which are NULL. */
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
  /** The file has nulls of its own: a spelling of one is a value among texts. */
  readonly hasNulls?: boolean;
  /** A person wants the texts. */
  readonly keepText?: boolean;
  /** Cells that are “NA” and stand for something, or would if a person had not said otherwise. */
  readonly codes?: { readonly count: number; readonly isUndone: boolean };
  /** Positions of the columns whose names say that their values are people or accounts. */
  readonly people?: readonly number[];
}

/**
 * Rows, or people, of which protection never shows what they alone do: they decide no type (docs/import.md, What few rows do).
 */
export const FEW_ROWS = 7;
/** Of fewer people, or fewer rows of each, a name is no sign that rows are theirs. */
const MIN_PEOPLE = 20;
const MIN_ROWS_EACH = 1.5;
/** Values that a type needs for few others to be put aside: with fewer, protection shows no range of it. */
const MIN_PARSED = 20;

/**
 * Type of one staging column, decided on all its values. A sample tells which notations to check, and a notation is
 * taken if every value that is not null parses, or all but fewer than 7.
 */
export async function decideType(sql: SqlEngine, table: string, clues: ColumnClues): Promise<TypedColumn> {
  const { candidates, nulls, sample } = clues;
  const strong = nullsAmongTexts(clues);
  if (candidates.length === 0) return { parser: null, nulls: strong, hugeIntegers: false, nearMiss: null };

  const text = trimmedText(clues.index, nulls);
  const maybeHuge = sample.every((value) => new RegExp(`^${INTEGER_SHAPE}$`).test(value));
  let best: Attempt | null = null;
  const withFewMisses = async (): Promise<TypedColumn | null> => {
    if (!best?.proven || best.parsed < MIN_PARSED) return null;
    if (best.misses >= FEW_ROWS && !(await areFewPeople(sql, table, clues, text, best.parser))) return null;
    const { parser } = best;
    return { parser, nulls, hugeIntegers: false, nearMiss: await describeMiss(sql, table, text, best) };
  };
  for (const parser of candidates) {
    // Float is not tried on integers that only lack bits: rounding identifiers would corrupt them silently.
    if (parser.storageType === 'float' && maybeHuge && (await allIntegers(sql, table, text))) {
      return (await withFewMisses()) ?? { parser: null, nulls: strong, hugeIntegers: true, nearMiss: null };
    }
    const attempt = await checkParser(sql, table, text, parser);
    const { misses, proven } = attempt;
    if (misses === 0 && proven) return { parser, nulls, hugeIntegers: false, nearMiss: null };
    if (misses > 0 && (best === null || misses < best.misses)) best = attempt;
  }
  const typed = await withFewMisses();
  if (typed) return typed;
  const hugeIntegers = maybeHuge && (await allIntegers(sql, table, text));
  const isNear = best !== null && !hugeIntegers && best.parser.storageType !== 'boolean';
  const nearMiss = isNear ? await describeMiss(sql, table, text, best!) : null;
  return { parser: null, nulls: strong, hugeIntegers, nearMiss };
}

/** Spellings that mean "no value" in a column that stays text. */
export function nullsAmongTexts({ nulls, hasNulls }: ColumnClues): readonly string[] {
  return hasNulls ? [] : nulls.filter((spelling) => !isWeakNull(spelling));
}

/** Whether the texts that do not parse are those of fewer than 7 people, however many rows each has. */
async function areFewPeople(
  sql: SqlEngine,
  table: string,
  { index, people = [] }: ColumnClues,
  text: string,
  parser: ValueParser,
): Promise<boolean> {
  for (const column of people) {
    if (column === index) continue;
    // It may be one of values.
    const who = nulled(`${columnId(column)}::VARCHAR`, []);
    const missed = `t IS NOT NULL AND ${parser.sql('t')} IS NULL`;
    const { all_people, held, missing, few } = await queryRow(
      sql,
      `SELECT count(DISTINCT who)::DOUBLE AS all_people, count(who)::DOUBLE AS held,
        count(DISTINCT who) FILTER (WHERE ${missed})::DOUBLE AS few,
        count(*) FILTER (WHERE who IS NULL AND ${missed})::DOUBLE AS missing
        FROM (SELECT ${text} AS t, ${who} AS who FROM ${table})`,
    );
    if (Number(all_people) < MIN_PEOPLE || Number(held) < MIN_ROWS_EACH * Number(all_people)) continue;
    if (Number(few) + Number(missing) < FEW_ROWS) return true;
  }
  return false;
}

/** SQL of the trimmed text of a column, NULL for nulls and blanks: what typed values are read from. */
export function trimmedText(index: number, nulls: readonly string[]): string {
  return nulled(columnId(index), nulls);
}

/** The same of any SQL of a text. */
export function nulled(cell: string, nulls: readonly string[]): string {
  const text = `nullif(trim(${cell}), '')`;
  return nulls.length === 0 ? text : `CASE WHEN ${text} IN (${nullList(nulls)}) THEN NULL ELSE ${text} END`;
}

/**
 * SQL of a column that stays text: as it stands in the file, NULL for nulls.
 * @param nulls spellings of no value; '' is one for cells without quotes alone, unless `emptyIsNull` is `always`
 * @param padded null spellings may have blanks around them
 */
export function plainText(
  index: number,
  nulls: readonly string[],
  emptyIsNull: boolean | 'always',
  padded: boolean,
): string {
  const id = columnId(index);
  const column = emptyIsNull === 'always' ? `nullif(${id}, '')` : emptyIsNull ? id : `coalesce(${id}, '')`;
  const words = nulls.filter((spelling) => spelling !== '');
  if (words.length === 0) return column;
  return `CASE WHEN ${padded ? `trim(${id})` : id} IN (${nullList(words)}) THEN NULL ELSE ${column} END`;
}

function nullList(nulls: readonly string[]): string {
  return nulls.map(literal).join(', ');
}

/** How a notation reads a column. */
interface Attempt {
  readonly parser: ValueParser;
  readonly misses: number;
  readonly parsed: number;
  readonly proven: boolean;
}

async function checkParser(
  sql: SqlEngine,
  table: string,
  text: string,
  parser: ValueParser,
): Promise<Attempt> {
  const evidence = parser.evidence ? parser.evidence('t') : 'true';
  const { misses, parsed, proven } = await queryRow(
    sql,
    `SELECT count(t) - count(${parser.sql('t')}) AS misses, count(${parser.sql('t')}) AS parsed, ${evidence} AS proven FROM (SELECT ${text} AS t FROM ${table})`,
  );
  return { parser, misses: Number(misses), parsed: Number(parsed), proven: proven === true };
}

/**
 * Rows of a typed column that need its type where most have a plainer one: numbers with decimals, times beside dates.
 * @returns null if there are none or many, or no type is plainer
 */
export async function countFiner(
  sql: SqlEngine,
  table: string,
  index: number,
  { parser, nulls }: TypedColumn,
): Promise<ColumnProfile['finer'] | null> {
  const coarser = parser?.coarser;
  if (!coarser) return null;
  const texts = `SELECT ${trimmedText(index, nulls)} AS t FROM ${table}`;
  // The limit ends the search at once in a column of decimals.
  const some = `SELECT 1 FROM (${texts}) WHERE t IS NOT NULL AND ${coarser.sql('t')} IS NULL AND ${parser.sql('t')} IS NOT NULL LIMIT ${FEW_ROWS}`;
  const count = Number((await queryRow(sql, `SELECT count(*)::DOUBLE AS n FROM (${some})`))['n']);
  return count > 0 && count < FEW_ROWS ? { coarser: coarser.storageType, count } : null;
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
  { parser, misses }: Pick<Attempt, 'parser' | 'misses'>,
): Promise<NearMiss | null> {
  const type = parser.storageType;
  const [row] = await queryRows(
    sql,
    `SELECT r, left(t, 80) AS t FROM (SELECT rowid AS r, ${text} AS t FROM ${table}) WHERE t IS NOT NULL AND ${parser.sql('t')} IS NULL LIMIT 1`,
  );
  return row ? { type, count: misses, example: String(row['t']), row: Number(row['r']) } : null;
}
