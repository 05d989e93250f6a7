import type { Generator } from './generators';
import type { Job } from './job';
import type { SyntheticDataset } from './synthetic-datasets';

/** What a retry depends on. */
interface Surroundings {
  readonly jobs: readonly Job[];
  readonly generators: readonly Pick<Generator, 'id' | 'trainingStatus'>[];
  readonly datasets: readonly Pick<SyntheticDataset, 'id' | 'generationStatus'>[];
  readonly projects: readonly { readonly id: string }[];
}

/** Whether a job ended without a result. */
export function isLost({ status }: Pick<Job, 'status'>): boolean {
  return status === 'FAILED' || status === 'CANCELED';
}

/** Why a job cannot be done again as it was asked for, in a sentence that says what to do instead; null = it can. */
export function whyNotRetry(job: Job, around: Surroundings): string | null {
  if (!isLost(job)) return 'Only jobs that failed or were cancelled can be tried again.';
  return ELSEWHERE[job.kind] ?? whyGone(job, around) ?? (isSuperseded(job, around.jobs) ? AGAIN_SINCE : null);
}

const DELETED = 'What it worked on was deleted.';
const AGAIN_SINCE = 'It has been tried again since.';

/** Jobs that need something that is kept nowhere. */
const ELSEWHERE: Partial<Record<Job['kind'], string>> = {
  import: 'To try again, bring the file in again.',
  rules: 'To try again, look for rules on the page of its generator.',
  probe: 'To try again, ask for rows on the page of its generator.',
};

function whyGone(
  { kind, resource, asked }: Job,
  { generators, datasets, projects }: Surroundings,
): string | null {
  const { id } = resource;
  if (kind === 'export' && resource.kind === 'project')
    return projects.some((project) => project.id === id) ? null : DELETED;
  if (kind === 'training' || kind === 'export') {
    const generator = generators.find((known) => known.id === id);
    if (!generator) return DELETED;
    const isTrained = generator.trainingStatus === 'DONE';
    if (kind === 'export') return isTrained ? null : 'Its generator has no model to export yet.';
    return isLost({ status: generator.trainingStatus }) ? null : AGAIN_SINCE;
  }
  const dataset = datasets.find((known) => known.id === id);
  if (!dataset) return DELETED;
  if (kind === 'generation') return isLost({ status: dataset.generationStatus }) ? null : AGAIN_SINCE;
  if (dataset.generationStatus !== 'DONE') return 'Its rows are not there: generate them first.';
  return kind === 'download' && !asked ? 'To try again, download the rows on their page.' : null;
}

/** Whether the same was asked for later. */
function isSuperseded({ id, kind, resource, asked, createdAt }: Job, jobs: readonly Job[]): boolean {
  const format = (of: Job['asked']) => (of?.kind === 'download' ? of.format : null);
  return jobs.some(
    (other) =>
      other.id !== id &&
      other.kind === kind &&
      other.resource.id === resource.id &&
      other.createdAt > createdAt &&
      // Of a download that is done it is not known which it was.
      (!other.asked || format(other.asked) === format(asked)),
  );
}
