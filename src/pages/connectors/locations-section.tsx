import { ChevronRight, FileSpreadsheet, Folder, RefreshCw, Table2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from '../../components/button';
import { Section } from '../../components/card';
import { formatBytes, formatCount, formatPlural } from '../../components/format';
import { EmptyState, Loading, Notice } from '../../components/notice';
import { ShowMore } from '../../components/show-more';
import { UserText } from '../../components/table';
import { type Connector, type ConnectorLocation, MAX_LISTED_ENTRIES } from '../../domain/connectors';
import { useClient, useLoaded } from '../client-context';
import { LocationView } from './location-view';

/** What is there: folders are opened, files and tables are looked into. */
export function LocationsSection({ connector }: { connector: Connector }) {
  const client = useClient();
  const { id, type } = connector;
  const [prefix, setPrefix] = useState('');
  const [shown, setShown] = useState<string | null>(null);
  const [looks, setLooks] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another look asks again
  const load = useCallback(() => client.connectors.locations(id, prefix), [client, id, prefix, looks]);
  const found = useLoaded(load);
  const isDatabase = type === 'SQLITE' || type === 'DUCKDB';
  return (
    <Section
      title={isDatabase ? 'Tables' : 'Files'}
      about={
        isDatabase
          ? 'Tables and views of the database. Open one to see its columns.'
          : 'Files that tables come in. Open one to see its columns.'
      }
      actions={
        <Button icon={RefreshCw} variant="ghost" onClick={() => setLooks(looks + 1)}>
          List again
        </Button>
      }
    >
      {!isDatabase && prefix !== '' && (
        <Path
          prefix={prefix}
          root={connector.at ?? connector.name}
          onOpen={(to) => {
            setPrefix(to);
            setShown(null);
          }}
        />
      )}
      {type === 'FOLDER' && Array.isArray(found) && found.length >= MAX_LISTED_ENTRIES && (
        <Notice tone="warning" className="mb-4">
          Up to {formatCount(MAX_LISTED_ENTRIES)} entries of a folder are listed, and this one may have more.
          Files in folders of their own are found there.
        </Notice>
      )}
      {found === null ? (
        <Loading what="Looking what is there" />
      ) : typeof found === 'string' ? (
        <Notice tone="error">{found}</Notice>
      ) : found.length === 0 ? (
        <EmptyState>
          {isDatabase ? 'There is no table in it yet.' : 'There is no file here that a table could be in.'}
        </EmptyState>
      ) : (
        <ShowMore items={found} portion={100} noun="entries">
          {(entries) => (
            <ul
              aria-label={isDatabase ? 'Tables' : 'Files'}
              className="divide-y divide-line rounded-xl border border-line bg-card text-sm"
            >
              {entries.map((entry) => (
                <Entry
                  key={entry.location}
                  connector={connector}
                  entry={entry}
                  prefix={prefix}
                  isShown={entry.location === shown}
                  onOpen={() => {
                    if (entry.kind === 'folder') setPrefix(entry.location);
                    setShown(entry.kind === 'folder' || entry.location === shown ? null : entry.location);
                  }}
                />
              ))}
            </ul>
          )}
        </ShowMore>
      )}
    </Section>
  );
}

const ICONS = { folder: Folder, file: FileSpreadsheet, table: Table2 };

function Entry(props: {
  readonly connector: Connector;
  readonly entry: ConnectorLocation;
  readonly prefix: string;
  readonly isShown: boolean;
  readonly onOpen: () => void;
}) {
  const { connector, entry, prefix, isShown } = props;
  const { kind, location, bytes, rows } = entry;
  const Icon = ICONS[kind];
  const about = [
    ...(rows === undefined ? [] : [formatPlural(rows, 'row')]),
    ...(bytes === undefined ? [] : [formatBytes(bytes)]),
  ];
  return (
    <li>
      <button
        type="button"
        aria-expanded={kind === 'folder' ? undefined : isShown}
        onClick={props.onOpen}
        className="flex min-h-11 w-full items-center gap-3 px-4 py-2 text-left hover:bg-sunken"
      >
        <Icon aria-hidden="true" size={16} className="shrink-0 text-accent" />
        <UserText text={location.slice(prefix.length).replace(/\/$/, '')} className="min-w-0 font-medium" />
        <span className="ml-auto shrink-0 text-ink-soft tabular-nums">{about.join(' · ')}</span>
        <ChevronRight
          aria-hidden="true"
          size={16}
          className={`shrink-0 text-ink-soft transition-transform ${isShown ? 'rotate-90' : ''}`}
        />
      </button>
      {isShown && <LocationView connector={connector} location={location} />}
    </li>
  );
}

/** The folders above, each a way back. */
function Path(props: {
  readonly prefix: string;
  readonly root: string;
  readonly onOpen: (prefix: string) => void;
}) {
  const parts = props.prefix.split('/').filter(Boolean);
  const steps = ['', ...parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`)];
  return (
    <nav aria-label="Folders above" className="mb-3 flex flex-wrap items-center gap-1 text-sm">
      {steps.map((step, i) => (
        <span key={step} className="flex min-w-0 items-center gap-1">
          {i > 0 && <ChevronRight aria-hidden="true" size={14} className="text-ink-soft" />}
          {i === steps.length - 1 ? (
            <span aria-current="true" className="px-1 font-medium break-words">
              <bdi>{parts[i - 1]}</bdi>
            </span>
          ) : (
            <button
              type="button"
              onClick={() => props.onOpen(step)}
              className="min-h-9 rounded-lg px-1 text-accent break-words hover:bg-sunken"
            >
              <bdi>{i === 0 ? props.root : parts[i - 1]}</bdi>
            </button>
          )}
        </span>
      ))}
    </nav>
  );
}
