import { Settings2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Section } from '../../components/card';
import { formatBytes, formatCount, formatMoment, UNKNOWN } from '../../components/format';
import { Table, type TableColumn, UserText } from '../../components/table';
import { onlyTable } from '../../domain/only-table';
import { versionsOf } from '../../domain/source-versions';
import type { Source, SourceVersion } from '../../domain/sources';
import { generatorsOfTable } from '../../domain/version-users';
import { configure } from '../actions';
import { useClient, useResources } from '../client-context';
import { DeleteDialog } from '../delete-dialog';
import { NewerFileButton, NewerFileNotice } from './newer-file';

/** Address of a version's page; the current one has that of its source. */
function pathOfVersion(source: Source, number: number): string {
  const path = `/sources/${source.id}`;
  return number === (source.version ?? 1) ? path : `${path}/versions/${number}`;
}

/** The files of a source, the newest first, and the way to bring in a newer one. */
export function VersionSection({ source }: { source: Source }) {
  const client = useClient();
  const { generators } = useResources();
  const versions = versionsOf(source).reverse();
  const current = source.version ?? 1;
  const columns: readonly TableColumn<SourceVersion>[] = [
    {
      title: 'Version',
      isHeader: true,
      className: 'whitespace-nowrap',
      cell: ({ number }) => (
        <>
          <Link
            href={pathOfVersion(source, number)}
            aria-label={`Version ${number}`}
            className="-my-1.5 -ml-2 inline-block min-w-6 px-2 py-1.5 text-accent underline underline-offset-2"
          >
            <span className="sm:hidden">Version </span>
            {number}
          </Link>
          {number === current && <span className="sm:ml-2 font-normal text-ink-soft">current</span>}
        </>
      ),
    },
    { title: 'File', className: 'sm:max-w-48', cell: ({ fileName }) => <UserText text={fileName} /> },
    {
      title: 'Read',
      className: 'whitespace-nowrap text-ink-soft',
      cell: ({ importedAt }) => (importedAt === undefined ? UNKNOWN : formatMoment(importedAt)),
    },
    {
      title: 'Rows',
      inCard: 'short',
      className: 'text-right tabular-nums',
      cell: (version) => formatCount(onlyTable(version).rowCount),
    },
    {
      title: 'Columns',
      inCard: 'short',
      className: 'text-right tabular-nums',
      cell: (version) => formatCount(onlyTable(version).columns.length),
    },
    {
      title: 'Size',
      inCard: 'short',
      className: 'text-right tabular-nums',
      cell: ({ byteSize }) => formatBytes(byteSize),
    },
    {
      title: 'Generators',
      inCard: 'short',
      className: 'text-right tabular-nums',
      cell: (version) => formatCount(generatorsOfTable(generators, onlyTable(version).id).length),
    },
    {
      title: <span className="sr-only">Actions</span>,
      inCard: 'corner',
      className: 'text-right whitespace-nowrap',
      cell: ({ number }) => (
        <>
          <button
            type="button"
            aria-label={`Configure a generator for version ${number}`}
            title={`Configure a generator for version ${number}`}
            onClick={() => configure(client, source.id, number)}
            className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink"
          >
            <Settings2 aria-hidden="true" size={16} />
          </button>
          {versions.length > 1 && <DeleteVersion source={source} number={number} />}
        </>
      ),
    },
  ];
  return (
    <Section
      title="Versions"
      about="A newer file of the same table goes here. Generators stay with the version they were trained on."
      actions={<NewerFileButton source={source} />}
    >
      <NewerFileNotice source={source} />
      <Table
        label="Versions of the source"
        columns={columns}
        rows={versions}
        keyOf={({ number }) => String(number)}
        asCards
        className="sm:*:min-w-2xl"
      />
    </Section>
  );
}

/** Deletes a version once it is confirmed, with what depends on it. */
function DeleteVersion({ source, number }: { source: Source; number: number }) {
  const [open, setOpen] = useState(false);
  const label = `Delete version ${number}`;
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={() => setOpen(true)}
        className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-danger"
      >
        <Trash2 aria-hidden="true" size={16} />
      </button>
      {open && (
        <DeleteDialog refs={[{ kind: 'version', id: source.id, number }]} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
