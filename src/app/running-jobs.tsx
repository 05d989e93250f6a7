import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Link } from 'wouter';
import { formatPlural } from '../components/format';
import { ProgressBar } from '../components/progress-bar';
import type { Job } from '../domain/job';
import { jobShare, overallShare } from '../domain/job-progress';
import { useResources } from '../pages/client-context';
import { jobWords } from '../pages/job-steps';
import { jobTitle, shareInWords, shownPathOfJob } from '../pages/job-words';
import { ACTIVITY_FACE } from './activity-face';

/** How far all running jobs are together; opened, each of them. */
export function RunningJobs({ running }: { running: readonly Job[] }) {
  const [open, setOpen] = useState(false);
  const share = overallShare(running);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={`${ACTIVITY_FACE} text-ink`}>
        <Ring share={share} />
        <span aria-hidden="true" className="whitespace-nowrap">
          {shareInWords(share) ?? running.length}
        </span>
        <span className="sr-only">
          {formatPlural(running.length, 'job')} under way{share === null ? '' : `, ${shareInWords(share)}`}
        </span>
      </Popover.Trigger>
      <Popover.Content
        align="end"
        sideOffset={6}
        collisionPadding={12}
        aria-label="Jobs under way"
        className="z-30 w-[min(24rem,calc(100vw-1.5rem))] rounded-xl border border-line bg-card p-2 shadow-xl"
      >
        <ul>
          {running.map((job) => (
            <li key={job.id}>
              <RunningJob job={job} onOpen={() => setOpen(false)} />
            </li>
          ))}
        </ul>
        <Link
          href="/jobs"
          onClick={() => setOpen(false)}
          className="mt-1 block rounded-lg border-t border-line px-3 py-2 text-sm font-medium text-accent hover:bg-sunken"
        >
          All jobs
        </Link>
      </Popover.Content>
    </Popover.Root>
  );
}

function RunningJob({ job, onOpen }: { job: Job; onOpen: () => void }) {
  const path = shownPathOfJob(job, useResources()) ?? '/jobs';
  const share = jobShare(job);
  const { title, measure } = jobWords(job, 'Starting');
  return (
    <Link href={path} onClick={onOpen} className="block rounded-lg px-3 py-2 hover:bg-sunken">
      <span className="flex items-baseline justify-between gap-4 text-sm">
        <bdi className="min-w-0 truncate font-medium">{jobTitle(job)}</bdi>
        <span className="shrink-0 text-ink-soft">{shareInWords(share)}</span>
      </span>
      <span className="my-1 block text-xs text-ink-soft">
        {job.waitsFor ? title : `${title} · ${measure}`}
      </span>
      {!job.waitsFor && (
        <ProgressBar label={jobTitle(job)} value={share ?? 0} max={share === null ? null : 1} />
      )}
    </Link>
  );
}

/** A share of a circle; turning where it is not known. */
function Ring({ share }: { share: number | null }) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className={`size-5 -rotate-90 ${share === null ? 'motion-safe:animate-spin' : ''}`}
    >
      <circle cx="10" cy="10" r="8" fill="none" strokeWidth="3" className="stroke-line" />
      <circle
        cx="10"
        cy="10"
        r="8"
        fill="none"
        strokeWidth="3"
        strokeLinecap="round"
        pathLength={100}
        strokeDasharray={`${Math.max(4, (share ?? 0.25) * 100)} 100`}
        className="stroke-accent"
      />
    </svg>
  );
}
