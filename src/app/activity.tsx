import { ListChecks } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { useResources } from '../pages/client-context';
import { backgroundJobs } from '../pages/job-words';

const RunningJobs = lazy(async () => ({ default: (await import('./running-jobs')).RunningJobs }));

export const ACTIVITY_FACE =
  'flex min-h-10 items-center gap-2 rounded-lg px-2.5 py-2 text-sm text-ink-soft hover:bg-sunken hover:text-ink';

/** What is being computed, on every page: how far all of it is, and the way to each job. */
export function Activity() {
  const running = backgroundJobs(useResources().jobs);
  if (running.length === 0) return <ToJobs />;
  // Its popover is loaded when something runs: the first screen needs none.
  return (
    <Suspense fallback={<ToJobs />}>
      <RunningJobs running={running} />
    </Suspense>
  );
}

function ToJobs() {
  return (
    <Link href="/jobs" title="Jobs" className={ACTIVITY_FACE}>
      <ListChecks aria-hidden="true" size={18} />
      <span className="sr-only">Jobs</span>
    </Link>
  );
}
