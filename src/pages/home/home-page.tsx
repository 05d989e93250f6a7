import { ClipboardPaste, FileUp, Globe, Table2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../components/button';
import { FileButton } from '../../components/file-button';
import { DEMO_TABLES } from '../../domain/sources';
import { TABLE_FILE_TITLES, TABLE_FILES } from '../../domain/table-files';
import { importFiles, importSource } from '../actions';
import { useClient, useWorkspace } from '../client-context';
import { usePageTitle } from '../page-title';
import { WorkspaceList } from './workspace-list';

const NetworkDialog = lazy(async () => ({
  default: (await import('../../components/network-dialog')).NetworkDialog,
}));
const PasteDialog = lazy(async () => ({ default: (await import('./paste-dialog')).PasteDialog }));
const AddressDialog = lazy(async () => ({ default: (await import('./address-dialog')).AddressDialog }));

/** The first screen: what this is, where to put a table, and the promise. */
export function HomePage() {
  const [pasting, setPasting] = useState(false);
  const [addressing, setAddressing] = useState(false);
  const [checking, setChecking] = useState(false);
  const client = useClient();
  const isKept = useWorkspace()?.isKept ?? false;
  usePageTitle('Doppelgrid – synthetic tables in your browser');
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8 sm:pt-12">
      <div className="max-w-4xl">
        <h1 className="text-3xl leading-tight font-semibold sm:text-4xl">
          Turn a table into a synthetic one that behaves like it and shows nobody in it.
        </h1>
        <p className="mt-3 text-lg text-ink-soft">
          Doppelgrid learns your table in this tab, writes as many new rows as you like, and measures how
          close and how private they are.
        </p>
      </div>

      <div className="mt-8 flex flex-wrap items-center justify-between gap-x-8 gap-y-5 rounded-2xl border-2 border-dashed border-line-strong bg-card px-6 py-8 sm:px-8 sm:py-10">
        <div className="flex min-w-0 items-start gap-4">
          <FileUp aria-hidden="true" size={36} strokeWidth={1.5} className="mt-1 shrink-0 text-accent" />
          <div>
            <p className="text-lg font-medium">Drop tables anywhere in this window</p>
            <p className="mt-0.5 text-sm">{TABLE_FILE_TITLES}</p>
            <p className="mt-0.5 text-sm text-ink-soft">
              Nothing leaves your browser.{' '}
              <button
                type="button"
                onClick={() => setChecking(true)}
                className="font-medium text-accent underline underline-offset-2"
              >
                Check it
              </button>
              {isKept && (
                <>
                  {' · '}
                  <a href="?private" className="font-medium text-accent underline underline-offset-2">
                    Private session: keep nothing
                  </a>
                </>
              )}
            </p>
          </div>
        </div>
        <div className="flex flex-wrap gap-3">
          <FileButton accept={TABLE_FILES} onFiles={(files) => void importFiles(client, files)} />
          <FileButton
            accept={TABLE_FILES}
            isFolder
            label="Choose a folder"
            variant="secondary"
            onFiles={(files) => void importFiles(client, files)}
          />
          <Button icon={ClipboardPaste} onClick={() => setPasting(true)}>
            Paste
          </Button>
          <Button icon={Globe} onClick={() => setAddressing(true)}>
            From an address
          </Button>
        </div>
      </div>

      <section aria-labelledby="demo-title" className="mt-8">
        <h2 id="demo-title" className="text-sm font-medium text-ink-soft">
          Or begin with a demo table
        </h2>
        <ul className="mt-3 grid gap-3 sm:grid-cols-3">
          {DEMO_TABLES.map((demo) => (
            <li key={demo.id} className="flex">
              <button
                type="button"
                aria-label={demo.title}
                aria-describedby={`demo-${demo.id}`}
                onClick={() => void importSource(client, { demo: demo.id })}
                className="flex w-full items-start gap-3 rounded-xl border border-line bg-card p-4 text-left hover:border-accent"
              >
                <Table2 aria-hidden="true" size={20} className="mt-0.5 shrink-0 text-accent" />
                <span>
                  <span className="block font-medium">{demo.title}</span>
                  <span id={`demo-${demo.id}`} className="mt-0.5 block text-sm text-ink-soft">
                    {demo.about}
                    <span className="mt-1 block text-xs">Licence: {demo.licence}</span>
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>

      <WorkspaceList />
      <Suspense>
        {addressing && <AddressDialog onClose={() => setAddressing(false)} />}
        {pasting && <PasteDialog onClose={() => setPasting(false)} />}
        {checking && <NetworkDialog onClose={() => setChecking(false)} />}
      </Suspense>
    </div>
  );
}
