import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { Link } from 'wouter';
import { Tick } from '../../components/field';
import {
  formatBytes,
  formatCount,
  formatDay,
  formatMoment,
  formatPlural,
  UNKNOWN,
} from '../../components/format';
import { Table, type TableColumn, UserText } from '../../components/table';
import type { ListedKind, ResourceRow, SortKey } from '../../domain/resource-list';
import { leadsTo } from '../connectors/connector-words';
import { STATUS_NAMES } from '../job-words';
import { type ListFact, pathOfResource, RESOURCE_KINDS } from '../kinds';
import { modelTitle } from './list-toolbar';
import { firstOrder, type ListView } from './list-view';
import { RowMenu } from './row-menu';

/** A page of a list. */
export function ListTable(props: {
  readonly kind: ListedKind;
  readonly rows: readonly ResourceRow[];
  readonly view: ListView;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onSort: (sort: SortKey, order: ListView['order']) => void;
}) {
  const { kind, rows, view, selected, onSelect } = props;
  const { title, facts } = RESOURCE_KINDS[kind];
  const only = (fact: ListFact, column: TableColumn<ResourceRow>) => (facts.includes(fact) ? [column] : []);
  const areAll = rows.length > 0 && rows.every(({ id }) => selected.has(id));
  const toggle = (ids: readonly string[], on: boolean) => {
    const next = new Set(selected);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    onSelect(next);
  };
  const sorted = (sort: SortKey, label: string, className: string) => ({
    title: <SortButton {...{ sort, label, view }} onSort={props.onSort} />,
    sorted: view.sort === sort ? view.order : ('none' as const),
    className,
  });
  const columns: TableColumn<ResourceRow>[] = [
    {
      title: (
        <Tick
          label="Select all on this page"
          checked={areAll}
          onChange={(on) =>
            toggle(
              rows.map(({ id }) => id),
              on,
            )
          }
        />
      ),
      className: 'w-8 pr-0!',
      cell: ({ id, name }) => (
        <Tick label={`Select ${name}`} checked={selected.has(id)} onChange={(on) => toggle([id], on)} />
      ),
    },
    {
      ...sorted('name', 'Name', 'max-w-0 w-full'),
      isHeader: true,
      cell: (row) => (
        <>
          <Link href={pathOfResource(row)} className="block hover:text-accent">
            <UserText text={row.name} />
          </Link>
          {view.project === 'all' && (
            <span className="block truncate text-xs font-normal text-ink-soft">in {row.project}</span>
          )}
          {row.continues !== null && (
            <span className="block truncate text-xs font-normal text-ink-soft">
              goes on from <bdi>{row.continues}</bdi>
            </span>
          )}
          {row.description && (
            <span className="block truncate text-xs font-normal text-ink-soft max-lg:hidden">
              {row.description}
            </span>
          )}
          <span className="block text-xs font-normal text-ink-soft lg:hidden">{onOneLine(kind, row)}</span>
        </>
      ),
    },
    ...only('status', {
      title: 'Status',
      className: 'max-lg:hidden',
      cell: ({ status }) => STATUS_NAMES[status],
    }),
    ...only('model', {
      title: 'Model',
      className: 'max-lg:hidden whitespace-nowrap text-ink-soft',
      cell: ({ model }) => modelTitle(model),
    }),
    ...only('type', {
      title: 'Leads to',
      className: 'max-lg:hidden whitespace-nowrap text-ink-soft',
      cell: (row) => leadsTo(row),
    }),
    ...only('version', {
      title: 'Version',
      className: NUMBER,
      cell: ({ version }) => formatCount(version),
    }),
    ...only('sources', {
      title: 'Sources',
      className: NUMBER,
      cell: ({ sources }) => formatCount(sources),
    }),
    ...only('extent', {
      title: 'Rows × columns',
      className: NUMBER,
      cell: (row) => extentOf(row) ?? UNKNOWN,
    }),
    ...only('columns', {
      title: 'Columns',
      className: NUMBER,
      cell: ({ columns: wide }) => formatCount(wide),
    }),
    ...only('size', {
      ...sorted('size', 'Size', NUMBER),
      cell: ({ bytes }) => formatBytes(bytes),
    }),
    ...only('used', {
      title: 'Used',
      className: 'max-xl:hidden whitespace-nowrap text-ink-soft',
      cell: (row) => <Used row={row} />,
    }),
    {
      ...sorted('created', 'Created', 'max-lg:hidden whitespace-nowrap text-ink-soft'),
      cell: ({ created }) => <Moment at={created} />,
    },
    {
      ...sorted('updated', 'Changed', 'max-lg:hidden whitespace-nowrap text-ink-soft'),
      cell: ({ updated }) => <Moment at={updated} />,
    },
    {
      title: <span className="sr-only">Actions</span>,
      className: 'w-10 text-right',
      cell: (row) => <RowMenu row={row} />,
    },
  ];
  return <Table label={title} className="" columns={columns} rows={rows} keyOf={({ id }) => id} />;
}

const NUMBER = 'max-lg:hidden whitespace-nowrap text-right tabular-nums';

/** What narrow screens have no columns for. */
function onOneLine(kind: ListedKind, row: ResourceRow): string {
  const { status, version, sources, columns, bytes } = row;
  const said: Record<ListFact, string | null> = {
    status: STATUS_NAMES[status],
    model: null,
    type: leadsTo(row),
    version: version === null ? null : `Version ${version}`,
    sources: sources === null ? null : formatPlural(sources, 'source'),
    extent: extentOf(row),
    columns: columns === null ? null : formatPlural(columns, 'column'),
    size: bytes === null ? null : formatBytes(bytes),
    used: null,
  };
  return RESOURCE_KINDS[kind].facts.flatMap((fact) => said[fact] ?? []).join(' · ');
}

/** "10 × 2"; its columns alone before there are rows, null before there are any. */
function extentOf({ rows, columns }: ResourceRow): string | null {
  if (rows === null) return columns === null ? null : formatPlural(columns, 'column');
  return `${formatCount(rows)} × ${formatCount(columns)}`;
}

/** What was made of it. */
function Used({ row }: { row: ResourceRow }) {
  const { kind, trainings, generations, rowsGenerated } = row;
  const counts = [
    // A generator is one training.
    ...(kind !== 'generator' && trainings > 0 ? [formatPlural(trainings, 'training')] : []),
    ...(generations > 0 ? [formatPlural(generations, 'generation')] : []),
  ];
  if (counts.length === 0) return UNKNOWN;
  return (
    <span className="block text-xs">
      {counts.join(', ')}
      {rowsGenerated > 0 && <span className="block">{formatPlural(rowsGenerated, 'row')} generated</span>}
    </span>
  );
}

function Moment({ at }: { at: number | null }) {
  if (at === null) return UNKNOWN;
  return <time title={formatMoment(at)}>{formatDay(at)}</time>;
}

/** The head of a column that sorts: once in the order that it is looked for in, again in the other. */
function SortButton(props: {
  readonly sort: SortKey;
  readonly label: string;
  readonly view: ListView;
  readonly onSort: (sort: SortKey, order: ListView['order']) => void;
}) {
  const { sort, label, view } = props;
  const isSorted = view.sort === sort;
  const other = view.order === 'ascending' ? 'descending' : 'ascending';
  const Icon = !isSorted ? ChevronsUpDown : view.order === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={() => props.onSort(sort, isSorted ? other : firstOrder(sort))}
      className={`inline-flex items-center gap-1 font-medium hover:text-ink ${isSorted ? 'text-ink' : ''}`}
    >
      {label}
      <Icon aria-hidden="true" size={14} className={isSorted ? '' : 'opacity-60'} />
    </button>
  );
}
