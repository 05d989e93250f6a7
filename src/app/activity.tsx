import { ListChecks } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { useResources } from '../pages/client-context';
import { backgroundJobs } from '../pages/job-words';
import { ACTIVITY_FACE } from './activity-face';

const RunningJobs = lazy(async () => ({ default: (await import('./running-jobs')).RunningJobs }));

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
