import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import type { ResolvedEncodingType } from '../../../src/domain/columns';
import type { TrainingSummary } from '../../../src/domain/generators';
import type { StepPhase, StepUnit, TrainingMessage } from '../../../src/domain/job';
import type { ModelConfiguration } from '../../../src/domain/model-configuration';
import type { Rule } from '../../../src/domain/rules';
import type { SyntheticTableConfiguration } from '../../../src/domain/synthetic-datasets';
import { z } from '../../../src/domain/zod';
import type { JobContext } from '../../../src/threads/run-job';
import type { CheckpointKeeper } from '../checkpoints/checkpoint-keeper';
import type { KeyedRandom } from '../privacy/keyed-random';
import type { Artefact, Learned } from './artefact';
import type { Tie } from './kept-rules';

/**
 * What every model family is to the rest of the engine: it encodes a table in its own way, trains on it, and opens the
 * result as a sampler. Generation, probe, report and the stored file know nothing else of a model.
 */

/** A column that a model learns. */
export interface FeatureColumn {
  readonly schema: ColumnSchema;
  readonly encodingType: ResolvedEncodingType;
  /** Index among all columns of the source. */
  readonly sourceIndex: number;
  /** Index among the columns of the output; the random draws of its values depend on it. */
  readonly outputIndex: number;
  /** A binned number that follows another column so closely that it needs fine bins. */
  readonly fineBins?: boolean;
  /** A number that gives others their values, or gets its own from them: rows are coded by value, not by rank. */
  readonly exactCodes?: boolean;
  /** Its values are one subject's each: none is kept, others of their form are made. */
  readonly identifiesSubjects?: boolean;
  /** Number that it is coded together with by choice, as coordinates are. */
  readonly pairedWith?: string;
  /** Date that the distance of this one is learned from by choice. */
  readonly relativeTo?: string;
  /** It is the same in all rows of a subject. */
  readonly isOfSubject?: boolean;
}

/** Values of a feature. */
export interface FeatureRows {
  readonly training: ColumnData;
  readonly validation: ColumnData;
  /** [training rows] 1 = generated values of such rows follow from other columns. Absent = of no row. */
  readonly follows?: Uint8Array;
}

/** Whose rows are whose. No subject has rows of both parts. */
export interface SubjectRows {
  /** [training rows] numbers of the subjects. */
  readonly training: Uint32Array;
  /** [validation rows] */
  readonly validation: Uint32Array;
  /** One training row of each subject, ascending: what protection counts. */
  readonly sample: Uint32Array;
}

/** A table as the engine hands it to a family: what to learn, and where its values come from. */
export interface TrainingTable {
  readonly name: string;
  readonly features: readonly FeatureColumn[];
  /** Rows that take part, validation rows included. */
  readonly rowCount: number;
  /** Of everything random but protection; unsigned 32-bit. Nobody without the generator's key knows it. */
  readonly randomState: number;
  /** Of all that protects values: thresholds, noise. Only what is drawn of it may be kept. */
  readonly keyed: KeyedRandom;
  /**
   * Rules that all training rows keep. A family that can keep them by construction does; rows of others that break one
   * are drawn again.
   */
  readonly rules: readonly Rule[];
  /** Features that are ratios of others. */
  readonly ties: readonly Tie[];
  /** Whose rows are whose; absent = every row is a subject of its own. */
  readonly subjects?: SubjectRows;
  /** [training rows] numbers of the subjects, else of the rows in the source: the same in each training on them. */
  readonly holders: Uint32Array;
  /**
   * Values of one feature: of the training rows, and of the rows held back for validation.
   * @param index into `features`
   */
  read(index: number): Promise<FeatureRows>;
}

/**
 * The training as a job: a family reports its progress, and calls `yield` at least every 200 ms, which may end it.
 * `stop` ends it with the best model so far.
 */
export interface TrainingJob extends Pick<JobContext, 'stop' | 'yield' | 'checkpoint' | 'race'> {
  /** Features pulled, analysed and encoded so far. */
  onColumns(stage: 'pull' | 'analyse' | 'encode', done: number, total: number): void;
  /** The phase that begins, and the unit of its progress; null = learning. */
  enter(phase: StepPhase | null, unit?: StepUnit): void;
  /** @param remaining seconds to the end; absent = extrapolated */
  update(value: number, max: number | null, remaining?: number | null): void;
  onMessage(message: TrainingMessage): void;
  /** Name of what computes the training; called again when the work moved. */
  onBackend(name: string): void;
  /** A sentence for the person, e.g. that the GPU was lost. */
  onNotice(sentence: string): void;
  /** Absent = the training is not kept on the way. */
  readonly checkpoints?: TrainingCheckpoints;
  /** A sampler of the model as it is now, to show some of its rows. Must not be disposed. */
  onCheckpoint(sampler: Sampler): Promise<void>;
}

/** How a training is kept on the way. A family that cannot leaves it alone: its trainings begin anew. */
export interface TrainingCheckpoints {
  /** From now on the family ends a paused training itself, once it has written a checkpoint. */
  take(): CheckpointKeeper;
}

/** Where drawing can begin again, in the middle of a sample. */
export const SamplePoint = z.object({
  /** Number of the first row. */
  row0: z.number().int().nonnegative(),
  /** Of rows that are drawn and then kept or not: the round of drawing, rows drawn in it before and in all, and what decides of the next. */
  kept: z
    .object({
      round: z.number().int().nonnegative(),
      drawn: z.number().int().nonnegative(),
      wanted: z.number().int().positive(),
      sum: z.number(),
    })
    .optional(),
});
export type SamplePoint = z.infer<typeof SamplePoint>;

export interface SampleRequest {
  readonly rows: number;
  readonly seed: number;
  readonly configuration: SyntheticTableConfiguration;
  /** Of a block of the same sample: rows before are not drawn. Absent = from the first row. */
  readonly from?: SamplePoint;
}

/** Consecutive rows of a sample. */
export interface RowBlock {
  /** Number of the first row, from 0. */
  readonly row0: number;
  readonly rows: number;
  /** Values of the features, in their order. */
  readonly columns: readonly ColumnData[];
  /** Seconds spent in the model. */
  readonly seconds: number;
  /** From here drawing can begin again. Absent = from an earlier block alone. */
  readonly point?: SamplePoint;
  /** Rows that were drawn anew because they broke a rule, and rows that became copies of others in the end. */
  readonly mended?: { readonly drawnAgain: number; readonly copied: number };
  /** Rows whose key, of several columns, stood already when they were first drawn, and those of which it still does. */
  readonly keys?: { readonly drawnAgain: number; readonly repeated: number };
  /** Rows, within the block, whose given cells no other cells were found for that keep the rules. Absent = none. */
  readonly unkept?: Uint32Array;
}

/** Cells that are given: of whole columns, or of some rows of them. */
export interface GivenColumn {
  /** Index of the feature. */
  readonly feature: number;
  /** [rows] */
  readonly data: ColumnData;
  /** [rows] 1 = the cell is given, a missing value included; null = all of them are. */
  readonly given: Uint8Array | null;
}

/** A trained model, ready to be asked. */
export interface Sampler {
  /** Rows in blocks; the same request gives the same rows. @throws UserError `config/invalid` if it cannot */
  rows(request: SampleRequest): AsyncIterable<RowBlock>;
  /**
   * Rows of which some cells are given: these come out as they are, the others are drawn given them.
   * @throws UserError `config/invalid` if the model cannot be conditioned on them
   */
  complete(given: readonly GivenColumn[], request: SampleRequest): AsyncIterable<RowBlock>;
  /**
   * Whether all values of a feature are made up, as often repeated as those of the data: equal ones are one subject's.
   * Absent = of none, or none can be given.
   * @param feature index among the features
   */
  isInvented?(feature: number): boolean;
  /**
   * Logarithm of the probability of rows, in nats; of numbers, that of their codes. Absent = cannot be computed.
   * @param columns values of all features
   * @returns [rows]
   */
  logProbability?(columns: readonly ColumnData[]): Promise<Float64Array>;
  /** Bytes held. */
  memory(): number;
  dispose(): void;
}

/** A trained model that a training goes on from. */
export interface TrainedBase {
  readonly learned: Learned;
  /** It was trained on the same rows with the same protection key. */
  readonly sameRows: boolean;
}

/** What a training ends with. */
export interface Trained {
  readonly learned: Learned;
  readonly summary: TrainingSummary;
}

/**
 * A model family at work. Made once per engine.
 * @typeParam Encoded what the family needs from the columns: codes, mixtures, ranks
 * @typeParam Configuration its settings
 */
export interface Model<Encoded = unknown, Configuration = ModelConfiguration> {
  /**
   * @param base the model to go on from, of a family that can (`Capabilities.continues`); absent = begin anew
   * @throws UserError `canceled`, `config/invalid`, `training/failed` for want of memory
   */
  encode(
    table: TrainingTable,
    configuration: Configuration,
    job: TrainingJob,
    base?: TrainedBase,
  ): Promise<Encoded>;
  /** @throws UserError `canceled`, `training/failed`, `engine/unavailable` */
  train(encoded: Encoded, configuration: Configuration, job: TrainingJob): Promise<Trained>;
  /**
   * Checks what a stored model holds before it is opened: whoever wrote the file, opening and drawing must not fail of it.
   * @throws UserError `not-found` that says what is wrong
   */
  check(stored: Artefact): void;
  /**
   * @param onNotice gets a sentence for the person, e.g. that the GPU was lost
   * @throws UserError `engine/unavailable`
   */
  open(learned: Learned, onNotice: (sentence: string) => void): Promise<Sampler>;
}
