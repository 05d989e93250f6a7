/** What a list begins with: what its resources are, and what makes one. */

import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Button } from '../../components/button';
import { FileButton } from '../../components/file-button';
import type { ListedKind } from '../../domain/resource-list';
import { TABLE_FILES } from '../../domain/table-files';
import { importFiles, showError } from '../actions';
import { useClient } from '../client-context';
import { pathOfResource, RESOURCE_KINDS } from '../kinds';

const NewConnectorDialog = lazy(async () => ({
  default: (await import('../connectors/new-connector-dialog')).NewConnectorDialog,
}));

/** Where the name alone does not say it. */
const ABOUT: Partial<Record<ListedKind, string>> = {
  dataset:
    'A dataset bundles sources that belong together, with a description and instructions for whoever uses them. Rows that a generator draws are synthetic datasets.',
  connector:
    'A connector is a saved connection to a folder, an address or a database file: tables are read from there, and synthetic rows written to it.',
  recipe:
    'A recipe keeps how a table was read, learned, generated and checked, and no value of its rows. Run it on the next file with one click, or without a window:',
};

/** What makes one. */
export const NEXT_STEP: Record<ListedKind, string> = {
  source: 'Drop a table anywhere in this window, or choose a file.',
  dataset: 'Make one, and add the sources that belong together.',
  generator: 'Open a source and press Synthesize or Configure.',
  'synthetic-dataset': 'A trained generator makes one.',
  connector: 'Make one to a folder, an address or a database file.',
  report: 'Each synthetic dataset gets one, unless that is switched off.',
  recipe:
    'Open a synthetic dataset or a trained generator and press Save as recipe, or drop the file of one.',
};

/** The list that the first one is made from; absent = from none. */
const MADE_FROM: Partial<Record<ListedKind, ListedKind>> = {
  generator: 'source',
  'synthetic-dataset': 'generator',
  report: 'generator',
  recipe: 'generator',
};

export function ListAbout({ kind }: { kind: ListedKind }) {
  const about = ABOUT[kind];
  if (about === undefined) return null;
  return (
    <p className="mt-1 text-sm text-ink-soft">
      {about}
      {kind === 'recipe' && (
        <>
          {' '}
          <code className="inline-block text-xs">npm run synthesize -- --recipe FILE data.csv</code>
        </>
      )}
    </p>
  );
}

/** Makes a resource of the kind, where a list can. */
export function ListAction({ kind }: { kind: ListedKind }) {
  const client = useClient();
  const [, navigate] = useLocation();
  if (kind === 'recipe') {
    return (
      <FileButton
        label="Import a recipe"
        variant="secondary"
        accept=".json,application/json"
        onFiles={(files) => void importFiles(client, files)}
      />
    );
  }
  if (kind === 'connector') return <NewConnector />;
  if (kind !== 'dataset') return null;
  const create = () => {
    try {
      navigate(pathOfResource({ kind, id: client.datasets.create({ name: 'New dataset' }).id }));
    } catch (error) {
      showError(error);
    }
  };
  return (
    <Button variant="primary" icon={Plus} onClick={create}>
      New dataset
    </Button>
  );
}

function NewConnector() {
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <Button variant="primary" icon={Plus} onClick={() => setAsked(true)}>
        New connector
      </Button>
      {isAsked && (
        <Suspense>
          <NewConnectorDialog onClose={() => setAsked(false)} />
        </Suspense>
      )}
    </>
  );
}

/** From an empty list to what fills it. */
export function WayToFirst({ kind }: { kind: ListedKind }) {
  const client = useClient();
  if (kind === 'source')
    return <FileButton accept={TABLE_FILES} onFiles={(files) => void importFiles(client, files)} />;
  const from = MADE_FROM[kind];
  if (from === undefined) return null;
  const { title, path } = RESOURCE_KINDS[from];
  return (
    <Link href={path} className="font-medium text-accent underline underline-offset-2">
      Go to the {title.toLowerCase()}
    </Link>
  );
}
