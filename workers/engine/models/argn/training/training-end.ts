import type { Journal } from './journal';
import type { Pace } from './pace';
import type { TrainingHooks, TrainingLimits } from './training-setup';

/** Reasons from outside for which a training ends, as the journal numbers them; 0 = none. */
const ENDS = [null, 'person', 'max-time'] as const;

/** Whether a person or the clock ends the training here; null = neither. */
export function endOf(
  journal: Journal,
  { stop }: Pick<TrainingHooks, 'stop'>,
  pace: Pace,
  { maxTrainingTime }: Pick<TrainingLimits, 'maxTrainingTime'>,
): 'person' | 'max-time' | null {
  const end = journal.choose('end', () => {
    if (stop.aborted) return ENDS.indexOf('person');
    return pace.elapsed() >= maxTrainingTime * 60 ? ENDS.indexOf('max-time') : 0;
  });
  return ENDS[end] ?? null;
}
