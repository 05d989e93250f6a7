import type { DownloadFormatId } from './download-formats';
import type { EvaluationConfig } from './evaluations';
import type { CsvDialect, Source } from './sources';

/**
 * Where a job, or the resource that it makes, stands. ON_HOLD: paused or interrupted, and able to go on. CONTINUE: has
 * weights to start from, ready to be trained further.
 */
export type ProgressStatus =
  | 'NEW'
  | 'CONTINUE'
  | 'QUEUED'
  | 'IN_PROGRESS'
  | 'ON_HOLD'
  | 'DONE'
  | 'FAILED'
  | 'CANCELED';

export type JobKind =
  | 'import'
  | 'rules'
  | 'training'
  | 'generation'
  | 'probe'
  | 'report'
  | 'download'
  | 'export';

/** Those step codes of MOSTLY AI's SDK (StepCode) that a browser job has. */
export type StepCode =
  | 'PULL_TRAINING_DATA'
  | 'ANALYZE_TRAINING_DATA'
  | 'ENCODE_TRAINING_DATA'
  | 'TRAIN_MODEL'
  | 'GENERATE_DATA'
  /** Of our own: a reference model learns other rows, and rows are scored by both models. */
  | 'AUDIT_MODEL'
  | 'CREATE_DATA_REPORT'
  | 'IMPORT_DATA'
  | 'DELIVER_DATA';

/** What a step is busy with where its own name would not say it. */
export type StepPhase =
  /** The worker that does the step is being loaded. */
  | 'START_WORKER'
  /** A file comes from another address. */
  | 'FETCH_FILE'
  /** Looking for rules that all rows keep. */
  | 'FIND_RULES'
  | 'CHOOSE_INPUTS'
  | 'CHOOSE_BACKEND'
  /** The backend takes the table, and the untrained model is validated. */
  | 'PREPARE_TRAINING'
  | 'FINISH_TRAINING'
  /** Of a model of noisy counts: columns are counted, pairs of them compared and chosen, counted, and fitted to. */
  | 'COUNT_COLUMNS'
  | 'CHOOSE_PAIRS'
  | 'COUNT_PAIRS'
  | 'FIT_PAIRS'
  | 'CHECK_PRIVACY'
  /** Trees learn to tell drawn rows from training rows. */
  | 'LEARN_DISCRIMINATOR'
  | 'LOAD_MODEL'
  | 'WRITE_FILE';

/** What `value` and `max` of a step count. */
export type StepUnit =
  | 'rows'
  | 'bytes'
  | 'epochs'
  | 'columns'
  | 'comparisons'
  | 'pairs'
  | 'passes'
  | 'percent';

/** One step of a job, with its measure. */
export interface ProgressStep {
  readonly code: StepCode;
  /** Absent: what the code says. `value`, `max` and `unit` are of the phase. */
  readonly phase?: StepPhase;
  readonly status: ProgressStatus;
  readonly value: number;
  /** Null while the end is unknown. */
  readonly max: number | null;
  readonly unit: StepUnit;
  /** Seconds since the step began, whatever its phase. */
  readonly elapsed: number;
  /** Estimated seconds to the end of the step, null when unknown. */
  readonly remaining: number | null;
}

/** One line of the training log; names follow MOSTLY AI's engine. */
export interface TrainingMessage {
  readonly epoch: number;
  readonly isCheckpoint: boolean;
  readonly steps: number;
  readonly samples: number;
  /** Nats per row over the epoch, null before the first. */
  readonly trainingLoss: number | null;
  readonly validationLoss: number | null;
  /** Seconds since the training started. */
  readonly totalTime: number;
  /** Null = the training has none. */
  readonly learningRate: number | null;
  /** ε spent so far; absent = a training without differential privacy. */
  readonly epsilon?: number;
  /** What was released last, in a training that is no series of equal steps: `steps` counts releases. */
  readonly release?: string;
}

/** How a worker tells the page of a step. */
export interface StepEvent {
  readonly type: 'step';
  readonly jobId: string;
  readonly step: ProgressStep;
}

/** Work that takes a while: who does it, for what, and how far it is. A snapshot; every change makes another. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  /** What it makes or works on. */
  readonly resource: {
    readonly kind: 'source' | 'generator' | 'synthetic-dataset' | 'project';
    readonly id: string;
    readonly name: string;
  };
  readonly status: ProgressStatus;
  /** While QUEUED: what runs before it, as in "the training of “people”". */
  readonly waitsFor: string | null;
  /** In the order they began. */
  readonly steps: readonly ProgressStep[];
  /** The log of a training; empty in other jobs. */
  readonly messages: readonly TrainingMessage[];
  /** Sentences that the work had for a person while it went on, oldest first. */
  readonly notices: readonly string[];
  /** A person asked it to end early and keep what it has. */
  readonly isStopping: boolean;
  /** A person asked it to pause; absent = no. */
  readonly isPausing?: boolean;
  /**
   * The sentence of what went wrong; a generation whose report failed is DONE with one. Of a job ON_HOLD: what interrupted
   * it; null = a person paused it.
   */
  readonly error: string | null;
  /** Epoch milliseconds; `startedAt` is null until its turn has come. A job ON_HOLD has ended for now. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Seconds that it worked before it was last ON_HOLD; absent = it never was. */
  readonly secondsBefore?: number;
  /** What it needs to begin anew after an interruption; absent = its kind and resource say all, or it has ended. */
  readonly asked?: AskedImport | AskedVersion | AskedArchive | AskedDownload | AskedReports | undefined;
}

/** Of the reading of a file. */
interface AskedReading {
  readonly tableId: string;
  /** Id of the copy of the file, which is this job's until a source has it; absent = there is none yet, or the source has one. */
  readonly file?: string;
  /** The source has its table: nothing is left to do. */
  readonly isRead?: boolean;
}

/** Of the import of a table. */
export interface AskedImport extends AskedReading {
  readonly kind: 'import';
  readonly dialect: Partial<CsvDialect>;
  /** What the new source will have besides its file. */
  readonly facts: Pick<Source, 'dataSource' | 'origin' | 'from' | 'importedAt' | 'projectId'>;
}

/** Of the reading of a newer file of a source. */
export interface AskedVersion extends AskedReading {
  readonly kind: 'version';
  /** Absent = as the version before is read. */
  readonly dialect?: Partial<CsvDialect>;
  /** Whether it becomes the current version at once, or waits to be taken. */
  readonly isTaken: boolean;
}

/** Of the import of a generator or a project; which, says the resource. */
export interface AskedArchive {
  readonly kind: 'archive';
  /** Id of the copy of the archive, which goes when the job ends; absent = there is none yet, or no space for one. */
  readonly file?: string;
  /** The project that a generator goes to; absent = the first one. */
  readonly projectId?: string;
}

/** Of a download: its arguments. */
export interface AskedDownload {
  readonly kind: 'download';
  readonly format: DownloadFormatId;
  readonly csv: { readonly neutraliseFormulas: boolean; readonly form?: 'original' | 'standard' };
  /** In the order of the column that the original was sorted by; absent = no. */
  readonly sorted?: true;
}

/** Of a report on files: what is compared. */
export interface AskedReports {
  readonly kind: 'evaluation';
  readonly config: EvaluationConfig;
}

/** Whether a job waits or runs: its resource cannot be deleted from under it. */
export function isUnderWay(status: ProgressStatus): boolean {
  return status === 'QUEUED' || status === 'IN_PROGRESS';
}

/** Whether a job waits, runs, or is on hold and may do so again. */
export function isUnfinished(status: ProgressStatus): boolean {
  return isUnderWay(status) || status === 'ON_HOLD';
}

/** The object of a sentence about a job: "the training of “people”". */
export function jobName({ kind, resource }: Pick<Job, 'kind' | 'resource'>): string {
  return `the ${kind} of “${resource.name}”`;
}
