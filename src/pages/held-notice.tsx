import { Play } from 'lucide-react';
import { Button } from '../components/button';
import { Notice } from '../components/notice';
import type { Job } from '../domain/job';
import { CancelButton } from './cancel-button';
import { useClient, useResources } from './client-context';
import { heldInWords } from './held-words';
import { cancelJob, resumeJob } from './job-actions';

/** A job on hold: what it was, how far, from where it goes on, and the ways on. */
export function HeldNotice({ job }: { job: Job }) {
  return (
    <Notice actions={<HeldActions job={job} isMain />}>
      <HeldSentence job={job} />
    </Notice>
  );
}

export function HeldSentence({ job }: { job: Job }) {
  const { generators, datasets } = useResources();
  const dataset = job.kind === 'generation' && datasets.find(({ id }) => id === job.resource.id);
  const generator = job.kind === 'training' && generators.find(({ id }) => id === job.resource.id);
  const { checkpoint } = dataset || generator || {};
  return heldInWords(job, checkpoint, dataset !== false && dataset?.summary != null);
}

/** Resume and discard. */
export function HeldActions({ job, isMain = false }: { job: Job; isMain?: boolean }) {
  const client = useClient();
  const label = (verb: string) => `${verb} the ${job.kind} of ${job.resource.name}`;
  return (
    <>
      <Button
        variant={isMain ? 'primary' : 'secondary'}
        icon={Play}
        aria-label={label('Resume')}
        onClick={() => resumeJob(client, job)}
      >
        Resume
      </Button>
      <CancelButton
        job={job}
        label={label('Discard')}
        verb="Discard"
        onCancel={() => cancelJob(client, job)}
      />
    </>
  );
}
