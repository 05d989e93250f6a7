export type ProgressStatus = 'NEW' | 'QUEUED' | 'IN_PROGRESS' | 'DONE' | 'FAILED' | 'CANCELED';

/** Step codes of seeds/000 StepCode that a browser job has. */
export type StepCode =
  | 'PULL_TRAINING_DATA'
  | 'ANALYZE_TRAINING_DATA'
  | 'ENCODE_TRAINING_DATA'
  | 'TRAIN_MODEL'
  | 'GENERATE_DATA'
  | 'CREATE_DATA_REPORT'
  | 'IMPORT_DATA'
  | 'DELIVER_DATA';

/** One step of a job, with its measure. */
export interface ProgressStep {
  readonly code: StepCode;
  readonly status: ProgressStatus;
  readonly value: number;
  /** Null while the end is unknown. */
  readonly max: number | null;
  readonly unit: 'rows' | 'bytes' | 'epochs' | 'columns' | 'comparisons';
  /** Seconds since the step began. */
  readonly elapsed: number;
  /** Estimated seconds to the end of the step, null when unknown. */
  readonly remaining: number | null;
}

/** The state of one job; `steps` in the order they run. */
export interface JobProgress {
  readonly jobId: string;
  readonly steps: readonly ProgressStep[];
}
