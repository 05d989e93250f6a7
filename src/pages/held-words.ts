import { formatCount } from '../components/format';
import type { Checkpoint } from '../domain/checkpoints';
import { type Job, jobName } from '../domain/job';
import { jobShare } from '../domain/job-progress';
import { shareInWords } from './job-words';

/** What a job on hold was and how far, and from where it goes on; in a sentence or two. */
export function heldInWords(job: Job, checkpoint: Checkpoint | undefined, hasRows: boolean): string {
  const name = jobName(job);
  const share = hasRows || job.startedAt === null ? null : shareInWords(jobShare(job));
  const state = job.error === null ? 'is paused' : 'was interrupted when its page was closed';
  const at = share === null ? '' : `${job.error === null ? '' : ','} at ${share}`;
  return `${name[0]!.toUpperCase()}${name.slice(1)} ${state}${at}. ${startInWords(job, checkpoint, hasRows)}`;
}

function startInWords(
  { kind, startedAt, secondsBefore }: Job,
  checkpoint: Checkpoint | undefined,
  hasRows: boolean,
): string {
  if (kind === 'import') return 'The copy of its file is kept, and is read anew.';
  if (kind !== 'training' && kind !== 'generation') return 'All that it needs is kept, and it begins anew.';
  if (hasRows) return 'Its rows are ready; the report is still to be written.';
  if (checkpoint) {
    const { unit, value } = checkpoint;
    return unit === 'rows'
      ? `It goes on after ${formatCount(value)} rows.`
      : `It goes on after epoch ${formatCount(Math.floor(value))}.`;
  }
  return startedAt === null && secondsBefore === undefined
    ? 'It had not begun.'
    : 'Nothing of it could be kept yet, so it begins anew.';
}
