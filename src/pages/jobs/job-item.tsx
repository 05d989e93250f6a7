import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Clock,
  Download,
  LoaderCircle,
  Pause,
  RotateCcw,
  Save,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../components/button';
import { formatDuration, formatTime } from '../../components/format';
import { ProgressBar } from '../../components/progress-bar';
import { saveFile } from '../../components/save-file';
import { ScrollArea, UserText } from '../../components/table';
import { isUnderWay, type Job, type ProgressStatus } from '../../domain/job';
import { jobLog } from '../../domain/job-log';
import { canStop, jobShare, secondsWorked } from '../../domain/job-progress';
import { isLost, whyNotRetry } from '../../domain/job-retry';
import { CancelButton } from '../cancel-button';
import { useClient, useResources } from '../client-context';
import { HeldActions, HeldSentence } from '../held-notice';
import { cancelJob, canPause, pauseJob, retryJob, stopJob } from '../job-actions';
import { jobWords } from '../job-steps';
import { KIND_NAMES, STATUS_NAMES, shareInWords, shownPathOfJob } from '../job-words';

const ICONS: Record<ProgressStatus, readonly [icon: typeof Clock, color: string]> = {
  NEW: [CircleDashed, 'text-ink-soft'],
  CONTINUE: [CircleDashed, 'text-ink-soft'],
  QUEUED: [Clock, 'text-ink-soft'],
  IN_PROGRESS: [LoaderCircle, 'text-accent motion-safe:animate-spin'],
  ON_HOLD: [CirclePause, 'text-ink-soft'],
  DONE: [CircleCheck, 'text-accent'],
  FAILED: [CircleX, 'text-danger'],
  CANCELED: [CircleX, 'text-ink-soft'],
};

/** One job: what it does or did, how far it is, its log, and what can be done about it. */
export function JobItem({ job, now }: { job: Job; now: number }) {
  const path = shownPathOfJob(job, useResources());
  const [Icon, color] = ICONS[job.status];
  const { measure, title } = jobWords(job, 'Starting');
  const isRunning = isUnderWay(job.status);
  const share = jobShare(job);
  return (
    <li className="px-4 py-4 sm:px-5">
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <div className="flex min-w-0 gap-3">
          <Icon aria-hidden="true" size={20} className={`mt-0.5 shrink-0 ${color}`} />
          <div className="min-w-0 flex-1">
            <h2 className="min-w-0 text-base leading-6 font-medium tracking-normal">
              {KIND_NAMES[job.kind]} <span className="font-normal text-ink-soft">of</span>{' '}
              {path === null ? (
                <UserText text={job.resource.name} className="text-ink-soft" />
              ) : (
                <Link href={path} className="text-accent hover:underline">
                  <UserText text={job.resource.name} />
                </Link>
              )}
            </h2>
            <p className="mt-0.5 text-sm text-ink-soft">
              <span className={job.status === 'FAILED' ? 'text-danger' : ''}>
                {isRunning ? title : STATUS_NAMES[job.status]}
              </span>
              {isRunning && ` · ${job.isPausing ? 'Pausing…' : job.isStopping ? 'Stopping…' : measure}`}
              {path === null && !isRunning && job.status === 'DONE' && ' · what it made was deleted'}
            </p>
            {job.status === 'ON_HOLD' ? (
              <p className="mt-1 text-sm break-words">
                <HeldSentence job={job} />
              </p>
            ) : (
              job.error !== null && <p className="mt-1 text-sm break-words">{job.error}</p>
            )}
          </div>
        </div>
        <dl className="flex items-start gap-6 text-sm sm:justify-end">
          <Fact name="Started">{job.startedAt === null ? 'not yet' : formatTime(job.startedAt)}</Fact>
          <Fact name={isRunning ? 'For' : 'Took'}>{formatDuration(secondsWorked(job, now))}</Fact>
        </dl>
      </div>
      {isRunning && job.status !== 'QUEUED' && (
        <div className="mt-3 flex items-center gap-3 sm:pl-8">
          <ProgressBar
            label={`Progress of ${KIND_NAMES[job.kind].toLowerCase()}`}
            value={share ?? 0}
            max={share === null ? null : 1}
          />
          <span className="w-12 text-right text-sm text-ink-soft">{shareInWords(share)}</span>
        </div>
      )}
      <div className="mt-1 flex flex-wrap items-start gap-2 sm:pl-8">
        <JobActions job={job} />
        <JobLog job={job} />
      </div>
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="sm:min-w-24 sm:text-right">
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Cancel and stop of what runs, another try of what ended without a result. */
function JobActions({ job }: { job: Job }) {
  const client = useClient();
  const resources = useResources();
  const { generators } = resources;
  const { kind, resource, status } = job;
  const named = `the ${KIND_NAMES[kind].toLowerCase()} of ${resource.name}`;
  if (status === 'ON_HOLD') return <HeldActions job={job} />;
  if (isUnderWay(status)) {
    const pause = canPause(job, generators) ? () => pauseJob(client, job) : null;
    const stop = canStop(job) ? () => stopJob(client, job) : null;
    return (
      <>
        {stop && (
          <Button icon={Save} aria-label={`Stop and keep ${named}`} onClick={stop}>
            Stop and keep
          </Button>
        )}
        {pause && (
          <Button icon={Pause} aria-label={`Pause ${named}`} onClick={pause}>
            Pause
          </Button>
        )}
        <CancelButton
          job={job}
          label={`Cancel ${named}`}
          onCancel={() => cancelJob(client, job)}
          onStop={stop}
          onPause={pause}
        />
      </>
    );
  }
  if (!isLost(job)) return null;
  const whyNot = whyNotRetry(job, resources);
  return whyNot === null ? (
    <Button icon={RotateCcw} aria-label={`Try ${named} again`} onClick={() => retryJob(client, job)}>
      Try again
    </Button>
  ) : (
    <p className="py-2.5 pr-2 text-sm text-ink-soft">{whyNot}</p>
  );
}

/** What a job said, to read and to keep. */
function JobLog({ job }: { job: Job }) {
  const [open, setOpen] = useState(false);
  const { kind, resource } = job;
  const label = `the ${KIND_NAMES[kind].toLowerCase()} of ${resource.name}`;
  return (
    <details
      className="min-w-0 text-sm open:basis-full"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="rounded-lg py-2.5 pr-2 text-ink-soft hover:text-ink">
        Log<span className="sr-only"> of {label}</span>
      </summary>
      {open && (
        <div className="mt-2">
          <ScrollArea label={`Log of ${label}`} className="max-h-80">
            <pre className="p-4 text-xs leading-5 [tab-size:16]">{jobLog(job).join('\n')}</pre>
          </ScrollArea>
          <Button
            icon={Download}
            className="mt-2"
            onClick={() =>
              saveFile(
                new File([`${jobLog(job).join('\n')}\n`], `${resource.name}-${kind}-log.txt`, {
                  type: 'text/plain',
                }),
              )
            }
          >
            Download the log
          </Button>
        </div>
      )}
    </details>
  );
}
