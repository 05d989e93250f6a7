import { Play, Square } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { Button } from '../../components/button';
import { Loading, Notice } from '../../components/notice';
import { errorText, isCanceled } from '../../domain/errors';
import type { SqlResult } from '../../domain/sql-tables';
import { QueryResult } from './query-result';

/** A query, what runs and cancels it, and its result. */
export function QueryEditor(props: {
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly run: (query: string, options: { readonly signal: AbortSignal }) => Promise<SqlResult>;
  readonly placeholder?: string | undefined;
  readonly rows?: number;
  readonly ref?: RefObject<HTMLTextAreaElement | null>;
  /** Told how a query ended: "3 rows", "failed", "cancelled". */
  readonly onEnd?: (query: string, outcome: string) => void;
}) {
  const { query, onEnd } = props;
  const [result, setResult] = useState<SqlResult | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
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
      const found = await props.run(query, { signal: controller.signal });
      setResult(found);
      outcome = `${found.rowCount.toLocaleString('en')} rows`;
    } catch (problem) {
      setError(isCanceled(problem) ? null : errorText(problem));
      if (!isCanceled(problem)) outcome = 'failed';
    } finally {
      setRunning(null);
      onEnd?.(query, outcome);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void run();
  };
  return (
    <>
      <label htmlFor={editorId} className="mb-1 block text-sm font-medium">
        Query
      </label>
      <textarea
        ref={props.ref}
        id={editorId}
        aria-describedby={helpId}
        value={query}
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={onKeyDown}
        rows={props.rows ?? 8}
        placeholder={props.placeholder}
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
    </>
  );
}
