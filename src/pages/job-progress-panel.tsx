import type { ReactNode } from 'react';
import { Button } from '../components/button';
import { ProgressBar } from '../components/progress-bar';
import type { Job } from '../domain/job';
import { currentStep, jobWords } from './job-steps';

/** A running job: its step, how far, how long yet, and the way out. */
export function JobProgressPanel(props: {
  readonly progress: Pick<Job, 'steps' | 'waitsFor'> | null;
  readonly waiting: string;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}) {
  const step = currentStep(props.progress);
  const { title, measure, announcement } = jobWords(props.progress, props.waiting);
  return (
    <div className="rounded-xl border border-line bg-card p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <p className="font-medium">{title}</p>
          <p className="text-sm text-ink-soft">{measure}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {props.children}
          <Button onClick={props.onCancel}>Cancel</Button>
        </div>
      </div>
      {!props.progress?.waitsFor && (
        <div className="mt-4">
          <ProgressBar label={title} value={step?.value ?? 0} max={step?.max ?? null} />
        </div>
      )}
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </div>
  );
}
