import { useCallback, useState } from 'react';
import { Link } from 'wouter';
import type { WorkspaceUsage } from '../../client/api';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { formatBytes, formatPercent, formatPlural } from '../../components/format';
import { EmptyState, Loading, Notice } from '../../components/notice';
import { Table, UserText } from '../../components/table';
import type { SetAside } from '../../domain/records';
import { showError } from '../actions';
import { useClient, useLoaded, useResources, useWorkspace } from '../client-context';
import { DeleteButton, type ListedRef, refOf } from '../delete-button';
import { pathOfResource } from '../kinds';
import { PageHeading } from '../resource-page';
import { useUsage } from '../use-usage';
import { FileList } from './file-list';
import { type StorageItem, storageItems } from './storage-items';

const KIND = {
  source: 'Source',
  generator: 'Generator',
  dataset: 'Synthetic dataset',
  report: 'Report',
  connector: 'Connector',
} as const;

function listedOf({ kind, id }: StorageItem): ListedRef {
  return kind === 'connector' || kind === 'report' ? { kind, id } : refOf({ kind, id });
}

/** What is kept, how large it is, what depends on what, and the ways to delete it. */
export function StoragePage() {
  const client = useClient();
  const resources = useResources();
  const isKept = useWorkspace()?.isKept ?? false;
  const usage = useUsage();
  const setAside = client.workspace.setAside();
  const items = typeof usage === 'object' && usage ? storageItems(resources, usage.files) : null;
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <PageHeading title="Storage" />
      <p className="mt-1 max-w-2xl text-sm text-ink-soft">
        {isKept
          ? 'Doppelgrid keeps the files you brought in, trained models, synthetic datasets and reports in this browser, on your disk. Nothing of it is sent anywhere. It stays until you delete it, or the data of this site in your browser.'
          : 'Nothing is kept in this session. What you see here is gone when you close this tab.'}
      </p>
      {typeof usage === 'string' && (
        <Notice tone="error" className="mt-6">
          {usage}
        </Notice>
      )}
      {isKept && typeof usage === 'object' && usage && <Quota {...usage} />}
      <div className="mt-8">
        {items === null ? (
          typeof usage !== 'string' && <Loading what="Measuring" />
        ) : items.length === 0 ? (
          <EmptyState>Nothing is here yet. Drop a table anywhere in this window.</EmptyState>
        ) : (
          <Items items={items} />
        )}
      </div>
      {typeof usage === 'object' && usage && <FileList files={usage.files} />}
      {setAside.length > 0 && <SetAsideRecords records={setAside} />}
      {isKept && (
        <div className="mt-12 border-t border-line pt-4">
          <DeleteEverything />
        </div>
      )}
    </div>
  );
}

function Quota({ files, used, quota }: WorkspaceUsage) {
  const client = useClient();
  const [isPersisted, setPersisted] = useState<boolean | null>(null);
  const persisted = useLoaded(
    useCallback(async () => ({ value: await client.workspace.isPersisted() }), [client]),
  );
  const safe = isPersisted ?? (typeof persisted === 'object' && persisted ? persisted.value : null);
  if (used === null || quota === null) return null;
  return (
    <div className="mt-6 rounded-xl border border-line bg-card p-4 text-sm">
      <p>
        <span className="font-medium tabular-nums">{formatBytes(used)}</span> of the{' '}
        <span className="tabular-nums">{formatBytes(quota)}</span> that this browser allows (
        {formatPercent(quota > 0 ? used / quota : null)}).{' '}
        <span className="text-ink-soft">
          {formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0))} are the files below; the rest is the
          app itself, kept for use without a network, and records.
        </span>
      </p>
      <meter aria-label="Storage used" min={0} max={Math.max(quota, 1)} value={used} className="sr-only" />
      {/* Browsers draw meters in colours of their own. */}
      <div aria-hidden="true" className="mt-3 h-2 overflow-hidden rounded-full bg-sunken">
        <div
          className="h-full min-w-1 rounded-full bg-accent"
          style={{ width: `${quota > 0 ? Math.min(100, (used / quota) * 100) : 0}%` }}
        />
      </div>
      {safe === true && (
        <p className="mt-2 text-ink-soft">The browser has promised not to delete it when the disk is full.</p>
      )}
      {safe === false && (
        <div className="mt-2 flex flex-wrap items-center justify-between gap-3">
          <p className="min-w-0 flex-1 basis-72 text-ink-soft">
            When the disk is full, the browser may delete it without asking. Some browsers also do after weeks
            without a visit.
          </p>
          <Button onClick={() => void client.workspace.persist().then(setPersisted, showError)}>
            Ask the browser to keep it
          </Button>
        </div>
      )}
    </div>
  );
}

function Items({ items }: { items: readonly StorageItem[] }) {
  const total = items.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <>
      <h2 className="mb-2 font-semibold">
        {formatPlural(items.length, 'item')}, {formatBytes(total)}
      </h2>
      <Table
        label="What is kept"
        className="max-h-[32rem]"
        rows={items}
        columns={[
          {
            title: 'Name',
            isHeader: true,
            className: 'max-w-0 w-1/2 font-medium',
            cell: (item) => (
              <Link href={pathOfResource(listedOf(item))} className="hover:text-accent">
                <UserText text={item.name} />
                <span className="block text-xs font-normal text-ink-soft sm:hidden">{KIND[item.kind]}</span>
              </Link>
            ),
          },
          { title: 'Kind', className: 'max-sm:hidden whitespace-nowrap', cell: ({ kind }) => KIND[kind] },
          {
            title: 'Made of it',
            className: 'max-md:hidden text-ink-soft',
            cell: (item) => item.dependents || '–',
          },
          {
            title: 'Size',
            className: 'whitespace-nowrap text-right tabular-nums',
            cell: ({ bytes }) => formatBytes(bytes),
          },
          {
            title: <span className="sr-only">Delete</span>,
            className: 'w-12 text-right',
            cell: (item) => <DeleteButton resource={listedOf(item)} name={item.name} />,
          },
        ]}
      />
    </>
  );
}

function SetAsideRecords({ records }: { records: readonly SetAside[] }) {
  return (
    <section aria-labelledby="set-aside" className="mt-10">
      <h2 id="set-aside" className="font-semibold">
        Set aside
      </h2>
      <p className="mt-1 text-sm text-ink-soft">
        These records cannot be shown. They stay where they are, untouched.
      </p>
      <ul className="mt-3 divide-y divide-line rounded-xl border border-line bg-card text-sm">
        {records.map(({ kind, id, name, reason }) => (
          <li key={`${kind} ${id}`} className="px-4 py-3">
            <UserText text={name} className="font-medium" />
            <span className="ml-2 text-ink-soft">{kind.replaceAll('-', ' ')}</span>
            <p className="mt-0.5 text-ink-soft">{reason}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeleteEverything() {
  const client = useClient();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete everything
      </Button>
      {open && (
        <Dialog
          title="Delete everything?"
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>Keep it</Button>
              <Button
                variant="danger"
                onClick={() =>
                  void client.workspace.clear().then(() => {
                    location.hash = '#/';
                    location.reload();
                  }, showError)
                }
              >
                Delete everything
              </Button>
            </>
          }
        >
          <p className="text-sm text-ink-soft">
            All projects and everything in them – sources, generators, synthetic datasets, reports, recipes,
            connectors – are deleted from this browser, and jobs under way end. Files that you downloaded
            stay. This cannot be undone.
          </p>
        </Dialog>
      )}
    </>
  );
}
