import type { EpochSummary, TrainingSummary } from '../../../../../src/domain/generators';
import type { TrainingMessage } from '../../../../../src/domain/job';
import type { GenerationOrder } from '../../../../../src/domain/synthetic-datasets';
import type { JobContext } from '../../../../../src/threads/run-job';
import type { WatchedTable } from '../../../privacy/watched-table';
import type { ArgnConfiguration } from '../family';
import type { ModelSpec, TrainingState } from '../network/network-backend';
import type { Recipe } from './schedule';
import type { OrderMix } from './step-planner';

export type TrainingLimits = Pick<
  ArgnConfiguration,
  'batchSize' | 'gradientAccumulationSteps' | 'maxTrainingTime' | 'maxEpochs' | 'enableFlexibleGeneration'
>;

/** The table of a watched training, and how samples are drawn to be compared with it: as a generation draws them. */
export interface WatchedCodes extends WatchedTable {
  readonly order: GenerationOrder;
  /** Per sub-column: added to the logits, or null. */
  readonly logitBias: readonly (Float32Array | null)[];
}

export interface TrainingSetup {
  readonly spec: ModelSpec;
  readonly initial: TrainingState;
  /** Rows of the backend's code table. */
  readonly trainingRows: Uint32Array;
  /** Rows for early stopping, none of them among `trainingRows`; empty = the training rows themselves. */
  readonly validationRows: Uint32Array;
  readonly limits: TrainingLimits;
  readonly recipe: Recipe;
  /** The table as the privacy guard compares its rows; null = no guard. */
  readonly watched: WatchedCodes | null;
  readonly seed: number;
}

export interface TrainingProgress {
  /** `guarding`: the privacy guard looks for the model to keep. */
  readonly phase: 'learning' | 'finishing' | 'guarding';
  readonly epochs: number;
  /** Epochs expected in all, as far as can be told now. */
  readonly expectedEpochs: number;
  readonly elapsed: number;
  readonly remaining: number | null;
}

/** `yield` comes between two calls of the backend; `stop` ends the training with the best weights so far. */
export interface TrainingHooks extends Pick<JobContext, 'stop' | 'yield' | 'checkpoint'> {
  onMessage(message: TrainingMessage): void;
  onProgress(progress: TrainingProgress): void;
  /** After a validation; the backend's averaged weights are those validated. */
  onCheckpoint(): Promise<void>;
}

export interface TrainedWeights {
  /** Averaged weights in the canonical layout. */
  readonly weights: Float32Array;
  /** Column orders it learned in. */
  readonly orders: OrderMix;
  readonly summary: EpochSummary &
    Pick<TrainingSummary, 'seconds' | 'stoppedBy' | 'privacyGuard' | 'peakMemory'>;
}
