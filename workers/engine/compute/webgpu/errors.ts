import { UserError } from '../../../../src/domain/errors';

/** The GPU went away while something was computed on it. The state in its memory is lost; another backend can go on. */
export class DeviceLostError extends UserError {
  constructor(reason: string) {
    super('engine/unavailable', reason, { details: { deviceLost: true } });
  }
}

/** True also for an error that crossed a thread, where classes are lost. */
export function isDeviceLost(error: unknown): boolean {
  return error instanceof UserError && error.details['deviceLost'] === true;
}

/** A model, batch or request that this GPU has no room for; another backend has. */
export function tooLargeForGpu(what: string, bytes: number, limit: number): UserError {
  const megabytes = (value: number) => `${Math.ceil(value / 1e6).toLocaleString('en-US')} MB`;
  return new UserError(
    'engine/unavailable',
    `${what} take ${megabytes(bytes)} on the GPU in one piece, which offers ${megabytes(limit)}. Choose the backend “wasm”.`,
    { details: { tooLarge: true } },
  );
}

/** What the GPU reports beside its queue: out of memory, or an invalid command. */
export function gpuRefused(report: string): UserError {
  return new UserError(
    'engine/unavailable',
    `The GPU refused the work: ${report.split('\n')[0]} Choose the backend “wasm”.`,
  );
}
