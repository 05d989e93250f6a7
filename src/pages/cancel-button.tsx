import { useState } from 'react';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { formatDuration } from '../components/format';
import { type Job, jobName } from '../domain/job';
import { isLong, secondsWorked } from '../domain/job-progress';

/**
 * Ends a job and drops what it made. One that has worked for long is ended only after a question, which offers to keep
 * what it has where that can be.
 */
export function CancelButton(props: {
  /** Null before there is one. */
  readonly job: Pick<Job, 'kind' | 'resource' | 'startedAt' | 'endedAt' | 'secondsBefore'> | null;
  readonly onCancel: () => void;
  /** Ends it early and keeps what it has; null where that cannot be. */
  readonly onStop?: (() => void) | null | undefined;
  /** Puts it on hold; null where that cannot be. */
  readonly onPause?: (() => void) | null | undefined;
  readonly label?: string;
  /** What it says. */
  readonly verb?: 'Cancel' | 'Discard';
}) {
  const { job, onCancel, onStop, onPause, verb = 'Cancel' } = props;
  const [asked, setAsked] = useState(false);
  const close = () => setAsked(false);
  return (
    <>
      <Button
        aria-label={props.label}
        onClick={() => (job && isLong(job, Date.now()) ? setAsked(true) : onCancel())}
      >
        {verb}
      </Button>
      {asked && job && (
        <Dialog
          title={`${verb} ${jobName(job)}?`}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{verb === 'Discard' ? 'Keep it' : 'Go on'}</Button>
              {onPause && (
                <Button
                  onClick={() => {
                    close();
                    onPause();
                  }}
                >
                  Pause instead
                </Button>
              )}
              {onStop && (
                <Button
                  variant="primary"
                  onClick={() => {
                    close();
                    onStop();
                  }}
                >
                  Stop and keep the {job.kind === 'generation' ? 'rows' : 'model'}
                </Button>
              )}
              <Button
                variant="danger"
                onClick={() => {
                  close();
                  onCancel();
                }}
              >
                {verb === 'Discard' ? 'Discard' : 'Cancel and discard'}
              </Button>
            </>
          }
        >
          <p className="text-sm text-ink-soft">
            It has worked for {formatDuration(secondsWorked(job, Date.now()))}.{' '}
            {verb === 'Discard' ? 'Discarded' : 'Cancelled'}, all of that is lost.
            {onStop &&
              ` Stopped, it ends early and keeps ${job.kind === 'generation' ? 'the rows drawn so far' : 'the best model so far'}.`}
          </p>
        </Dialog>
      )}
    </>
  );
}
