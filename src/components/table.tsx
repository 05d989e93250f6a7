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
}) {
  const { columns, cellClass = 'py-1.5' } = props;
  const shape = (column: TableColumn<R>) => `px-3 first:pl-4 last:pr-4 ${column.className ?? ''}`;
  return (
    <ScrollArea label={props.label} className={props.className ?? 'max-h-96'}>
      <table className="w-full border-collapse text-left">
        <thead className="sticky top-0 z-10 bg-sunken text-ink-soft">
          <tr>
            {columns.map((column, index) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: titles may repeat, their order does not change
                key={index}
                scope="col"
                aria-sort={column.sorted}
                className={`py-2 font-medium ${shape(column)}`}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, number) => (
            <tr key={props.keyOf?.(row) ?? number} className="border-t border-line/70">
              {columns.map((column, index) => {
                const Cell = column.isHeader ? 'th' : 'td';
                return (
                  <Cell
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    key={index}
                    scope={column.isHeader ? 'row' : undefined}
                    className={`${cellClass} ${column.isHeader ? 'font-medium' : ''} ${shape(column)}`}
                  >
                    {column.cell(row)}
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
