import { memo, type ReactNode, type Ref, useState } from 'react';

/** An area that scrolls on its own, named, and reachable by keyboard so that it can be scrolled without a mouse. */
export function ScrollArea(props: {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLElement>;
}) {
  return (
    <section
      ref={props.ref}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1, a scrolling area must take the focus
      tabIndex={0}
      className={`overflow-auto rounded-xl border border-line bg-card text-sm ${props.className}`}
    >
      {props.children}
    </section>
  );
}

/** Text that came from a person's file: isolated in direction, never markup, clipped with the whole as title. */
export function UserText({ text, className = '' }: { text: string; className?: string }) {
  return (
    <bdi title={text} className={`inline-block max-w-full truncate align-bottom ${className}`}>
      {text === '' ? ' ' : text}
    </bdi>
  );
}

export interface TableColumn<R> {
  readonly title: ReactNode;
  readonly cell: (row: R) => ReactNode;
  /** How the rows are sorted by it; absent = they cannot be. */
  readonly sorted?: 'ascending' | 'descending' | 'none';
  /** Its cells name their rows. */
  readonly isHeader?: boolean;
  /** Width, alignment and colour of head and cells. */
  readonly className?: string;
  /**
   * Where its cells stand in a card: beside what names the row and without their title, or one after the other with
   * others of a few characters; absent = on a line of their own.
   */
  readonly inCard?: 'corner' | 'short';
}

/** A table under a fixed head. */
export function Table<R>(props: {
  readonly label: string;
  readonly columns: readonly TableColumn<R>[];
  readonly rows: readonly R[];
  /** Of the area that scrolls. */
  readonly className?: string;
  /** Of every cell. */
  readonly cellClass?: string;
  /** What tells one row from another; absent = where it stands. */
  readonly keyOf?: (row: R) => string;
  /** On phones each row is a card, a line for each cell, instead of a table that scrolls sideways. */
  readonly asCards?: boolean;
}) {
  const { columns, cellClass = 'py-1.5', asCards = false } = props;
  const look = asCards ? CARDS : PLAIN;
  const shape = (column: TableColumn<R>) => `px-3 first:pl-4 last:pr-4 ${column.className ?? ''}`;
  return (
    <ScrollArea label={props.label} className={props.className ?? 'max-h-96'}>
      {/* Roles: what is no table by its display is none to a screen reader either. */}
      <table role={look.role.table} className={`w-full border-collapse text-left ${look.block}`}>
        <thead role={look.role.group} className={`sticky top-0 z-10 bg-sunken text-ink-soft ${look.head}`}>
          <tr role={look.role.row}>
            {columns.map((column, index) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: titles may repeat, their order does not change
                key={index}
                scope="col"
                role={look.role.columnHeader}
                aria-sort={column.sorted}
                className={`py-2 font-medium ${shape(column)}`}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role={look.role.group} className={look.block}>
          {props.rows.map((row, number) => (
            <tr
              key={props.keyOf?.(row) ?? number}
              role={look.role.row}
              className={`border-t border-line/70 ${look.card}`}
            >
              {columns.map((column, index) => {
                const Cell = column.isHeader ? 'th' : 'td';
                return (
                  <Cell
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    key={index}
                    scope={column.isHeader ? 'row' : undefined}
                    role={column.isHeader ? look.role.rowHeader : look.role.cell}
                    className={`${cellClass} ${column.isHeader ? 'font-medium' : ''} ${shape(column)} ${asCards ? cardCell(column) : ''}`}
                  >
                    {asCards && !column.isHeader && column.inCard !== 'corner' && (
                      <span
                        className={`shrink-0 text-left font-normal text-ink-soft sm:hidden ${column.inCard === 'short' ? '' : 'w-20'}`}
                      >
                        {column.title}
                      </span>
                    )}
                    {asCards ? (
                      <div className="min-w-0 max-sm:flex-1">{column.cell(row)}</div>
                    ) : (
                      column.cell(row)
                    )}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

const PLAIN = {
  ...{ block: '', head: '', card: '' },
  role: {
    ...{ table: undefined, group: undefined, row: undefined },
    ...{ columnHeader: undefined, rowHeader: undefined, cell: undefined },
  },
};
const CARDS = {
  block: 'max-sm:block',
  head: 'max-sm:hidden',
  card: 'max-sm:flex max-sm:flex-wrap max-sm:items-start max-sm:gap-y-1 max-sm:px-4 max-sm:py-3',
  role: {
    ...{ table: 'table', group: 'rowgroup', row: 'row' },
    ...{ columnHeader: 'columnheader', rowHeader: 'rowheader', cell: 'cell' },
  },
};

/** In a card, what names the row and what acts on it share its first line; every other cell takes one of its own. */
function cardCell<R>(column: TableColumn<R>): string {
  const cell = 'max-sm:w-auto max-sm:max-w-full max-sm:p-0! max-sm:text-left';
  if (column.isHeader) return `${cell} max-sm:order-first max-sm:min-w-0 max-sm:grow max-sm:basis-3/5`;
  if (column.inCard === 'short') return `${cell} max-sm:order-1 max-sm:mr-4 max-sm:flex max-sm:gap-1.5`;
  return column.inCard !== 'corner'
    ? `${cell} max-sm:order-1 max-sm:flex max-sm:basis-full max-sm:gap-3`
    : `${cell} max-sm:order-first max-sm:pr-3!`;
}

type TextRow = readonly (string | null)[];

/** A few rows of text, `null` for no value: previews of a dialect, sample rows, rejected rows. */
export const TextTable = memo(function TextTable(props: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly TextRow[];
  /** Columns whose values align right. */
  readonly numeric?: ReadonlySet<string>;
}) {
  const columns = props.columns.map(
    (title, index): TableColumn<TextRow> => ({
      title: <UserText text={title} />,
      cell: (row) => {
        const text = row[index] ?? null;
        return text === null ? <i className="text-ink-soft">empty</i> : <UserText text={text} />;
      },
      className: `max-w-48 ${props.numeric?.has(title) ? 'text-right' : ''}`,
    }),
  );
  return <Table label={props.label} columns={columns} rows={props.rows} />;
});

/** The numbers behind a chart, names in the first column. They exist only while they are open: a report has hundreds. */
export function ChartData(props: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: () => readonly TextRow[];
}) {
  const [open, setOpen] = useState(false);
  return (
    <details className="no-print mt-2 text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="text-ink-soft">
        Table<span className="sr-only"> of {props.label}</span>
      </summary>
      {open && (
        <div className="mt-2">
          <TextTable
            label={`Numbers of ${props.label}`}
            columns={props.columns}
            rows={props.rows()}
            numeric={new Set(props.columns.slice(1))}
          />
        </div>
      )}
    </details>
  );
}
