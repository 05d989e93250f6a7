import { UserError } from '../../../src/domain/errors';

/**
 * Why an archive was not taken, as one sentence that names the file and one that says what to do.
 * @param why goes on after “x.zip” and ends without a full stop
 */
export function refused(file: string, why: string, cause?: unknown): UserError {
  return new UserError(
    'archive/refused',
    `“${file}” ${why}. Nothing was changed: export it again in Doppelgrid, and import that file.`,
    { details: { file }, cause },
  );
}
