import type { PrivacyGuardSummary, TrainingSummary } from '../../../../../src/domain/generators';
import type { Snapshot } from './kept-models';
import type { Learner } from './learner';
import type { Pace } from './pace';
import type { TrainedWeights, TrainingProgress, TrainingSetup } from './training-setup';

/**
 * How far a training is.
 * @param end step count at which it will have ended, as far as can be told now
 */
export function progressOf(
  phase: TrainingProgress['phase'],
  learner: Learner,
  pace: Pace,
  limits: TrainingSetup['limits'],
  end: number,
): TrainingProgress {
  const elapsed = pace.elapsed();
  const left = (end - learner.steps) * pace.secondsPerStep();
  const timeLeft = Math.max(0, limits.maxTrainingTime * 60 - elapsed);
  return {
    phase,
    epochs: learner.epochs,
    expectedEpochs: end / learner.stepsPerEpoch,
    elapsed,
    remaining: Number.isFinite(left) ? Math.min(left, timeLeft) : null,
  };
}

export interface Ending {
  readonly model: Pick<Snapshot, 'epoch' | 'trainingLoss' | 'validationLoss'>;
  readonly stoppedBy: TrainingSummary['stoppedBy'];
  readonly privacyGuard: PrivacyGuardSummary | null;
  readonly peakMemory: number;
  /** Steps of all models trained on the way; absent = those of the learner. */
  readonly allSteps?: number;
}

/** What a finished training says of itself. */
export function summaryOf(learner: Learner, pace: Pace, ending: Ending): TrainedWeights['summary'] {
  const seconds = pace.elapsed();
  const { batchSize, epochs, steps } = learner;
  const { model, stoppedBy, privacyGuard, peakMemory, allSteps = steps } = ending;
  return {
    batchSize,
    epochs,
    steps,
    bestEpoch: model.epoch,
    trainingLoss: model.trainingLoss,
    validationLoss: model.validationLoss,
    seconds,
    secondsPerStep: pace.secondsPerStep(),
    rowsPerSecond: (allSteps * batchSize) / seconds,
    stoppedBy,
    privacyGuard,
    peakMemory,
  };
}
