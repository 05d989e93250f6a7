import type { ReactNode } from 'react';
import { Button } from '../components/button';
import { ProgressBar } from '../components/progress-bar';
import type { JobProgress } from '../domain/progress';
import { announcement, currentStep, stepMeasure, stepName, timeLeft } from './job-steps';

/** A running job: its step, how far, how long yet, and the way out. */
export function JobProgressPanel(props: {
  readonly progress: JobProgress | null;
  readonly waiting: string;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}) {
  const step = currentStep(props.progress);
  const title = step ? stepName(step) : props.waiting;
  const left = step ? timeLeft(step) : null;
  return (
    <div className="rounded-xl border border-line bg-card p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <p className="font-medium">{title}</p>
          <p className="text-sm text-ink-soft">
            {step ? stepMeasure(step) : 'One moment'}
            {left && ` · ${left}`}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {props.children}
          <Button onClick={props.onCancel}>Cancel</Button>
        </div>
      </div>
      <div className="mt-4">
        <ProgressBar label={title} value={step?.value ?? 0} max={step?.max ?? null} />
      </div>
      <p role="status" className="sr-only">
        {announcement(step)}
      </p>
    </div>
  );
}
