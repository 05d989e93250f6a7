import { Play, Square } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { EmptyState, Loading, Notice } from '../../components/notice';
import { errorText, isCanceled } from '../../domain/errors';
import { quotedName, type SqlResult } from '../../domain/sql-tables';
import { useClient, useResources } from '../client-context';
import { PageHeading } from '../resource-page';
import { HISTORY, type HistoryEntry, remember } from './query-history';
import { QueryResult } from './query-result';
import { TableList } from './table-list';

/** Queries over all tables of the project; nothing is changed by them. */
export function SqlPage() {
  const client = useClient();
  // Renders again when a table comes or goes.
  useResources();
  const tables = client.sql.tables();
  const [query, setQuery] = useState(HISTORY.at(-1)?.query ?? '');
  const [result, setResult] = useState<SqlResult | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
  const [history, setHistory] = useState<readonly HistoryEntry[]>([...HISTORY]);
  const editor = useRef<HTMLTextAreaElement>(null);
  const [editorId, helpId] = [useId(), useId()];
  useEffect(() => () => running?.abort(), [running]);

  const run = async () => {
    if (running) return;
    const controller = new AbortController();
    setRunning(controller);
    setError(null);
    setResult(null);
    let outcome = 'cancelled';
    try {
      const found = await client.sql(query, { signal: controller.signal });
      setResult(found);
      outcome = `${found.rowCount.toLocaleString('en')} rows`;
    } catch (problem) {
      setError(isCanceled(problem) ? null : errorText(problem));
      if (!isCanceled(problem)) outcome = 'failed';
    } finally {
      setRunning(null);
      setHistory(remember({ query, outcome }));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void run();
  };
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
          <label htmlFor={editorId} className="mb-1 block text-sm font-medium">
            Query
          </label>
          <textarea
            ref={editor}
            id={editorId}
            aria-describedby={helpId}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={onKeyDown}
            rows={8}
            placeholder={tables[0] && `SELECT * FROM ${quotedName(tables[0].name)} LIMIT 100`}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            className="w-full resize-y rounded-lg border border-line-strong/70 bg-card px-3 py-2 font-mono text-sm text-ink"
          />
          <p id={helpId} className="mt-1 text-xs text-ink-soft">
            One SELECT, WITH, FROM, DESCRIBE, SUMMARIZE or EXPLAIN. Ctrl or ⌘ with Enter runs it.
          </p>
          <div className="mt-3 flex flex-wrap gap-2">
            {running ? (
              <Button icon={Square} onClick={() => running.abort()}>
                Cancel
              </Button>
            ) : (
              <Button variant="primary" icon={Play} onClick={() => void run()}>
                Run
              </Button>
            )}
          </div>
          <div className="mt-6">
            {running && <Loading what="Running the query" />}
            {error && <Notice tone="error">{error}</Notice>}
            {result && <QueryResult result={result} />}
          </div>
          {history.length > 0 && (
            <section className="mt-8" aria-labelledby={`${helpId}-history`}>
              <h2 id={`${helpId}-history`} className="mb-2 font-semibold">
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
