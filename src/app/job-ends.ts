import { useEffect } from 'react';
import { navigate } from 'wouter/use-hash-location';
import type { DoppelgridClient } from '../client/api';
import { preferences } from '../client/preferences';
import { showToast } from '../components/toasts';
import type { Job } from '../domain/job';
import { isLong } from '../domain/job-progress';
import { useClient } from '../pages/client-context';
import { endInWords, pathOfJob } from '../pages/job-words';

/** Tells a person who is on another page, or whose tab is hidden, that a job has ended. */
export function JobEnds(): null {
  const client = useClient();
  useEffect(
    () =>
      client.jobs.subscribe((job) => {
        if (job.endedAt === null) return;
        const isNewerFile = job.kind === 'import' && isWaiting(client, job.resource.id);
        const sentence = endInWords(job, isNewerFile);
        if (sentence === null) return;
        if (!isShown(job)) {
          const failed = job.status === 'FAILED';
          showToast(sentence, failed ? 'error' : 'info', { label: 'Open', to: linkOf(job) });
        }
        if (document.hidden && isLong(job, Date.now())) tellSystem(job, sentence);
      }),
    [client],
  );
  return null;
}

/** Whether a newer file of a source waits to be taken. */
function isWaiting({ sources }: DoppelgridClient, id: string): boolean {
  return sources.list().some((source) => source.id === id && source.newer !== undefined);
}

function isShown(job: Job): boolean {
  const page = window.location.hash.slice(1);
  return page === '/jobs' || page === pathOfJob(job) || (job.kind === 'import' && page === '/import');
}

/** A file that could not be read has no page of its own. */
function linkOf(job: Job): string {
  return job.kind === 'import' && job.status === 'FAILED' ? '/jobs' : pathOfJob(job);
}

/** Through the system, where the person and the browser have consented. */
function tellSystem(job: Job, sentence: string): void {
  if (!preferences.get().notifications) return;
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const notification = new Notification('Doppelgrid', { body: sentence, tag: job.id });
    notification.onclick = () => {
      window.focus();
      navigate(linkOf(job));
      notification.close();
    };
  } catch {
    // Some browsers on phones offer no notifications without a service worker.
  }
}
