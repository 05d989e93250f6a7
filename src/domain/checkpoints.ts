import type { StepUnit } from './job';

/** Where a job can go on: opaque to all but the worker that wrote it. Its files are whole before it is told. */
export interface Checkpoint {
  /** Ids of files of the workspace; a file has one record. */
  readonly files: readonly string[];
  /** Version of the app that wrote it; no other goes on from it. */
  readonly app: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How far the job was, for a person: epochs or rows done. */
  readonly value: number;
  readonly unit: StepUnit;
}
