import { InputError } from './setting-options';
import { readSubject } from './subject-option';

/**
 * What `--target` says: columns to predict, by name with commas between, or a JSON list of names.
 * @param names of the table's columns
 * @throws InputError naming the column that the table does not have and those that are near
 */
export function readTargets(text: string, names: readonly string[]): string[] {
  const columns = readColumns(text, names);
  if (columns === null || columns.length === 0)
    throw new InputError('--target: name a column to predict, or leave the option out.');
  return columns;
}

function readColumns(text: string, names: readonly string[]): string[] | null {
  try {
    return readSubject(text, names);
  } catch (error) {
    if (error instanceof InputError) throw new InputError(error.message.replaceAll('--subject', '--target'));
    throw error;
  }
}
