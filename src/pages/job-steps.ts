import { formatBytes, formatCount, formatDuration, formatPercent } from '../components/format';
import type { Job, ProgressStep, StepCode, StepPhase } from '../domain/job';
import { jobShare } from '../domain/job-progress';

const NAMES: Record<StepCode, string> = {
  IMPORT_DATA: 'Reading the file',
  PULL_TRAINING_DATA: 'Fetching the columns',
  ANALYZE_TRAINING_DATA: 'Analysing the columns',
  ENCODE_TRAINING_DATA: 'Encoding the rows',
  TRAIN_MODEL: 'Training the model',
  GENERATE_DATA: 'Generating rows',
  AUDIT_MODEL: 'Auditing the model',
  CREATE_DATA_REPORT: 'Comparing with the original',
  DELIVER_DATA: 'Writing the file',
};

const PHASES: Record<StepPhase, string> = {
  START_WORKER: 'Starting the engine',
  FETCH_FILE: 'Fetching the file',
  FIND_RULES: 'Looking for rules in the data',
  CHOOSE_INPUTS: 'Choosing the inputs of every column',
  CHOOSE_BACKEND: 'Choosing the backend',
  PREPARE_TRAINING: 'Preparing the training',
  FINISH_TRAINING: 'Finishing the training',
  COUNT_COLUMNS: 'Counting the columns, with noise',
  CHOOSE_PAIRS: 'Choosing pairs of columns that go together',
  COUNT_PAIRS: 'Counting pairs of columns, with noise',
  FIT_PAIRS: 'Fitting the model to the noisy counts',
  CHECK_PRIVACY: 'Checking that no rows were memorised',
  LEARN_DISCRIMINATOR: 'Comparing drawn rows with training rows',
  LOAD_MODEL: 'Loading the model',
  WRITE_FILE: 'Writing the file',
};

/** What a step is busy with, for people. */
export function stepName({ code, phase }: Pick<ProgressStep, 'code' | 'phase'>): string {
  if (phase === undefined) return NAMES[code];
  if (phase === 'START_WORKER' && code === 'IMPORT_DATA') return 'Starting the database';
  if (phase === 'START_WORKER' && code === 'CREATE_DATA_REPORT') return 'Starting the report';
  return PHASES[phase];
}

/** What a job is busy with and how far it is, in words; before its first step, `before`. */
export function jobWords(
  job: (Pick<Job, 'steps' | 'waitsFor'> & Partial<Pick<Job, 'kind' | 'status'>>) | null,
  before: string,
): { title: string; measure: string; announcement: string } {
  if (job?.waitsFor) {
    const title = `Waiting for ${job.waitsFor}`;
    return { title, measure: 'Starts automatically when that has ended', announcement: title };
  }
  const step = currentStep(job);
  if (!step) return { title: before, measure: 'One moment', announcement: '' };
  const left = timeLeft(step);
  const measure = step.unit === 'epochs' ? trainingMeasure(job, step) : stepMeasure(step);
  return {
    title: stepName(step),
    measure: left ? `${measure} · ${left}` : measure,
    announcement: announcement(step),
  };
}

/** How much of a training is done, by the same count as in the header where the whole job is known. */
function trainingMeasure(job: Parameters<typeof jobWords>[0], step: ProgressStep): string {
  const share = trainingShare(job);
  return share === null ? stepMeasure(step) : formatPercent(share, 0);
}

/** Of the whole job, for a bar that never starts anew; null where it is no training. */
export function trainingShare(job: Parameters<typeof jobWords>[0]): number | null {
  if (job?.kind !== 'training' || job.status === undefined) return null;
  return jobShare({ kind: job.kind, status: job.status, steps: job.steps });
}

/** The step that runs now, or else the last one reported. Of steps that run side by side, one that names its phase. */
export function currentStep(job: Pick<Job, 'steps'> | null): ProgressStep | null {
  const steps = job?.steps ?? [];
  const running = steps.filter(({ status }) => status === 'IN_PROGRESS');
  return running.find(({ phase }) => phase !== undefined) ?? running[0] ?? steps.at(-1) ?? null;
}

/**
 * "4,000 of 10,000 rows", "12.3 MB"; "One moment" before there is anything to count. A training says "35 %": when it ends
 * is an estimate, and epochs are counted by its messages, once for all of the page.
 */
export function stepMeasure(step: ProgressStep): string {
  if (step.value === 0 && step.max === null) return 'One moment';
  if (step.unit === 'epochs' || step.unit === 'percent')
    return step.max ? formatPercent(Math.min(1, step.value / step.max), 0) : 'One moment';
  const show = (value: number) => {
    if (step.unit === 'bytes') return formatBytes(value);
    return formatCount(value);
  };
  const unit = step.unit === 'bytes' ? '' : ` ${step.unit}`;
  return step.max === null ? `${show(step.value)}${unit}` : `${show(step.value)} of ${show(step.max)}${unit}`;
}

/** "about 12 s left", "almost done" within the last second, or null while it is not known. */
export function timeLeft({ remaining }: ProgressStep): string | null {
  if (remaining === null || !Number.isFinite(remaining)) return null;
  return remaining < 1 ? 'almost done' : `about ${formatDuration(remaining)} left`;
}

/** A sentence for screen readers that changes at most every quarter of a step. */
export function announcement(step: ProgressStep | null): string {
  if (!step) return '';
  const name = stepName(step);
  if (!step.max) return name;
  const quarter = Math.min(4, Math.floor((step.value / step.max) * 4));
  return quarter === 0 ? name : `${name}: ${quarter * 25} %`;
}
