import { useOwnJobs } from '../pages/client-context';
import { backgroundJobs } from '../pages/job-words';

/** Whether this tab reads, trains or generates something; what other tabs do is seen here and goes on there. */
export function useBusy(): boolean {
  return backgroundJobs(useOwnJobs()).length > 0;
}
