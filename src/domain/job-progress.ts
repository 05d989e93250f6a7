import { isUnderWay, type Job, type ProgressStep, type StepCode } from './job';

/** A job that has run longer is not ended without a question, and its end is worth telling. */
export const LONG_JOB_SECONDS = 30;

/**
 * About how much of the time of a job each of its steps takes. A step that a job does not come to, as a generation
 * without a report, ends it early.
 */
const SHARES: Record<StepCode, number> = {
  PULL_TRAINING_DATA: 0.05,
  ANALYZE_TRAINING_DATA: 0.05,
  ENCODE_TRAINING_DATA: 0.05,
  TRAIN_MODEL: 0.85,
  GENERATE_DATA: 0.6,
  AUDIT_MODEL: 1,
  CREATE_DATA_REPORT: 0.4,
  IMPORT_DATA: 1,
  DELIVER_DATA: 1,
};

/** Steps of the kinds of jobs that have several; another job has one. */
const STEPS: Partial<Record<Job['kind'], readonly StepCode[]>> = {
  training: ['PULL_TRAINING_DATA', 'ANALYZE_TRAINING_DATA', 'ENCODE_TRAINING_DATA', 'TRAIN_MODEL'],
  generation: ['GENERATE_DATA', 'CREATE_DATA_REPORT'],
};

type Steps = Pick<Job, 'kind' | 'status' | 'steps'>;

/** How much of a job is done, 0…1; null where nothing tells. */
export function jobShare({ kind, status, steps }: Steps): number | null {
  if (status === 'DONE') return 1;
  const known = STEPS[kind];
  if (!known) {
    const [step] = steps.slice(-1);
    return step ? stepShare(step) : null;
  }
  const reported = steps.filter(({ code }) => known.includes(code));
  const counted = reported.map((step) => ({ step, share: stepShare(step) }));
  if (counted.every(({ share }) => share === null)) return null;
  return counted.reduce((sum, { step, share }) => sum + SHARES[step.code] * (share ?? 0), 0);
}

/** Null while the end of the step is unknown. A phase that counts something else than the step says nothing of it. */
function stepShare({ code, status, value, max, unit }: ProgressStep): number | null {
  if (status === 'DONE') return 1;
  if (max === null || max <= 0) return null;
  if (code === 'TRAIN_MODEL' && unit !== 'epochs') return null;
  return Math.min(1, value / max);
}

/** How much of all jobs under way is done, 0…1: their mean, with 0 for those that wait; null where nothing tells. */
export function overallShare(jobs: readonly Steps[]): number | null {
  const shares = jobs.filter(({ status }) => isUnderWay(status)).map(jobShare);
  if (shares.every((share) => share === null)) return null;
  return shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) / shares.length;
}

/**
 * Seconds that a job has worked, without its time in the queue and on hold; null before its first turn. `now` in epoch
 * milliseconds.
 */
export function secondsWorked({ startedAt, endedAt, secondsBefore }: Worked, now: number): number | null {
  if (startedAt === null) return secondsBefore ?? null;
  return (secondsBefore ?? 0) + Math.max(0, (endedAt ?? now) - startedAt) / 1000;
}

type Worked = Pick<Job, 'startedAt' | 'endedAt' | 'secondsBefore'>;

/** Whether so much work was done that throwing it away, or its end, should not go unnoticed. */
export function isLong(job: Worked, now: number): boolean {
  return (secondsWorked(job, now) ?? 0) > LONG_JOB_SECONDS;
}

/** Whether a job can be ended early with a model, or rows, to keep. */
export function canStop({
  kind,
  status,
  isStopping,
  messages,
  steps,
}: Pick<Job, 'kind' | 'status' | 'isStopping' | 'messages' | 'steps'>): boolean {
  if (status !== 'IN_PROGRESS' || isStopping) return false;
  if (kind === 'training') return messages.some(({ isCheckpoint }) => isCheckpoint);
  const isDrawn = ({ code, status: of, value }: ProgressStep) =>
    code === 'GENERATE_DATA' && of === 'IN_PROGRESS' && value > 0;
  return kind === 'generation' && steps.some(isDrawn);
}
