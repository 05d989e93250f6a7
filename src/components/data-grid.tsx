// biome-ignore-all lint/a11y/useSemanticElements: rows and cells are placed absolutely, which a <table> cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells of a table that is only read take no focus

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { formatCount } from './format';
import { ScrollArea } from './table';

/** A block of rows as text; `null` is no value. */
export interface GridPage {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly offset: number;
}

interface Props {
  /** Names the table for screen readers. */
  readonly label: string;
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** Fetches rows; called per page of 100 as they scroll into view. */
  readonly load: (offset: number, limit: number) => Promise<GridPage>;
  /** Columns whose values align right. */
  readonly numeric?: ReadonlySet<string>;
}

const PAGE = 100;
const ROW_HEIGHT = 34;
/** Of a column whose rows are not there yet. */
const COLUMN_WIDTH = 152;
const MIN_COLUMN_WIDTH = 96;
const MAX_COLUMN_WIDTH = 280;
/** Of a character, about, and of the space around a text. */
const CHARACTER_WIDTH = 8;
const CELL_PADDING = 26;
/** Rows that the width of a column is decided by. */
const MEASURED_ROWS = 50;
const INDEX_WIDTH = 72;
/** Of the width of a column. */
const MAX_STRETCH = 2;

/**
 * A table of any size: only the rows and columns in view exist. Remount it (by `key`) when the rows change. More rows
 * than a browser can scroll over (about 16 million pixels) are cut, and said so by the caller.
 */
export function DataGrid({ label, columns, rowCount, load, numeric }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { row, request, first: firstPage } = usePages(load);
  const names = columns.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: callers make a list of the same names for every render
  const widths = useMemo(() => columnWidths(columns, firstPage), [names, firstPage]);
  const rows = useVirtualizer({
    count: Math.min(rowCount, 400_000),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollMargin: 0,
  });
  const cols = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? COLUMN_WIDTH,
    overscan: 2,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was estimated before the rows came is estimated anew
  useLayoutEffect(() => cols.measure(), [widths]);
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => request(first, Math.min(last, rowCount - 1)), [request, first, last, rowCount]);
  const shown = cols.getVirtualItems();
  // Few columns share the width that is there; all of them are in view then.
  const spare = ((cols.scrollRect?.width ?? 0) - INDEX_WIDTH) / Math.max(1, cols.getTotalSize());
  const stretch = Math.min(Math.max(1, spare), MAX_STRETCH);
  const width = Math.floor(cols.getTotalSize() * stretch) + INDEX_WIDTH;
  const at = (start: number, size: number) => ({
    width: size * stretch,
    transform: `translateX(${start * stretch + INDEX_WIDTH}px)`,
  });
  return (
    <ScrollArea ref={scroller} label={label} className="relative max-h-96">
      <div role="table" aria-rowcount={rowCount + 1} aria-colcount={columns.length} aria-label={label}>
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 h-9 min-w-full border-b border-line bg-sunken"
          style={{ width }}
        >
          <span
            role="columnheader"
            className="absolute inset-y-0 left-0 px-3 py-2 text-ink-soft"
            style={{ width: INDEX_WIDTH }}
          >
            Row
          </span>
          {shown.map(({ index, start, size }) => (
            <span
              key={index}
              role="columnheader"
              aria-colindex={index + 1}
              title={columns[index]}
              className={`absolute inset-y-0 left-0 truncate px-3 py-2 font-medium ${numeric?.has(columns[index]!) ? 'text-right' : ''}`}
              style={at(start, size)}
            >
              <bdi>{columns[index]}</bdi>
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative min-w-full" style={{ height: rows.getTotalSize(), width }}>
          {items.map(({ index, start: top }) => {
            const cells = row(index);
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                className="absolute left-0 w-full border-b border-line/60"
                style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
              >
                <span
                  role="rowheader"
                  className="absolute left-0 px-3 py-1.5 text-ink-soft"
                  style={{ width: INDEX_WIDTH }}
                >
                  {formatCount(index + 1)}
                </span>
                {shown.map(({ index: column, start, size }) => (
                  <Cell
                    key={column}
                    text={cells?.[column]}
                    right={numeric?.has(columns[column]!) ?? false}
                    style={at(start, size)}
                  />
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </ScrollArea>
  );
}

/** Widths that the names and the first rows ask for: short columns leave room for long ones. */
function columnWidths(columns: readonly string[], page: GridPage | null): readonly number[] {
  if (!page) return [];
  const rows = page.rows.slice(0, MEASURED_ROWS);
  return columns.map((name, index) => {
    const longest = rows.reduce((max, cells) => Math.max(max, cells[index]?.length ?? 0), name.length);
    const width = longest * CHARACTER_WIDTH + CELL_PADDING;
    return Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, width));
  });
}

/** `undefined` = still on its way, `null` = no value. */
function Cell(props: { text: string | null | undefined; right: boolean; style: React.CSSProperties }) {
  return (
    <span
      role="cell"
      title={props.text ?? undefined}
      className={`absolute left-0 truncate px-3 py-1.5 ${props.right ? 'text-right' : ''}`}
      style={props.style}
    >
      {props.text === null ? <i className="text-ink-soft">empty</i> : <bdi>{props.text ?? '…'}</bdi>}
    </span>
  );
}

function usePages(load: Props['load']) {
  const pages = useRef(new Map<number, GridPage | 'loading'>());
  const [, redraw] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  const [api] = useState(() => ({
    row: (index: number) => {
      const page = pages.current.get(Math.floor(index / PAGE));
      return page && page !== 'loading' ? page.rows[index - page.offset] : undefined;
    },
    request: (from: number, to: number) => {
      for (let page = Math.floor(from / PAGE); page <= Math.floor(Math.max(from, to) / PAGE); page++) {
        if (pages.current.has(page)) continue;
        pages.current.set(page, 'loading');
        loader
          .current(page * PAGE, PAGE)
          .then((result) => pages.current.set(page, result))
          .catch(() => pages.current.delete(page))
          .finally(() => redraw((count) => count + 1));
      }
    },
  }));
  const first = pages.current.get(0);
  return { ...api, first: first && first !== 'loading' ? first : null };
}
