import { UserError } from '../../../src/domain/errors';
import { queryRows } from '../duckdb/arrow';
import type { SqlSession } from '../duckdb/sql';
import { queryError } from './query-error';

/** What a query may begin with; EXPLAIN goes before one of these. */
const BEGINNINGS = new Set([
  'SELECT',
  'WITH',
  'FROM',
  'VALUES',
  'TABLE',
  'DESCRIBE',
  'DESC',
  'SUMMARIZE',
  'PIVOT',
  'UNPIVOT',
  '(',
]);
/** Table functions that read nothing but their arguments. */
const ALLOWED = new Set(['range', 'generate_series', 'unnest', 'repeat', 'repeat_row']);
/** Other functions that read or change settings and logs. */
const REFUSED = ['current_setting', 'getvariable', 'write_log', 'nextval', 'currval'];

/** A statement that only reads. */
export interface Statement {
  /** In brackets it stands for its rows; its first line is the second there. */
  readonly query: string;
  /** The plan is asked for, not the rows. */
  readonly explain: boolean;
}

/** A word of a statement, as DuckDB's parser divides it. */
export interface Token {
  readonly text: string;
  /** Of the statement, in UTF-16 units. */
  readonly end: number;
  readonly isName: boolean;
}

/** DuckDB's number for a name, quoted or not. */
const IDENTIFIER = 0;

/** The words of a text, without comments and without the spaces between them. */
export async function tokensOf(session: SqlSession, text: string): Promise<Token[]> {
  const { offsets, types } = await session.tokenize(text);
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let end = 0;
  return Array.from(offsets, (offset, i) => {
    // What precedes the first word is white space and comments.
    if (i === 0) end = decoder.decode(bytes.subarray(0, offset)).length;
    const until = decoder.decode(bytes.subarray(offset, offsets[i + 1] ?? bytes.length));
    const word = firstWord(until);
    const token = { text: word, end: end + word.length, isName: types[i] === IDENTIFIER };
    end += until.length;
    return token;
  });
}

/** Without the white space and comments that follow a word. */
function firstWord(text: string): string {
  if (text.startsWith('"')) return /^"(?:[^"]|"")*"?/.exec(text)![0];
  return /^[\p{L}\p{N}_$]+/u.exec(text)?.[0] ?? text.trimEnd();
}

/** A name as it is meant: without quotes, in lower case, as DuckDB compares names. */
export function nameOf({ text }: Token): string {
  return (text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text).toLowerCase();
}

/**
 * Checks that a text is one statement that only reads tables. DuckDB decides: it has to accept the text as one statement,
 * and as the rows of a subquery, which no statement that writes can be.
 *
 * @param known names of tables and columns in lower case, which hide those of DuckDB's own views
 * @throws UserError `sql/refused`, or `sql/failed` with DuckDB's reason and the position
 */
export async function checkStatement(
  session: SqlSession,
  text: string,
  known: ReadonlySet<string>,
  refusedNames: RefusedNames,
): Promise<Statement> {
  if (text.includes('\0')) throw refused('The query has a character (NUL) that no query may have.');
  let tokens = await tokensOf(session, text);
  while (tokens.at(-1)?.text.startsWith(';')) tokens = tokens.slice(0, -1);
  if (tokens.length === 0) throw refused('There is no query yet. Write one, such as SELECT * FROM a table.');
  if (tokens.some((token) => !token.isName && token.text === ';'))
    throw refused('Only one statement can be run at a time. Remove what stands after the first “;”.');
  const explain = tokens[0]!.text.toUpperCase() === 'EXPLAIN';
  const first = tokens[explain ? 1 : 0]?.text ?? '';
  // One character, as “((” may come as one word.
  if (!BEGINNINGS.has(first.toUpperCase()) && first[0] !== '(') {
    throw refused(
      `The console only reads: a query begins with SELECT, WITH, FROM, DESCRIBE, SUMMARIZE or EXPLAIN, not with “${first}”.`,
    );
  }
  checkNames(tokens, known, refusedNames);
  // Spaces in place of EXPLAIN keep the positions that DuckDB names.
  const hidden = explain ? tokens[0]!.end : 0;
  const query = text.slice(0, hidden).replace(/[^\n]/g, ' ') + text.slice(hidden, tokens.at(-1)!.end);
  try {
    await session.prepare(query);
  } catch (error) {
    throw queryError(error, 1);
  }
  try {
    await session.prepare(`SELECT * FROM (\n${query}\n)`);
  } catch (cause) {
    throw new UserError('sql/refused', 'The console only reads, and this statement gives no rows.', {
      cause,
    });
  }
  return { query, explain };
}

/** Names of DuckDB's, in lower case. */
export interface RefusedNames {
  readonly functions: ReadonlySet<string>;
  readonly views: ReadonlySet<string>;
}

/** What of DuckDB reads files, settings or what it keeps of itself: all table functions but a few, and its views. */
export async function refusedNames(session: SqlSession): Promise<RefusedNames> {
  const functions = await namesOf(
    session,
    `SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro')`,
  );
  const views = await namesOf(
    session,
    `SELECT view_name AS name FROM duckdb_views() WHERE internal AND schema_name IN ('main', 'pg_catalog')`,
  );
  for (const name of REFUSED) functions.add(name);
  for (const name of ALLOWED) functions.delete(name);
  for (const name of ['information_schema', 'pg_catalog']) views.add(name);
  return { functions, views };
}

function checkNames(
  tokens: readonly Token[],
  known: ReadonlySet<string>,
  { functions, views }: RefusedNames,
): void {
  for (const [i, token] of tokens.entries()) {
    const name = nameOf(token);
    const isCalled = tokens[i + 1]?.text.startsWith('(') ?? false;
    if (isCalled && functions.has(name))
      throw refused(`“${name}” reads files or settings. The console reads only the tables of the project.`);
    if (views.has(name) && token.isName && !known.has(name))
      throw refused(`“${name}” is part of DuckDB. The console reads only the tables of the project.`);
  }
}

async function namesOf(session: SqlSession, query: string): Promise<Set<string>> {
  return new Set((await queryRows(session, query)).map(({ name }) => String(name).toLowerCase()));
}

function refused(sentence: string): UserError {
  return new UserError('sql/refused', sentence);
}
