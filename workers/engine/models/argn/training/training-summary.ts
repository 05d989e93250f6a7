import type { TrainingSummary } from '../../../../../src/domain/generators';
import type { PrivacyGuardSummary } from '../../../../../src/domain/privacy-guard';
import type { Snapshot } from './kept-models';
import type { Learner } from './learner';
import type { Pace } from './pace';
import type { TrainedWeights } from './training-setup';

interface Ending {
  readonly model: Pick<Snapshot, 'epoch' | 'trainingLoss' | 'validationLoss'>;
  readonly stoppedBy: TrainingSummary['stoppedBy'];
  readonly privacyGuard: PrivacyGuardSummary | null;
  readonly peakMemory: number;
  /** Steps of all models; absent = those of the learner. */
  readonly allSteps?: number;
}

/** The summary of a finished training. */
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
