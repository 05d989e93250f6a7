import { X } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Job } from '../domain/job';
import { useResources } from '../pages/client-context';
import { HeldActions, HeldSentence } from '../pages/held-notice';
import { pathOfJob } from '../pages/job-words';

/** Jobs that the bar names; the jobs page lists all. */
const MAX_SHOWN = 3;

/** Offers on every page to go on with what was interrupted in an earlier session. Pages that say so themselves have no need. */
export function HeldBar() {
  const { jobs } = useResources();
  const [location] = useLocation();
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const held = jobs.filter((job) => isInterrupted(job) && !dismissed.has(job.id) && !isSaidAt(location, job));
  if (held.length === 0 || location === '/jobs') return null;
  return (
    <section aria-label="Interrupted work" className="no-print border-b border-line bg-accent-soft text-sm">
      <ul className="mx-auto max-w-6xl divide-y divide-line px-4 sm:px-8">
        {held.slice(0, MAX_SHOWN).map((job) => (
          <li key={job.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
            <p className="min-w-0 flex-1 basis-72 break-words">
              <HeldSentence job={job} />
            </p>
            <HeldActions job={job} />
            <button
              type="button"
              aria-label={`Not now: the ${job.kind} of ${job.resource.name}`}
              title="Not now"
              onClick={() => setDismissed(new Set([...dismissed, job.id]))}
              className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden="true" size={16} />
            </button>
          </li>
        ))}
        {held.length > MAX_SHOWN && (
          <li className="py-2">
            <a href="#/jobs" className="font-medium text-accent underline underline-offset-2">
              {held.length - MAX_SHOWN} more on the jobs page
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}

/** Whether a page says itself that a job is on hold: that of a generator or dataset, of what makes it. */
function isSaidAt(location: string, job: Job): boolean {
  return (job.kind === 'training' || job.kind === 'generation') && pathOfJob(job) === location;
}

/** On hold, and not since a person paused it. */
function isInterrupted({ status, error }: Job): boolean {
  return status === 'ON_HOLD' && error !== null;
}
