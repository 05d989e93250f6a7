export type ProgressStatus = 'NEW' | 'QUEUED' | 'IN_PROGRESS' | 'DONE' | 'FAILED' | 'CANCELED';

/** Those step codes of MOSTLY AI's SDK (StepCode) that a browser job has. */
export type StepCode =
  | 'PULL_TRAINING_DATA'
  | 'ANALYZE_TRAINING_DATA'
  | 'ENCODE_TRAINING_DATA'
  | 'TRAIN_MODEL'
  | 'GENERATE_DATA'
  | 'CREATE_DATA_REPORT'
  | 'IMPORT_DATA'
  | 'DELIVER_DATA';

/** What a step is busy with where its own name would not say it. */
export type StepPhase =
  /** The worker that does the step is being loaded. */
  | 'START_WORKER'
  | 'CHOOSE_INPUTS'
  | 'CHOOSE_BACKEND'
  /** The backend takes the table, and the untrained model is judged. */
  | 'PREPARE_TRAINING'
  | 'FINISH_TRAINING'
  | 'CHECK_PRIVACY'
  | 'LOAD_MODEL'
  | 'WRITE_FILE';

/** One step of a job, with its measure. */
export interface ProgressStep {
  readonly code: StepCode;
  /** Absent: what the code says. `value`, `max` and `unit` are of the phase. */
  readonly phase?: StepPhase;
  readonly status: ProgressStatus;
  readonly value: number;
  /** Null while the end is unknown. */
  readonly max: number | null;
  readonly unit: 'rows' | 'bytes' | 'epochs' | 'columns' | 'comparisons';
  /** Seconds since the step began, whatever its phase. */
  readonly elapsed: number;
  /** Estimated seconds to the end of the step, null when unknown. */
  readonly remaining: number | null;
}

/** The state of one job; `steps` in the order they run. */
export interface JobProgress {
  readonly jobId: string;
  readonly steps: readonly ProgressStep[];
}
