import { nearNamesSentence } from '../../src/domain/near-names';
import { z } from '../../src/domain/zod';
import { InputError } from './setting-options';

/** A list that JSON writes, which names any column. */
const Names = z.array(z.string());

/** What a word says that is no column, and what says the same where a column is called so. */
const WORDS = new Map<string, { readonly columns: string[] | null; readonly clear: string }>([
  ['auto', { columns: null, clear: 'leave it out' }],
  ['none', { columns: [], clear: "say '[]'" }],
]);

/**
 * What `--subject` says: columns by name with commas between, `none`, `auto`, or a JSON list of names. A name that has a
 * comma is read whole if the table has such a column. What may mean two things in the table is refused.
 * @param names of the table's columns
 * @returns as in the configuration of a table
 * @throws InputError naming the column that the table does not have and those that are near, or what else may be meant
 */
export function readSubject(text: string, names: readonly string[]): string[] | null {
  const listed = listOf(text);
  const columns = [...new Set(listed ?? text.split(',').map((part) => part.trim()))];
  const stray = columns.find((column) => !names.includes(column));
  if (listed && stray === undefined) return columns;
  const word = WORDS.get(text.trim().toLowerCase());
  const isWhole = names.includes(text);
  const isList = stray === undefined && !(isWhole && text === columns[0]);
  if (!word && !isWhole && !isList) {
    throw new InputError(
      `--subject: there is no column “${stray}” in the table. ${nearNamesSentence(stray!, names)}`,
    );
  }
  const asList = (meant: string[]) => `say '${JSON.stringify(meant)}'`;
  const clear = [
    ...(word ? [word.clear] : []),
    ...(isWhole ? [asList([text])] : []),
    ...(isList ? [asList(columns)] : []),
  ];
  if (clear.length > 1) {
    throw new InputError(`--subject “${text}” may mean two things in this table: ${clear.join(' or ')}.`);
  }
  return word ? word.columns : isWhole ? [text] : columns;
}

/** The text by which `readSubject` reads columns of the table: as short as is clear. */
export function subjectText(columns: readonly string[], names: readonly string[]): string {
  const short = columns.length === 0 ? 'none' : columns.join(',');
  try {
    if (JSON.stringify(readSubject(short, names)) === JSON.stringify(columns)) return short;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return JSON.stringify(columns);
}

function listOf(text: string): string[] | null {
  if (!text.trim().startsWith('[')) return null;
  try {
    const { data } = Names.safeParse(JSON.parse(text));
    return data ?? null;
  } catch {
    return null;
  }
}
