import type { ConnectorLocation } from '../../domain/connectors';
import { UserError } from '../../domain/errors';
import type { CsvDialect } from '../../domain/sources';

/** A location as a file, and how it is read. */
export interface OpenedLocation {
  readonly file: File;
  readonly dialect: Partial<CsvDialect>;
  /** Changes with the content, as far as that can be told. */
  readonly stamp: string;
}

/** What a connector leads to, whatever its type. Errors are sentences that say what to do. */
export interface Connection {
  /** @returns what is there, as a sentence */
  test(signal?: AbortSignal): Promise<string>;
  /** What is there, folders first. @param prefix a folder that ends with "/"; '' = all of it */
  locations(prefix: string, signal?: AbortSignal): Promise<ConnectorLocation[]>;
  /** @throws UserError `not-found`, `connector/unreachable` */
  open(location: string, signal?: AbortSignal): Promise<OpenedLocation>;
  /** Every location with rows: what queries may name. */
  tables(signal?: AbortSignal): Promise<readonly string[]>;
}

/** The error of something that cannot be reached. */
export function unreachable(sentence: string, cause?: unknown): UserError {
  return new UserError('connector/unreachable', sentence, cause === undefined ? {} : { cause });
}
