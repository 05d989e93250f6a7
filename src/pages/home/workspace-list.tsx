import { Link } from 'wouter';
import { FileButton } from '../../components/file-button';
import { formatBytes, formatPercent, formatPlural } from '../../components/format';
import { UserText } from '../../components/table';
import type { ProgressStatus } from '../../domain/job';
import { onlyTable } from '../../domain/only-table';
import { importFiles } from '../actions';
import { type Resources, useClient, useResources, useWorkspace } from '../client-context';
import type { ResourceRef } from '../lineage';
import { DeleteButton, pathOf } from '../resource-page';

const STATUS: Record<ProgressStatus, string> = {
  NEW: 'not started',
  QUEUED: 'waiting',
  IN_PROGRESS: 'running',
  ON_HOLD: 'on hold',
  DONE: 'done',
  FAILED: 'failed',
  CANCELED: 'cancelled',
};

/** A line of the list. */
interface Item extends ResourceRef {
  readonly name: string;
  readonly about: string;
}

/** Everything there is, newest first, with the way to open and delete it. */
export function WorkspaceList() {
  const client = useClient();
  const isKept = useWorkspace()?.isKept ?? false;
  const groups = groupsOf(useResources()).filter(([, items]) => items.length > 0);
  if (groups.length === 0) return null;
  return (
    <section aria-label="Your work" className="mt-12">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h2 className="text-lg font-semibold">Your work</h2>
        <FileButton
          label="Import a generator"
          variant="secondary"
          accept=".zip,application/zip"
          onFiles={(files) => void importFiles(client, files)}
        />
      </div>
      <p className="text-sm text-ink-soft">
        {isKept ? (
          <>
            Kept in this browser, on your disk alone, until you delete it.{' '}
            <Link href="/storage" className="font-medium text-accent underline underline-offset-2">
              Storage
            </Link>
          </>
        ) : (
          'Nothing of it is kept: it is gone when you close or reload this tab.'
        )}
      </p>
      <div className="mt-4 grid gap-8 lg:grid-cols-3">
        {groups.map(([title, items]) => (
          <div key={title} className="min-w-0">
            <h3 className="mb-2 text-sm font-medium text-ink-soft">{title}</h3>
            <ul className="divide-y divide-line rounded-xl border border-line bg-card">
              {items.toReversed().map((item) => (
                <li key={item.id} className="flex items-center justify-between gap-2 py-1 pr-1 pl-4">
                  <Link href={pathOf(item)} className="min-w-0 flex-1 py-2 hover:text-accent">
                    <UserText text={item.name} className="font-medium" />
                    <span className="block text-sm text-ink-soft">{item.about}</span>
                  </Link>
                  <DeleteButton resource={item} name={item.name} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function groupsOf({ sources, generators, datasets, reports }: Resources): (readonly [string, Item[]])[] {
  return [
    [
      'Sources',
      sources.map((source) => ({
        kind: 'source',
        id: source.id,
        name: source.name,
        about: `${formatPlural(onlyTable(source).rowCount, 'row')} · ${formatBytes(source.byteSize)}`,
      })),
    ],
    [
      'Generators',
      generators.map(({ id, config, trainingStatus }) => ({
        kind: 'generator',
        id,
        name: config.name,
        about: `Training ${STATUS[trainingStatus]}`,
      })),
    ],
    [
      'Synthetic datasets',
      datasets.map(({ id, config, summary, generationStatus, reportId }) => {
        const accuracy = reports.find((report) => report.id === reportId)?.metrics.accuracy.overall ?? null;
        const made = summary ? formatPlural(summary.rows, 'row') : `Generation ${STATUS[generationStatus]}`;
        const about = accuracy === null ? made : `${made} · accuracy ${formatPercent(accuracy)}`;
        return { kind: 'dataset', id, name: config.name, about };
      }),
    ],
  ];
}
