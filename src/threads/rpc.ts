import * as Comlink from 'comlink';
import { type ErrorCode, UserError } from '../domain/errors';

/**
 * Comlink in one file (docs/architecture.md, Workers and threads): typed calls, errors that keep their sentence and
 * code, and buffers that are moved and not copied. Proxies must be kept referenced by their owner: one that is
 * garbage-collected while a call is pending never settles it.
 */
export type Remote<T> = Comlink.Remote<T>;

interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code: ErrorCode | null;
  readonly details: Record<string, string | number | boolean>;
  readonly stack: string | undefined;
}

function toWire(error: unknown): WireError {
  if (error instanceof UserError) {
    return {
      name: error.name,
      message: error.message,
      code: error.code,
      details: { ...error.details },
      stack: error.stack,
    };
  }
  if (error instanceof Error) {
    return { name: error.name, message: error.message, code: null, details: {}, stack: error.stack };
  }
  return { name: 'Error', message: String(error), code: null, details: {}, stack: undefined };
}

function fromWire(wire: WireError): Error {
  if (wire.code) return new UserError(wire.code, wire.message, { details: wire.details });
  const error = new Error(wire.message);
  error.name = wire.name;
  if (wire.stack) error.stack = wire.stack;
  return error;
}

// Comlink's own 'throw' handler keeps only name, message and stack.
const isThrown = Comlink.transferHandlers.get('throw')!.canHandle;
Comlink.transferHandlers.set('throw', {
  canHandle: isThrown,
  serialize: (thrown: unknown) => [toWire((thrown as { value: unknown }).value), []],
  deserialize: (wire: unknown) => {
    throw fromWire(wire as WireError);
  },
});

/** Offers `api` to the other side of a worker's global scope or of a port. */
export function expose(api: object, endpoint?: MessagePort): void {
  Comlink.expose(api, endpoint);
  endpoint?.start();
}

/** The other side's API as async functions. */
export function connect<T>(endpoint: Worker | MessagePort): Remote<T> {
  return Comlink.wrap<T>(endpoint);
}

/** Marks a value whose buffers are to be moved with it. */
export function transfer<T>(value: T, buffers: readonly Transferable[]): T {
  return Comlink.transfer(value as object, [...buffers]) as T;
}
