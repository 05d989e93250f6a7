import { SquareTerminal } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { Section } from '../../components/card';
import type { Connector } from '../../domain/connectors';
import { quotedName } from '../../domain/sql-tables';
import { useClient, useLoaded } from '../client-context';
import { QueryEditor } from '../sql/query-editor';

/** Names that are said above the editor. */
const MAX_SAID = 6;

/** Queries over what is there; nothing is changed by them. */
export function QuerySection({ connector }: { connector: Connector }) {
  const client = useClient();
  const { id, type } = connector;
  const [isAsked, setAsked] = useState(false);
  return (
    <Section
      title="SQL"
      about={`Queries read ${type === 'FOLDER' || type === 'ADDRESS' ? 'these files' : 'these tables'} and change nothing. DuckDB runs them in this browser.`}
    >
      {isAsked ? (
        <Query id={id} client={client} />
      ) : (
        <Button icon={SquareTerminal} onClick={() => setAsked(true)}>
          Write a query
        </Button>
      )}
    </Section>
  );
}

function Query({ id, client }: { id: string; client: ReturnType<typeof useClient> }) {
  const [query, setQuery] = useState('');
  const editor = useRef<HTMLTextAreaElement>(null);
  // The button that asked for it is gone.
  useEffect(() => editor.current?.focus(), []);
  const load = useCallback(async () => ({ names: await client.connectors.queryNames(id) }), [client, id]);
  const found = useLoaded(load);
  const names = typeof found === 'object' && found ? found.names.map(({ name }) => quotedName(name)) : [];
  return (
    <div>
      {names.length > 0 && (
        <p className="mb-3 text-sm break-words text-ink-soft">
          Names:{' '}
          {names.slice(0, MAX_SAID).map((name, i) => (
            <span key={name}>
              {i > 0 && ', '}
              <code className="text-xs text-ink">{name}</code>
            </span>
          ))}
          {names.length > MAX_SAID && ` and ${names.length - MAX_SAID} more`}
        </p>
      )}
      <QueryEditor
        ref={editor}
        query={query}
        onChange={setQuery}
        run={(text, options) => client.connectors.query(id, text, options)}
        placeholder={names[0] && `SELECT * FROM ${names[0]} LIMIT 100`}
        rows={4}
      />
    </div>
  );
}
