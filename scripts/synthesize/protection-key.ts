import { readFileSync } from 'node:fs';
import { readProtectionKey } from '../../src/domain/protection-key';
import { InputError } from './setting-options';

/** The environment variable that holds a key where no file is named. */
export const KEY_VARIABLE = 'DOPPELGRID_PROTECTION_KEY';

/**
 * The protection key of a file, else of the environment; undefined = the app draws one.
 * @throws InputError that says what is wrong and does not repeat the text
 */
export function findProtectionKey(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const text = file === undefined ? environment[KEY_VARIABLE] : readFileSync(file, 'utf8');
  if (text === undefined) return undefined;
  try {
    return readProtectionKey(text);
  } catch (error) {
    const source = file === undefined ? KEY_VARIABLE : `--protection-key-file: “${file}”`;
    throw new InputError(`${source}: ${(error as Error).message}`);
  }
}
