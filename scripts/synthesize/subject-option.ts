import { nearNamesSentence } from '../../src/domain/near-names';
import { InputError } from './setting-options';

/**
 * What `--subject` says: columns by name with commas between, `none` or `auto`. A name that has a comma is read whole if
 * the table has such a column.
 * @param names of the table's columns
 * @returns as in the configuration of a table
 * @throws InputError naming the column that the table does not have, and those that are near
 */
export function readSubject(text: string, names: readonly string[]): string[] | null {
  const word = text.trim().toLowerCase();
  if (word === 'auto') return null;
  if (word === 'none') return [];
  if (names.includes(text)) return [text];
  const columns = text.split(',').map((part) => part.trim());
  const stray = columns.find((column) => !names.includes(column));
  if (stray !== undefined) {
    throw new InputError(
      `--subject: there is no column “${stray}” in the table. ${nearNamesSentence(stray, names)}`,
    );
  }
  return [...new Set(columns)];
}
