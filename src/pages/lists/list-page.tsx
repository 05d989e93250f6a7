import { useMemo, useState } from 'react';
import { Button } from '../../components/button';
import { formatPlural } from '../../components/format';
import { EmptyState } from '../../components/notice';
import { filterRows, type ListedKind } from '../../domain/resource-list';
import { resourceRows } from '../../domain/resource-rows';
import { useClient, useResources } from '../client-context';
import { DeleteDialog } from '../delete-dialog';
import { setHashQuery, useHashQuery } from '../hash-path';
import { RESOURCE_KINDS } from '../kinds';
import { MoveDialog } from '../move-dialog';
import { PageHeading } from '../resource-page';
import { useProject } from '../use-project';
import { useUsage } from '../use-usage';
import { KindTabs } from './kind-tabs';
import { ListAbout, ListAction, NEXT_STEP, WayToFirst } from './list-beginning';
import { ListPager } from './list-pager';
import { ListTable } from './list-table';
import { ListToolbar } from './list-toolbar';
import { filterOf, isNarrowed, type ListView, readView, writeView } from './list-view';

/** All resources of a kind: found, sorted, opened, and what else can be done with them. */
export function ListPage({ kind }: { kind: ListedKind }) {
  const client = useClient();
  const resources = useResources();
  const { projects } = resources;
  const { id: current, name: projectName } = useProject();
  const usage = useUsage();
  const view = readView(useHashQuery());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<'delete' | 'move' | null>(null);
  const { title, noun } = RESOURCE_KINDS[kind];

  const rows = useMemo(() => {
    const sizes = new Map(
      typeof usage === 'object' && usage ? usage.files.map(({ id, bytes }) => [id, bytes]) : [],
    );
    return resourceRows(kind, resources, {
      times: (_kind, id) => client.workspace.times({ kind, id }),
      bytesOf: (file) => sizes.get(file) ?? null,
    });
  }, [client, kind, usage, resources]);
  const { rows: found, total } = filterRows(rows, filterOf(view), projects, current);
  // An address may name a page that is no longer there.
  const page = Math.min(view.page, Math.max(0, Math.ceil(total / view.size) - 1));
  const shown = found.slice(page * view.size, (page + 1) * view.size);
  const chosen = found.filter(({ id }) => selected.has(id));

  /** @param isTyped letter by letter: the step back leads to what was before */
  const change = (changes: Partial<ListView>, isTyped = false) =>
    setHashQuery(writeView({ ...view, page: 0, ...changes }), isTyped);

  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <div className="max-w-2xl">
          <PageHeading title={title} />
          <ListAbout kind={kind} />
        </div>
        <ListAction kind={kind} />
      </div>
      <KindTabs kind={kind} project={view.project} />
      <ListToolbar kind={kind} rows={rows} view={view} onChange={change} />
      <div className="mt-3 mb-2 flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p role="status" className="text-sm text-ink-soft">
          {chosen.length > 0 ? `${chosen.length} of ${total} selected` : formatPlural(total, noun)}
        </p>
        {chosen.length > 0 && (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setAsked('move')}>Move</Button>
            <Button onClick={() => setAsked('delete')}>Delete</Button>
            <Button variant="ghost" onClick={() => setSelected(new Set())}>
              Clear the selection
            </Button>
          </div>
        )}
      </div>
      {total > 0 ? (
        <>
          <ListTable
            {...{ kind, view, selected }}
            rows={shown}
            onSelect={setSelected}
            onSort={(sort, order) => change({ sort, order })}
          />
          <ListPager
            {...{ total, page }}
            size={view.size}
            onChange={(changes) => {
              change(changes);
              // The next page is read from its beginning.
              document.getElementById('main')?.scrollIntoView();
            }}
          />
        </>
      ) : isNarrowed(view) ? (
        <EmptyState>
          No {noun} matches.{' '}
          <Way onClick={() => change({ text: '', status: '', model: '', continued: '' })}>Show all</Way>
        </EmptyState>
      ) : (
        <div className="rounded-xl border border-dashed border-line-strong/60 p-8 text-center text-sm text-ink-soft">
          <p>
            {view.project === 'current'
              ? `There is no ${noun} in “${projectName}” yet.`
              : `There is no ${noun} here yet.`}{' '}
            {NEXT_STEP[kind]}
          </p>
          <div className="mt-4 flex flex-wrap items-center justify-center gap-3 empty:hidden">
            <WayToFirst kind={kind} />
            {view.project !== 'all' && rows.length > 0 && (
              <Way onClick={() => change({ project: 'all' })}>Show those of all projects</Way>
            )}
          </div>
        </div>
      )}
      {asked === 'delete' && (
        <DeleteDialog refs={chosen.map(({ id }) => ({ kind, id }))} onClose={() => setAsked(null)} />
      )}
      {asked === 'move' && (
        <MoveDialog items={chosen} onClose={() => setAsked(null)} onMoved={() => setSelected(new Set())} />
      )}
    </div>
  );
}

function Way({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button type="button" onClick={onClick} className="font-medium text-accent underline underline-offset-2">
      {children}
    </button>
  );
}
