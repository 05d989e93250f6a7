import { Pause } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { Button } from '../components/button';
import { ProgressBar } from '../components/progress-bar';
import type { Job } from '../domain/job';
import { CancelButton } from './cancel-button';
import { currentStep, jobWords, trainingShare } from './job-steps';

/** What the panel shows of a job; what a question before cancelling needs may be missing. */
type ShownJob = Pick<Job, 'steps' | 'waitsFor'> &
  Partial<
    Pick<
      Job,
      'kind' | 'status' | 'resource' | 'startedAt' | 'endedAt' | 'secondsBefore' | 'isStopping' | 'isPausing'
    >
  >;

/** A running job: its step, how far, how long yet, and the way out. */
export function JobProgressPanel(props: {
  readonly progress: ShownJob | null;
  readonly waiting: string;
  readonly onCancel: () => void;
  /** Ends it early and keeps what it has; null where that cannot be. */
  readonly onStop?: (() => void) | null;
  /** Puts it on hold; null where that cannot be now, absent where it never can. */
  readonly onPause?: (() => void) | null | undefined;
  readonly children?: ReactNode;
}) {
  const step = currentStep(props.progress);
  const share = trainingShare(props.progress);
  const { title, measure, announcement } = jobWords(props.progress, props.waiting);
  return (
    <div className="rounded-xl border border-line bg-card p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <p className="font-medium">{title}</p>
          <p className="text-sm text-ink-soft">{endInWords(props.progress) ?? measure}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {props.children}
          {props.onPause !== undefined && (
            <Button icon={Pause} disabled={props.onPause === null} onClick={() => props.onPause?.()}>
              {props.progress?.isPausing ? 'Pausing…' : 'Pause'}
            </Button>
          )}
          <CancelButton
            job={askedOf(props.progress)}
            onCancel={props.onCancel}
            onStop={props.onStop}
            onPause={props.onPause}
          />
        </div>
      </div>
      {!props.progress?.waitsFor && (
        <div className="mt-4">
          <ProgressBar
            label={title}
            value={share ?? step?.value ?? 0}
            max={share === null ? (step?.max ?? null) : 1}
          />
        </div>
      )}
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </div>
  );
}

/** Of a job that was asked to end. */
function endInWords(job: ShownJob | null): string | null {
  if (job?.isPausing) return 'Pauses as soon as it can go on from where it is';
  return job?.isStopping ? 'Ends as soon as it can, with what it has' : null;
}

function askedOf(job: ShownJob | null): ComponentProps<typeof CancelButton>['job'] {
  const { kind, resource, startedAt = null, endedAt = null, secondsBefore } = job ?? {};
  const before = secondsBefore === undefined ? {} : { secondsBefore };
  return kind && resource ? { kind, resource, startedAt, endedAt, ...before } : null;
}
