import { Check, Lock } from 'lucide-react';
import { Link } from 'wouter';

export interface RailStep {
  readonly label: string;
  /** Where it leads; null while it cannot be reached. */
  readonly to: string | null;
  readonly current: boolean;
  /** What has to happen first; read out and shown as title of a locked step. */
  readonly hint: string;
}

/** The way from the first step to the last, with what is reachable. */
export function StepRail({ steps }: { steps: readonly RailStep[] }) {
  return (
    <nav aria-label="Steps" className="no-print border-b border-line bg-card">
      <ol className="mx-auto flex max-w-6xl overflow-x-auto px-2 sm:px-6">
        {steps.map((step, index) => (
          <li key={step.label} className="flex min-w-0 flex-auto sm:flex-none">
            {step.to !== null ? (
              <Link
                href={step.to}
                aria-current={step.current ? 'step' : undefined}
                className={`flex items-center gap-2 border-b-2 px-2 py-3 text-sm whitespace-nowrap sm:px-4 ${step.current ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-soft hover:text-ink'}`}
              >
                <Marker index={index} step={step} />
                <span className={step.current ? '' : 'max-sm:sr-only'}>{step.label}</span>
              </Link>
            ) : (
              <span
                title={step.hint}
                className="flex items-center gap-2 border-b-2 border-transparent px-2 py-3 text-sm whitespace-nowrap text-ink-soft sm:px-4"
              >
                <Marker index={index} step={step} />
                <span className="max-sm:sr-only">
                  {step.label}
                  <span className="sr-only"> (locked: {step.hint})</span>
                </span>
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Marker({ index, step }: { index: number; step: RailStep }) {
  const look = step.current
    ? 'bg-accent text-on-accent border-accent'
    : step.to === null
      ? 'border-line-strong/60'
      : 'border-accent text-accent';
  return (
    <span
      aria-hidden="true"
      className={`flex size-5 shrink-0 items-center justify-center rounded-full border text-xs ${look}`}
    >
      {step.current ? index + 1 : step.to === null ? <Lock size={10} /> : <Check size={12} />}
    </span>
  );
}
