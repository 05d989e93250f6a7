import type { EpochSummary, TrainingSummary } from '../../../../../src/domain/generators';
import type { GenerationOrder } from '../../../../../src/domain/synthetic-datasets';
import type { WatchedTable } from '../../../privacy/copy-search';
import type { SubjectRows, TrainingJob } from '../../model';
import type { ArgnConfiguration } from '../family';
import type { ModelSpec, TrainingState } from '../network/network-backend';
import type { CodeRelation } from '../network/restrictions';
import type { Journal } from './journal';
import type { Recipe } from './schedule';

export type TrainingLimits = Pick<
  ArgnConfiguration,
  'batchSize' | 'gradientAccumulationSteps' | 'maxTrainingTime' | 'maxEpochs' | 'enableFlexibleGeneration'
>;

/** The table of a watched training, and how samples are drawn to be compared with it: as a generation draws them. */
export interface WatchedCodes extends WatchedTable {
  readonly order: GenerationOrder;
  /** Per sub-column: added to the logits, or null. */
  readonly logitBias: readonly (Float32Array | null)[];
  readonly relations: readonly CodeRelation[];
}

export interface TrainingSetup {
  readonly spec: ModelSpec;
  readonly initial: TrainingState;
  /** Rows of the backend's code table. */
  readonly trainingRows: Uint32Array;
  /**
   * [training rows] index of the one that is learned in the stead of each (`privacy/isolated-rows.ts`); absent = they
   * are learned as they are.
   */
  readonly learnedRows?: Uint32Array;
  /** Rows for early stopping, none of them among `trainingRows`; empty = the training rows themselves. */
  readonly validationRows: Uint32Array;
  readonly limits: TrainingLimits;
  readonly recipe: Recipe;
  /** The table as the privacy guard compares its rows; null = no guard. */
  readonly watched: WatchedCodes | null;
  /** Whose rows they are: of `trainingRows`, and of `validationRows`. Null = every row is a subject of its own. */
  readonly subjects?: SubjectRows | null;
  readonly seed: number;
  /** `initial` is a trained model; absent = untrained weights. */
  readonly continued?: ContinuedTraining;
}

/** What a training that goes on from a trained model is compared with. */
export interface ContinuedTraining {
  /** Nats per row of a model that knows the shares of the codes alone. */
  readonly untrainedLoss: number;
}

/** Row numbers to learn from, [training rows]. */
export function rowsToLearn({ trainingRows, learnedRows }: TrainingSetup): Uint32Array {
  return learnedRows ? learnedRows.map((index) => trainingRows[index]!) : trainingRows;
}

/** What a training needs of its job. Progress is counted in epochs; `yield` comes between two calls of the backend. */
export interface TrainingHooks
  extends Pick<TrainingJob, 'stop' | 'yield' | 'checkpoint' | 'enter' | 'update' | 'onMessage'> {
  /** After a validation; the backend's averaged weights are those validated. */
  onCheckpoint(): Promise<void>;
  /** Absent = nothing of the training is kept on the way. */
  readonly journal?: Journal;
}

export interface TrainedWeights {
  /** Averaged weights in the canonical layout. */
  readonly weights: Float32Array;
  readonly summary: EpochSummary &
    Pick<TrainingSummary, 'seconds' | 'stoppedBy' | 'privacyGuard' | 'peakMemory'>;
}
