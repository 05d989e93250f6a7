/**
 * The one error a person may see. `message` is a full sentence that says what happened and what to do; `code`
 * is for programs; `details` names the file, line, column and value where there is one.
 * It crosses threads as plain data (see `src/threads`), so it carries nothing but JSON values.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: Record<string, string | number | boolean>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}

export type ErrorCode =
  | 'source/unreadable'
  | 'source/empty'
  | 'source/too-large'
  | 'config/invalid'
  | 'training/too-few-rows'
  | 'training/failed'
  | 'generation/failed'
  | 'report/failed'
  | 'export/failed'
  | 'sql/refused'
  | 'sql/failed'
  | 'archive/refused'
  | 'connector/refused'
  | 'connector/exists'
  | 'connector/unreachable'
  | 'storage/full'
  | 'storage/failed'
  | 'engine/unavailable'
  | 'engine/lost'
  | 'canceled'
  | 'paused'
  | 'not-found'
  | 'internal';

/** The error every cancelled job ends with. */
export function canceledError(what: string): UserError {
  return new UserError('canceled', `${what} was cancelled. Nothing was changed.`);
}

/** The error a job ends with that was paused: it can go on from its last checkpoint. */
export function pausedError(what: string): UserError {
  return new UserError('paused', `${what} is paused. It goes on from where it was.`);
}

/** True for an error that means "the person paused this". */
export function isPaused(error: unknown): boolean {
  return error instanceof UserError && error.code === 'paused';
}

/** True for an error that means "the person asked for this to stop". */
export function isCanceled(error: unknown): boolean {
  return error instanceof UserError && error.code === 'canceled';
}

/** The error of a call to a worker that the browser has ended. */
export function lostError(worker: string): UserError {
  return new UserError('engine/lost', `The browser has ended the ${worker}, as when memory runs out.`);
}

/** True for an error that means "another worker can do this again". */
export function isLost(error: unknown): boolean {
  return error instanceof UserError && error.code === 'engine/lost';
}

/** What to show of anything that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
