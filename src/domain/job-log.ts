import type { Job, ProgressStep, TrainingMessage } from './job';
import { secondsWorked } from './job-progress';

/** The log of a job as lines of text: what it was, its steps, its sentences, and each message of a training. */
export function jobLog(job: Job): string[] {
  const worked = secondsWorked(job, Date.now());
  return [
    `${job.kind} of “${job.resource.name}”`,
    `job ${job.id}`,
    `asked for ${timestamp(job.createdAt)}`,
    ...(job.startedAt === null ? [] : [`started   ${timestamp(job.startedAt)}`]),
    ...(job.endedAt === null ? [] : [`ended     ${timestamp(job.endedAt)}`]),
    `status    ${job.status}${worked === null ? '' : ` after ${worked.toFixed(1)} s`}`,
    ...(job.error === null ? [] : [`error     ${job.error}`]),
    '',
    'Steps',
    ...job.steps.map(stepLine),
    ...(job.notices.length > 0 ? ['', 'Notices', ...job.notices] : []),
    ...(job.messages.length > 0 ? ['', 'Training', MESSAGE_HEAD, ...job.messages.map(messageLine)] : []),
  ];
}

/** Columns of a training's messages, tab separated. */
const MESSAGE_HEAD = [
  'epoch',
  'steps',
  'samples',
  'training_loss',
  'validation_loss',
  'learning_rate',
  'seconds',
  'epsilon',
  'best',
].join('\t');

function messageLine(message: TrainingMessage): string {
  const { trainingLoss, validationLoss, learningRate, epsilon } = message;
  return [
    rounded(message.epoch, 3),
    message.steps,
    message.samples,
    rounded(trainingLoss, 5),
    rounded(validationLoss, 5),
    learningRate === null ? '' : learningRate.toExponential(3),
    rounded(message.totalTime, 2),
    rounded(epsilon ?? null, 4),
    message.isCheckpoint ? 'kept' : '',
  ].join('\t');
}

function stepLine({ code, phase, status, value, max, unit, elapsed }: ProgressStep): string {
  const measure = max === null ? `${rounded(value, 2)}` : `${rounded(value, 2)} of ${rounded(max, 2)}`;
  const columns = [code.padEnd(22), status.padEnd(12), `${elapsed.toFixed(2)} s`.padEnd(10)];
  return [...columns, `${measure} ${unit}`, phase ?? ''].join(' ').trimEnd();
}

function rounded(value: number | null, digits: number): string {
  return value === null || !Number.isFinite(value) ? '' : String(Number(value.toFixed(digits)));
}

function timestamp(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
