import { useState } from 'react';
import { Button } from '../../components/button';
import { SelectField, TextField } from '../../components/field';
import { formatPlural } from '../../components/format';
import { EmptyState } from '../../components/notice';
import { useNow } from '../../components/use-now';
import { isUnderWay, type Job, type JobKind, type ProgressStatus } from '../../domain/job';
import { projectOfJob } from '../../domain/job-project';
import { useResources } from '../client-context';
import { KIND_NAMES, STATUS_NAMES } from '../job-words';
import { PageHeading } from '../resource-page';
import { JobItem } from './job-item';

/** Jobs that a page shows before it is asked for more. */
const PAGE_SIZE = 30;

type KindFilter = JobKind | 'all';
type StatusFilter = ProgressStatus | 'all' | 'under-way';

interface Filter {
  readonly text: string;
  readonly kind: KindFilter;
  readonly status: StatusFilter;
  /** Id of a project, or all. */
  readonly project: string;
}

const ALL: Filter = { text: '', kind: 'all', status: 'all', project: 'all' };

const KINDS: { value: KindFilter; label: string }[] = [
  { value: 'all', label: 'All kinds' },
  ...(Object.keys(KIND_NAMES) as JobKind[]).map((value) => ({ value, label: KIND_NAMES[value] })),
];

const STATUSES: { value: StatusFilter; label: string }[] = [
  { value: 'all', label: 'Any status' },
  { value: 'under-way', label: 'Running or waiting' },
  ...(['ON_HOLD', 'DONE', 'FAILED', 'CANCELED'] as const).map((value) => ({
    value,
    label: STATUS_NAMES[value],
  })),
];

/** Everything that runs, waits or ran, newest first. */
export function JobsPage() {
  const resources = useResources();
  const { jobs, projects } = resources;
  const [filter, setFilter] = useState(ALL);
  const [shown, setShown] = useState(PAGE_SIZE);
  const now = useNow(jobs.some(({ status }) => isUnderWay(status)));
  const { project } = filter;
  const projectOf = project === 'all' ? () => project : projectOfJob(resources);
  const found = jobs.filter((job) => matches(job, filter) && projectOf(job) === project).toReversed();
  const change = (changes: Partial<Filter>) => {
    setFilter({ ...filter, ...changes });
    setShown(PAGE_SIZE);
  };
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <PageHeading title="Jobs" />
      <p className="mt-1 text-sm text-ink-soft">
        Imports, trainings, generations, reports and downloads, newest first. Trainings and generations run
        one after the other.
      </p>
      {jobs.length === 0 ? (
        <div className="mt-6">
          <EmptyState>Nothing has run yet. Bring in a table, and its import is listed here.</EmptyState>
        </div>
      ) : (
        <>
          <div
            className={`mt-6 grid grid-cols-2 gap-x-4 gap-y-1 *:first:col-span-2 sm:*:first:col-span-1 ${
              projects.length > 1 ? 'sm:grid-cols-[2fr_1fr_1fr_1fr]' : 'sm:grid-cols-[2fr_1fr_1fr]'
            }`}
          >
            <TextField
              label="Name"
              value={filter.text}
              onChange={(text) => change({ text })}
              placeholder="Part of a name"
            />
            <SelectField
              label="Kind"
              value={filter.kind}
              options={KINDS}
              onChange={(kind) => change({ kind })}
            />
            <SelectField
              label="Status"
              value={filter.status}
              options={STATUSES}
              onChange={(status) => change({ status })}
            />
            {projects.length > 1 && (
              <SelectField
                label="Project"
                value={project}
                options={[
                  { value: 'all', label: 'All projects' },
                  ...projects.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                onChange={(chosen) => change({ project: chosen })}
              />
            )}
          </div>
          <p role="status" className="mb-2 text-sm text-ink-soft">
            {formatPlural(found.length, 'job')}
            {found.length < jobs.length && ` of ${jobs.length}`}
          </p>
          {found.length === 0 ? (
            <EmptyState>
              No job matches.{' '}
              <button type="button" className="font-medium text-accent underline" onClick={() => change(ALL)}>
                Show all
              </button>
            </EmptyState>
          ) : (
            <ul aria-label="Jobs" className="divide-y divide-line rounded-xl border border-line bg-card">
              {found.slice(0, shown).map((job) => (
                <JobItem key={job.id} job={job} now={now} />
              ))}
            </ul>
          )}
          {found.length > shown && (
            <div className="mt-4 text-center">
              <Button onClick={() => setShown(shown + PAGE_SIZE)}>Show older jobs</Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}

function matches({ kind, status, resource }: Job, filter: Filter): boolean {
  return (
    (filter.kind === 'all' || kind === filter.kind) &&
    (filter.status === 'all' ||
      (filter.status === 'under-way' ? isUnderWay(status) : status === filter.status)) &&
    resource.name.toLowerCase().includes(filter.text.trim().toLowerCase())
  );
}
