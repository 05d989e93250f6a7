import { newId } from './ids';
import { isUnderWay, type Job, type ProgressStatus, type TrainingMessage } from './job';
import { secondsWorked } from './job-progress';

/** A job that is about to begin. */
export function newJob({ kind, resource, asked }: Pick<Job, 'kind' | 'resource' | 'asked'>): Job {
  return {
    id: newId(),
    kind,
    resource,
    status: 'NEW',
    waitsFor: null,
    steps: [],
    messages: [],
    notices: [],
    isStopping: false,
    error: null,
    createdAt: Date.now(),
    startedAt: null,
    endedAt: null,
    ...(asked && { asked }),
  };
}

/**
 * A job that ends for now, as of `endedAt` (epoch milliseconds, by default its own or now).
 * @param error what interrupted it; null = a person paused it
 */
export function onHold(job: Job, error: string | null = null, endedAt = job.endedAt ?? Date.now()): Job {
  const steps = job.steps.map((step) =>
    step.status === 'DONE' ? step : { ...step, status: 'ON_HOLD' as const, remaining: null },
  );
  return {
    ...job,
    status: 'ON_HOLD',
    steps,
    waitsFor: null,
    isStopping: false,
    isPausing: false,
    error,
    endedAt,
  };
}

/** A job that was on hold, or left behind by its page, as it goes on. @param resource it may have another name now */
export function takenUp(job: Job, resource: Job['resource']): Job {
  return {
    ...onHold(job),
    resource,
    status: 'NEW',
    startedAt: null,
    endedAt: null,
    secondsBefore: secondsWorked(job, job.endedAt ?? Date.now()) ?? 0,
  };
}

/** A job that was cut short and cannot go on. */
export function endedJob(
  job: Job,
  status: 'DONE' | 'FAILED' | 'CANCELED',
  error: string | null,
  endedAt = job.endedAt ?? Date.now(),
): Job {
  const steps = job.steps.map((step) =>
    isUnderWay(step.status) || step.status === 'ON_HOLD' ? { ...step, status, remaining: null } : step,
  );
  return { ...job, status, steps, waitsFor: null, error, endedAt, asked: askedAfter(job, status) };
}

/** What of `asked` is left at the end: a download that is lost can be tried again; files and settings of others go. */
export function askedAfter({ asked }: Pick<Job, 'asked'>, status: ProgressStatus): Job['asked'] {
  return status === 'ON_HOLD' || (asked?.kind === 'download' && status !== 'DONE') ? asked : undefined;
}

/**
 * The log with one more message.
 * @param isFirst of a job that was taken up: what it had told beyond its checkpoint is told again, and so is everything
 *   if it begins anew
 */
export function withMessage(
  messages: readonly TrainingMessage[],
  message: TrainingMessage,
  isFirst: boolean,
): readonly TrainingMessage[] {
  const before = isFirst ? messages.filter(({ steps }) => steps < message.steps) : messages;
  return [...before, message];
}
