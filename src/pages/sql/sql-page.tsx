import { useId, useRef, useState } from 'react';
import { EmptyState } from '../../components/notice';
import { quotedName } from '../../domain/sql-tables';
import { useClient, useResources } from '../client-context';
import { PageHeading } from '../resource-page';
import { QueryEditor } from './query-editor';
import { HISTORY, type HistoryEntry, remember } from './query-history';
import { TableList } from './table-list';

/** Queries over all tables of the project; nothing is changed by them. */
export function SqlPage() {
  const client = useClient();
  // Renders again when a table comes or goes.
  useResources();
  const tables = client.sql.tables();
  const [query, setQuery] = useState(HISTORY.at(-1)?.query ?? '');
  const [history, setHistory] = useState<readonly HistoryEntry[]>([...HISTORY]);
  const editor = useRef<HTMLTextAreaElement>(null);
  const historyId = useId();
  const insert = (text: string) => {
    const area = editor.current;
    const at = area?.selectionStart ?? query.length;
    const end = area?.selectionEnd ?? at;
    setQuery(query.slice(0, at) + text + query.slice(end));
    area?.focus();
  };
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <PageHeading title="SQL" />
      <p className="mt-1 max-w-2xl text-sm text-ink-soft">
        Queries read the tables of this project and change nothing. DuckDB runs them in this browser.
      </p>
      {tables.length === 0 && (
        <div className="mt-6">
          <EmptyState>This project has no tables yet. Drop one anywhere in this window.</EmptyState>
        </div>
      )}
      <div className="mt-6 grid gap-6 lg:grid-cols-[16rem_minmax(0,1fr)]">
        <TableList
          tables={tables}
          onInsert={insert}
          onShow={({ name }) => setQuery(`SELECT *\nFROM ${quotedName(name)}\nLIMIT 100`)}
        />
        <div className="min-w-0 max-lg:row-start-1">
          <QueryEditor
            ref={editor}
            query={query}
            onChange={setQuery}
            run={client.sql}
            placeholder={tables[0] && `SELECT * FROM ${quotedName(tables[0].name)} LIMIT 100`}
            onEnd={(text, outcome) => setHistory(remember({ query: text, outcome }))}
          />
          {history.length > 0 && (
            <section className="mt-8" aria-labelledby={historyId}>
              <h2 id={historyId} className="mb-2 font-semibold">
                Earlier queries
              </h2>
              <ul className="divide-y divide-line rounded-xl border border-line bg-card text-sm">
                {history.toReversed().map((entry) => (
                  <li key={entry.query}>
                    <button
                      type="button"
                      onClick={() => {
                        setQuery(entry.query);
                        editor.current?.focus();
                      }}
                      className="flex min-h-10 w-full items-center gap-3 px-3 py-2 text-left hover:bg-sunken"
                    >
                      <code className="min-w-0 flex-1 truncate">{entry.query}</code>
                      <span className="shrink-0 text-ink-soft">{entry.outcome}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </div>
  );
}
