/** How a report came about: what is known of it, and what is not. */
import type { ComparedFile } from './evaluations';

/** Kept with a report. */
export interface Provenance {
  /** Version of the app that wrote the report. */
  readonly appVersion: string;
  /** Name of the file trained on, and its version among those of its source. */
  readonly source: { readonly file: string; readonly bytes: number; readonly rows: number };
  readonly holdoutFile: string | null;
  /** Columns of the table by what became of them. */
  readonly columns: {
    readonly all: number;
    /** Written by a rule or with invented values, not learned. */
    readonly regenerated: readonly string[];
    /** In no row of the output. */
    readonly leftOut: readonly string[];
  };
  readonly seeds: { readonly training?: number; readonly generation?: number; readonly report?: number };
  /** The files that were read, with their hashes; absent = it was written by an earlier version. */
  readonly files?: readonly (ComparedFile & { readonly role: 'original' | 'holdout' | 'synthetic' })[];
  /** By the names of the options. */
  readonly settings: {
    readonly model: Readonly<Record<string, unknown>>;
    readonly generation: Readonly<Record<string, unknown>>;
  };
}
