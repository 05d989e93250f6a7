import { UserError } from '../../../src/domain/errors';
import { isMemoryFull } from '../import/too-large';

const MAX_REASON = 160;

/**
 * What a library threw at a file, in words: the file is damaged. Errors of ours and a full memory stay as they are.
 * @param what the format, with its article
 */
export function unreadable(cause: unknown, file: string, what: string, advice: string): unknown {
  if (cause instanceof UserError || isMemoryFull(cause)) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const reason = text.split('\n')[0]!.slice(0, MAX_REASON).trim().replace(/\.$/, '');
  return new UserError(
    'source/unreadable',
    `“${file}” looks like ${what} and cannot be read as one: ${reason || 'it is damaged'}. ${advice}`,
    { details: { file }, cause },
  );
}
