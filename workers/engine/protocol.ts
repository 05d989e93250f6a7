import type { Checkpoint } from '../../src/domain/checkpoints';
import type { ColumnProfile } from '../../src/domain/columns';
import type { GeneratorColumn, SourceTableConfig, TrainingSummary } from '../../src/domain/generators';
import type { StepEvent, TrainingMessage } from '../../src/domain/job';
import type { AuditAnswer } from '../../src/domain/model-scores';
import type { TableRows } from '../../src/domain/row-plan';
import type { TableRule } from '../../src/domain/rules';
import type { TablePreview } from '../../src/domain/sources';
import type { RowSelection } from '../../src/domain/split';
import type { GenerationSummary, SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import type { StoredArtefact } from './models/artefact';

/** The page's door to encoding, training and sampling. Models live here, by their ids. */
export interface EngineApi {
  /** @param setup.files a door to the files of the workspace, for checkpoints */
  open(setup: { database: MessagePort; events: MessagePort; files: MessagePort }): Promise<void>;
  /**
   * Pulls, analyses, encodes and trains. Progress, log lines and sample rows arrive as events of `jobId`.
   * Rejects with `canceled` after `cancel`; resolves with the best weights after `stop`.
   */
  train(jobId: string, request: TrainRequest): Promise<TrainOutcome>;
  /**
   * The rules of a table as its training would list them, without training. With `rules.find` off, the added ones alone
   * are checked, which reads no other column than theirs.
   */
  findRules(jobId: string, request: Omit<TrainRequest, 'modelId'>): Promise<readonly TableRule[]>;
  /** Ends a training now and keeps the best model so far. */
  stop(jobId: string): Promise<void>;
  /** Ends a training, a generation or a search for rules and leaves nothing behind. */
  cancel(jobId: string): Promise<void>;
  /**
   * Ends a training or generation that can go on later: it writes a checkpoint as soon as it can, tells it as an event, and
   * rejects with `paused`. A training with differential privacy writes none, and goes on to its end.
   */
  pause(jobId: string): Promise<void>;
  /** Samples rows and streams them to the database as table `tableId`. */
  generate(jobId: string, request: GenerateRequest): Promise<GenerationSummary>;
  /** A small sample that is not kept (at most 1,000 rows). */
  probe(jobId: string, request: ProbeRequest): Promise<TablePreview>;
  /**
   * Scores of people that a model learned and of others, by it and by a reference model that is trained for it and forgotten.
   * @throws UserError `config/invalid` for a model that gives no probabilities
   */
  audit(jobId: string, request: AuditRequest): Promise<AuditAnswer>;
  /** A trained model as it can be stored. */
  exportModel(modelId: string): Promise<StoredArtefact>;
  /** Opens a stored model under this id. @throws UserError `not-found` that says what is wrong with it */
  importModel(modelId: string, stored: StoredArtefact): Promise<void>;
  /** Frees a model's memory. */
  release(modelId: string): Promise<void>;
}

export interface TrainRequest {
  /** Names the model from now on. */
  readonly modelId: string;
  readonly table: SourceTableConfig;
  /** Profiles of the source's columns, in file order. */
  readonly profiles: readonly ColumnProfile[];
  readonly randomState: number;
  /** Of the generator, 64 hexadecimal digits: what is random in protection comes of it. Leaves the engine no more. */
  readonly protectionKey: string;
  /** `part: 'training'`; the engine takes the `validation` rows of the same selection itself. */
  readonly rows: RowSelection;
  /** Go on from here; absent = from the beginning. One that cannot be used is told as a notice, and the training begins anew. */
  readonly checkpoint?: Checkpoint;
  /** The model to go on from; absent = the training begins anew. */
  readonly continueFrom?: ContinuedModel;
}

/** A trained model that a training goes on from: it keeps its columns, encodings and network (docs/model.md, Continue). */
export interface ContinuedModel {
  /** The engine has it. */
  readonly modelId: string;
  /** As they were decided for its training. */
  readonly columns: readonly GeneratorColumn[];
  /** The rows, and the protection key, are those of its training. */
  readonly sameRows: boolean;
}

export interface TrainOutcome {
  readonly columns: readonly GeneratorColumn[];
  readonly rules: readonly TableRule[];
  readonly summary: TrainingSummary;
}

export interface AuditRequest {
  readonly modelId: string;
  /** As its training had it. */
  readonly table: SourceTableConfig;
  readonly profiles: readonly ColumnProfile[];
  /** As they were decided for its training. */
  readonly columns: readonly GeneratorColumn[];
  /** Rows that it learned. */
  readonly training: TableRows;
  /** Rows that it did not. */
  readonly holdout: TableRows;
  readonly randomState: number;
}

export interface ProbeRequest {
  readonly modelId: string;
  readonly rows: number;
  readonly randomState: number;
  readonly configuration: SyntheticTableConfiguration;
}

export interface GenerateRequest extends ProbeRequest {
  readonly tableId: string;
  /** Name of the Parquet file. */
  readonly fileName: string;
  /** As in `TrainRequest`. */
  readonly checkpoint?: Checkpoint;
}

export type EngineEvent =
  | StepEvent
  | { readonly type: 'message'; readonly jobId: string; readonly message: TrainingMessage }
  /** A few rows of the model as it is now. */
  | {
      readonly type: 'sample';
      readonly jobId: string;
      readonly modelId: string;
      readonly preview: TablePreview;
    }
  /** Something a person should know of a job that goes on, e.g. that the GPU was lost. */
  | {
      readonly type: 'notice';
      readonly modelId: string;
      /** Absent = the training of the model. */
      readonly jobId?: string;
      readonly sentence: string;
    }
  /** The backend chosen for a training, by name, as soon as it is known and again when the work moved. */
  | { readonly type: 'backend'; readonly jobId: string; readonly modelId: string; readonly adapter: string }
  /** Where the job can go on from now on; supersedes its earlier one. */
  | { readonly type: 'checkpoint'; readonly jobId: string; readonly checkpoint: Checkpoint };
