import { CircleCheck, CircleX, Clock } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { Link, Redirect } from 'wouter';
import { ButtonLink } from '../../components/button';
import { FileButton } from '../../components/file-button';
import { formatPlural } from '../../components/format';
import { Notice } from '../../components/notice';
import { UserText } from '../../components/table';
import { onlyTable } from '../../domain/only-table';
import type { Source } from '../../domain/sources';
import { TABLE_FILES } from '../../domain/table-files';
import { importFiles, useActivity } from '../actions';
import { useClient, useResources } from '../client-context';
import { JobProgressPanel } from '../job-progress-panel';
import { PageHeading } from '../resource-page';

const FilesChoice = lazy(async () => ({ default: (await import('./files-choice')).FilesChoice }));

/** A file on its way in, or why it could not be read; of several, what became of each. */
export function ImportPage() {
  const { importing, importError, together, choosing } = useActivity();
  if (choosing.length > 0) {
    return (
      <Frame title={`${formatPlural(choosing.length, 'file')}: one table, or several?`}>
        <Suspense>
          <FilesChoice files={choosing} />
        </Suspense>
      </Frame>
    );
  }
  const panel = importing && (
    <JobProgressPanel progress={importing.progress} waiting="Starting" onCancel={importing.cancel} />
  );
  if (together.length > 0) {
    const read = together.filter(({ outcome }) => outcome !== null && typeof outcome !== 'string').length;
    const isOver = together.every(({ outcome }) => outcome !== null);
    return (
      <Frame
        title={isOver ? `${read} of ${together.length} files were read` : `Reading ${together.length} files`}
      >
        {importing && <p className="mb-2 text-sm text-ink-soft">Reading {importing.name}</p>}
        {panel}
        <ul
          aria-label="Files"
          className={`divide-y divide-line rounded-xl border border-line bg-card ${panel ? 'mt-4' : ''}`}
        >
          {together.map(({ name, outcome }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, their order does not change
            <FileOutcome key={index} name={name} outcome={outcome} />
          ))}
        </ul>
        {isOver && read > 0 && (
          <p className="mt-4 text-sm text-ink-soft">Each is a source now. Open one to go on with it.</p>
        )}
        {isOver && <OtherFiles />}
      </Frame>
    );
  }
  if (importing) return <Frame title={`Reading ${importing.name}`}>{panel}</Frame>;
  if (!importError) return <Redirect to="/" replace />;
  return (
    <Frame title={`${importError.name} could not be read`}>
      <Notice tone="error">{importError.message}</Notice>
      <OtherFiles />
    </Frame>
  );
}

function OtherFiles() {
  const client = useClient();
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      <FileButton accept={TABLE_FILES} onFiles={(files) => void importFiles(client, files)} />
      <ButtonLink to="/">Back to the start</ButtonLink>
    </div>
  );
}

/** One of several files: the way to its source, or why there is none. */
function FileOutcome({ name, outcome }: { name: string; outcome: Source | string | null }) {
  const { sources } = useResources();
  const isRead = outcome !== null && typeof outcome !== 'string';
  const Icon = outcome === null ? Clock : isRead ? CircleCheck : CircleX;
  const color = outcome === null ? 'text-ink-soft' : isRead ? 'text-accent' : 'text-danger';
  return (
    <li className="flex items-start gap-3 px-4 py-3 text-sm">
      <Icon aria-hidden="true" size={18} className={`mt-0.5 shrink-0 ${color}`} />
      <div className="min-w-0">
        {isRead && sources.some(({ id }) => id === outcome.id) ? (
          <Link href={`/sources/${outcome.id}`} className="font-medium text-accent hover:underline">
            <UserText text={name} />
          </Link>
        ) : (
          <UserText text={name} className="font-medium" />
        )}
        <p className="break-words text-ink-soft">{inWords(outcome)}</p>
      </div>
    </li>
  );
}

function inWords(outcome: Source | string | null): string {
  if (outcome === null) return 'Not read yet';
  if (typeof outcome === 'string') return outcome;
  const { rowCount, columns } = onlyTable(outcome);
  return `${formatPlural(rowCount, 'row')} × ${formatPlural(columns.length, 'column')}`;
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-2xl px-4 py-16">
      <PageHeading title={title} />
      <div className="mt-6">{children}</div>
    </div>
  );
}
