import { UserError } from '../../../src/domain/errors';

/** The GPU was lost while it computed. The state in its memory is gone; another backend can go on. */
export class DeviceLostError extends UserError {
  constructor(reason: string) {
    super('engine/unavailable', reason, { details: { deviceLost: true } });
  }
}

/** Also true for an error that crossed a thread and so lost its class. */
export function isDeviceLost(error: unknown): boolean {
  return error instanceof UserError && error.details['deviceLost'] === true;
}

/** A model, batch or request is too large for this GPU; another backend can take it. */
export function tooLargeForGpu(what: string, bytes: number, limit: number): UserError {
  const megabytes = (value: number) => `${Math.ceil(value / 1e6).toLocaleString('en-US')} MB`;
  return new UserError(
    'engine/unavailable',
    `${what} take ${megabytes(bytes)} on the GPU in one piece, which offers ${megabytes(limit)}. Choose the backend “wasm”.`,
    { details: { tooLarge: true } },
  );
}

/** Error reports of a GPU without free memory begin with this. */
export const OUT_OF_MEMORY = 'Out of memory';

/** @param reports errors that the GPU reports as events: out of memory, which others follow, or an invalid command */
export function gpuRefused(reports: readonly string[]): UserError {
  const isFull = reports.some((report) => report.startsWith(OUT_OF_MEMORY));
  const what = isFull
    ? 'The GPU has no memory left for this job.'
    : `The GPU refused the work (${reports[0]?.split('\n')[0]?.replace(/\.$/, '')}).`;
  return new UserError('engine/unavailable', `${what} Choose the backend “wasm”.`, {
    details: { reports: reports.slice(0, 3).join('\n') },
  });
}
