import { FileInput, Rows3 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { SelectField } from '../../components/field';
import { formatPlural } from '../../components/format';
import { Loading, Notice } from '../../components/notice';
import { TextTable, UserText } from '../../components/table';
import type { Connector } from '../../domain/connectors';
import { errorText, isCanceled } from '../../domain/errors';
import type { Job } from '../../domain/job';
import { useClient, useLoaded, useResources } from '../client-context';
import { JobProgressPanel } from '../job-progress-panel';

/** Rows of a preview. */
const LIMITS = ['10', '100', '1000'] as const;

/** A location: its columns, its first rows, and the way to a source. */
export function LocationView({ connector, location }: { connector: Connector; location: string }) {
  const client = useClient();
  const { id, accessType } = connector;
  const load = useCallback(
    async () => ({ columns: await client.connectors.schema(id, location) }),
    [client, id, location],
  );
  const schema = useLoaded(load);
  return (
    <div className="border-t border-line bg-sunken/50 p-4">
      {schema === null ? (
        <Loading what="Reading the columns" />
      ) : typeof schema === 'string' ? (
        <Notice tone="error">{schema}</Notice>
      ) : (
        <>
          <p className="font-medium">{formatPlural(schema.columns.length, 'column')}</p>
          <ul
            aria-label={`Columns of ${location}`}
            className="mt-2 flex max-h-48 flex-wrap gap-2 overflow-y-auto"
          >
            {schema.columns.map(({ name, type }, i) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, their order does not change
                key={i}
                className="flex max-w-full items-baseline gap-2 rounded-lg border border-line bg-card px-2 py-1"
              >
                <UserText text={name} className="min-w-0" />
                <span className="shrink-0 text-xs text-ink-soft">{type}</span>
              </li>
            ))}
          </ul>
          {accessType === 'READ_PROTECTED' ? (
            <p className="mt-4 text-ink-soft">It is read-protected: no row of it is shown or imported.</p>
          ) : (
            <Reading connector={connector} location={location} />
          )}
        </>
      )}
    </div>
  );
}

interface Reading {
  readonly controller: AbortController;
  readonly progress: Job | null;
}

/** First rows, and imports. */
function Reading({ connector: { id }, location }: { connector: Connector; location: string }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const { sources } = useResources();
  const [limit, setLimit] = useState<(typeof LIMITS)[number] | null>(null);
  const [reading, setReading] = useState<Reading | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const controller = reading?.controller;
  useEffect(() => () => controller?.abort(), [controller]);
  const from = sources.filter(
    (source) => source.from?.connectorId === id && source.from.location === location,
  );
  const read = async (
    work: (call: { signal: AbortSignal; onProgress: (job: Job) => void }) => Promise<string>,
  ) => {
    const started = { controller: new AbortController(), progress: null };
    setReading(started);
    setProblem(null);
    try {
      const { signal } = started.controller;
      navigate(await work({ signal, onProgress: (progress) => setReading({ ...started, progress }) }));
    } catch (error) {
      if (!isCanceled(error)) setProblem(errorText(error));
    } finally {
      setReading(null);
    }
  };
  const toSource = () =>
    read(async (call) => `/sources/${(await client.connectors.toSource(id, location, call)).id}`);
  const toVersion = (sourceId: string) =>
    read(async (call) => {
      await client.connectors.toVersion(id, sourceId, location, call);
      return `/sources/${sourceId}`;
    });
  return (
    <>
      <div className="mt-4 flex flex-wrap items-end gap-2">
        <Button
          variant="primary"
          icon={FileInput}
          disabled={reading !== null}
          onClick={() => void toSource()}
        >
          Import as a source
        </Button>
        {from.slice(-3).map((source) => (
          <Button key={source.id} disabled={reading !== null} onClick={() => void toVersion(source.id)}>
            <span className="max-w-56 truncate">
              As a newer version of <bdi>{source.name}</bdi>
            </span>
          </Button>
        ))}
        {limit === null && (
          <Button icon={Rows3} onClick={() => setLimit('10')}>
            Show rows
          </Button>
        )}
      </div>
      {reading && (
        <div className="mt-4">
          <JobProgressPanel
            progress={reading.progress}
            waiting="Reading it"
            onCancel={() => reading.controller.abort()}
          />
        </div>
      )}
      {problem !== null && (
        <Notice tone="error" className="mt-4">
          {problem}
        </Notice>
      )}
      {limit !== null && (
        <div className="mt-4">
          <div className="mb-2 w-40">
            <SelectField
              label="Rows at most"
              value={limit}
              options={LIMITS.map((value) => ({ value, label: Number(value).toLocaleString('en') }))}
              onChange={setLimit}
            />
          </div>
          <FirstRows id={id} location={location} limit={Number(limit)} />
        </div>
      )}
    </>
  );
}

function FirstRows({ id, location, limit }: { id: string; location: string; limit: number }) {
  const client = useClient();
  const load = useCallback(
    () => client.connectors.readData(id, location, { limit }),
    [client, id, location, limit],
  );
  const rows = useLoaded(load);
  if (rows === null) return <Loading what="Reading rows" />;
  if (typeof rows === 'string') return <Notice tone="error">{rows}</Notice>;
  return <TextTable label={`First rows of ${location}`} columns={rows.columns} rows={rows.rows} />;
}
