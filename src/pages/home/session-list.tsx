import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { ConfirmButton } from '../../components/confirm-button';
import { formatBytes, formatPercent, formatPlural } from '../../components/format';
import { showToast } from '../../components/toasts';
import { UserText } from '../../components/user-text';
import type { ProgressStatus } from '../../domain/jobs';
import { onlyTable } from '../../domain/only-table';
import { useClient, useResources } from '../client-context';
import { errorText } from '../flows';

const STATUS: Record<ProgressStatus, string> = {
  NEW: 'not started',
  QUEUED: 'waiting',
  IN_PROGRESS: 'running',
  DONE: 'done',
  FAILED: 'failed',
  CANCELED: 'cancelled',
};

/** Everything of this session, newest first, with the way to open and delete it. */
export function SessionList() {
  const client = useClient();
  const { sources, generators, datasets, reports } = useResources();
  if (sources.length + generators.length + datasets.length === 0) return null;
  const remove = (what: string, work: Promise<void>) =>
    work.then(
      () => showToast(`The ${what} was deleted.`),
      (error: unknown) => showToast(errorText(error), 'error'),
    );
  const accuracyOf = (reportId: string | null) =>
    reports.find(({ id }) => id === reportId)?.metrics.accuracy.overall ?? null;
  return (
    <section aria-label="This session" className="mt-12">
      <h2 className="text-lg font-semibold">This session</h2>
      <p className="text-sm text-ink-soft">Kept in this tab until you close or reload it.</p>
      <div className="mt-4 grid gap-8 lg:grid-cols-3">
        <Group title="Sources">
          {sources.toReversed().map((source) => (
            <Item
              key={source.id}
              to={`/sources/${source.id}`}
              name={source.name}
              about={`${formatPlural(onlyTable(source).rowCount, 'row')} · ${formatBytes(source.byteSize)}`}
            >
              <ConfirmButton
                iconOnly
                label={`Delete the source ${source.name}`}
                question="Delete this source?"
                consequence="Its rows leave this tab. Generators trained on it stay, but their reports cannot be computed again."
                onConfirm={() => void remove('source', client.sources.delete(source.id))}
              />
            </Item>
          ))}
        </Group>
        <Group title="Generators">
          {generators.toReversed().map((generator) => (
            <Item
              key={generator.id}
              to={`/generators/${generator.id}`}
              name={generator.config.name}
              about={`Training ${STATUS[generator.trainingStatus]}`}
            >
              <ConfirmButton
                iconOnly
                label={`Delete the generator ${generator.config.name}`}
                question="Delete this generator?"
                consequence="Its model is lost. Synthetic datasets made with it stay."
                onConfirm={() => void remove('generator', client.generators.delete(generator.id))}
              />
            </Item>
          ))}
        </Group>
        <Group title="Synthetic datasets">
          {datasets.toReversed().map((dataset) => {
            const accuracy = accuracyOf(dataset.reportId);
            const rows = dataset.summary ? formatPlural(dataset.summary.rows, 'row') : null;
            return (
              <Item
                key={dataset.id}
                to={`/synthetic-datasets/${dataset.id}`}
                name={dataset.config.name}
                about={[
                  rows ?? `Generation ${STATUS[dataset.generationStatus]}`,
                  accuracy === null ? null : `accuracy ${formatPercent(accuracy)}`,
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              >
                <ConfirmButton
                  iconOnly
                  label={`Delete the synthetic dataset ${dataset.config.name}`}
                  question="Delete this synthetic dataset?"
                  consequence="Its rows and its report are lost. Downloaded files stay."
                  onConfirm={() =>
                    void remove('synthetic dataset', client.syntheticDatasets.delete(dataset.id))
                  }
                />
              </Item>
            );
          })}
        </Group>
      </div>
    </section>
  );
}

function Group({ title, children }: { title: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <div className="min-w-0">
      <h3 className="mb-2 text-sm font-medium text-ink-soft">{title}</h3>
      <ul className="divide-y divide-line rounded-xl border border-line bg-card">{children}</ul>
    </div>
  );
}

function Item(props: { to: string; name: string; about: string; children: ReactNode }) {
  return (
    <li className="flex items-center justify-between gap-2 py-1 pr-1 pl-4">
      <Link href={props.to} className="min-w-0 flex-1 py-2 hover:text-accent">
        <UserText text={props.name} className="font-medium" />
        <span className="block text-sm text-ink-soft">{props.about}</span>
      </Link>
      {props.children}
    </li>
  );
}
