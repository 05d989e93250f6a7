import { formatCount } from '../../components/format';
import { UserText } from '../../components/table';
import { quotedName, type SqlTableFacts } from '../../domain/sql-tables';

/** The tables that queries can read, with their columns. */
export function TableList(props: {
  readonly tables: readonly SqlTableFacts[];
  readonly onInsert: (text: string) => void;
  readonly onShow: (table: SqlTableFacts) => void;
}) {
  if (props.tables.length === 0) return <div className="max-lg:hidden" />;
  return (
    <section aria-label="Tables" className="min-w-0">
      <h2 className="mb-2 font-semibold">Tables</h2>
      <ul className="space-y-2">
        {props.tables.map((table) => (
          <li key={table.tableId}>
            <details className="rounded-xl border border-line bg-card text-sm">
              <summary className="cursor-pointer px-3 py-2">
                <UserText text={table.name} className="max-w-[calc(100%-1.5rem)] font-medium" />
                <span className="block text-xs text-ink-soft">
                  {table.sampleOf === undefined
                    ? `${formatCount(table.rows)} rows`
                    : `a sample of ${formatCount(table.rows)} of ${formatCount(table.sampleOf)} rows`}
                  {table.kind === 'synthetic-dataset' && ', synthetic'}
                </span>
              </summary>
              <div className="max-h-72 overflow-auto border-t border-line p-1">
                <button
                  type="button"
                  onClick={() => props.onShow(table)}
                  className="min-h-9 w-full rounded-lg px-2 text-left text-accent hover:bg-sunken"
                >
                  Query this table
                </button>
                {table.columns.map(({ name, type }) => (
                  <button
                    key={name}
                    type="button"
                    title={`Put ${name} into the query`}
                    onClick={() => props.onInsert(quotedName(name))}
                    className="flex min-h-9 w-full items-center justify-between gap-2 rounded-lg px-2 text-left hover:bg-sunken"
                  >
                    <UserText text={name} className="min-w-0" />
                    <span className="shrink-0 text-xs text-ink-soft">{type}</span>
                  </button>
                ))}
              </div>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
