import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { formatPlural } from '../../components/format';
import { EmptyState } from '../../components/notice';
import { ListPager } from '../lists/list-pager';
import { ColumnToolbar } from './column-toolbar';
import { type ColumnFacts, viewColumns, WHOLE_FILE } from './column-view';

/** Fewer columns are seen at a glance: they need no search. */
const MIN_SEARCHED = 13;

/** Columns of a page; the fewest at first: of more, each with its choices, a page takes longer than it may hold up the next key. */
const SIZES = [15, 30, 60, 120];

/**
 * A list of columns, however many: searched, filtered, sorted, and a page of it at a time, so that typing stays quick.
 * @param beside what stands beside the count of columns: found are those of the view, on all pages
 */
export function ColumnPages<T extends { readonly facts: ColumnFacts }>(props: {
  readonly columns: readonly T[];
  readonly beside?: (found: readonly T[]) => ReactNode;
  readonly children: (shown: readonly T[], isSearched: boolean) => ReactNode;
}) {
  const { columns, beside, children } = props;
  const [view, setView] = useState(WHOLE_FILE);
  const [{ page, size }, setPage] = useState({ page: 0, size: SIZES[0]! });
  // The next key is heard while the list is drawn.
  const sought = useDeferredValue(view);
  const found = useMemo(() => viewColumns(columns, sought), [columns, sought]);
  if (columns.length < MIN_SEARCHED) return children(columns, false);
  const last = Math.max(0, Math.ceil(found.length / size) - 1);
  const at = Math.min(page, last);
  return (
    <>
      <ColumnToolbar
        columns={columns}
        view={view}
        onChange={(changes) => {
          setView((old) => ({ ...old, ...changes }));
          setPage({ page: 0, size });
        }}
      />
      <div className="mt-1 mb-2 flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p role="status" className="text-sm text-ink-soft">
          {found.length < columns.length
            ? `${found.length} of ${formatPlural(columns.length, 'column')}`
            : formatPlural(columns.length, 'column')}
        </p>
        {beside?.(found)}
      </div>
      {found.length > 0 ? (
        children(found.slice(at * size, (at + 1) * size), true)
      ) : (
        <EmptyState>No column matches.</EmptyState>
      )}
      <ListPager
        total={found.length}
        page={at}
        size={size}
        sizes={SIZES}
        onChange={(changes) =>
          setPage((old) => ({ page: changes.page ?? 0, size: changes.size ?? old.size }))
        }
      />
    </>
  );
}
