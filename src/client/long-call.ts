import type { Job } from '../domain/job';
import type { DemoTableId } from '../domain/sources';

/** What every call that takes a while may be given. */
export interface LongCall {
  readonly signal?: AbortSignal;
  readonly onProgress?: (job: Job) => void;
}

/** A file, several that are one table, pasted text, or one of the demo tables. */
export type SourceInput =
  | File
  /** @param name of them all; by default what their names have in common */
  | { readonly files: readonly File[]; readonly name?: string }
  | { readonly name: string; readonly text: string }
  | { readonly demo: DemoTableId };
