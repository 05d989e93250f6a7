import { Download } from 'lucide-react';
import { Link } from 'wouter';
import { formatBytes, formatPlural } from '../../components/format';
import { ShowMore } from '../../components/show-more';
import { Table, UserText } from '../../components/table';
import { useClient, useResources } from '../client-context';
import { pathOfResource } from '../kinds';
import { downloadFile } from '../resource-actions';
import { type FileLine, fileLines, type NamedFile } from './file-lines';

/** Files that are shown before more are asked for. */
const PORTION = 25;

/** Every file of the workspace: what it is, what names it, and its content as a download. */
export function FileList({ files }: { files: readonly NamedFile[] }) {
  const client = useClient();
  const lines = fileLines(useResources(), files);
  const total = lines.reduce((sum, { bytes }) => sum + bytes, 0);
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="files" className="mt-12">
      <h2 id="files" className="font-semibold">
        {formatPlural(lines.length, 'file')}, {formatBytes(total)}
      </h2>
      <p className="mt-1 mb-3 max-w-2xl text-sm text-ink-soft">
        What the items above consist of. A file goes when its item is deleted; what nothing names goes when
        Doppelgrid is next opened in one tab.
      </p>
      <ShowMore items={lines} portion={PORTION} noun="files">
        {(shown) => (
          <Table
            label="Files"
            className=""
            rows={shown}
            keyOf={({ id }) => id}
            columns={[
              {
                title: 'File',
                isHeader: true,
                className: 'max-w-0 w-1/2 font-medium',
                cell: ({ name, type, sha256 }) => (
                  <span title={`SHA-256 ${sha256}`} className="block">
                    <UserText text={name} />
                    <span className="block text-xs font-normal text-ink-soft sm:hidden">{type}</span>
                  </span>
                ),
              },
              { title: 'Type', className: 'max-sm:hidden whitespace-nowrap', cell: ({ type }) => type },
              {
                title: 'Belongs to',
                className: 'max-md:hidden max-w-56',
                cell: ({ owner }: FileLine) =>
                  owner ? (
                    <Link href={pathOfResource(owner)} className="hover:text-accent">
                      <UserText text={owner.name} />
                    </Link>
                  ) : (
                    <span className="text-ink-soft">nothing</span>
                  ),
              },
              {
                title: 'Size',
                className: 'whitespace-nowrap text-right tabular-nums',
                cell: ({ bytes }) => formatBytes(bytes),
              },
              {
                title: <span className="sr-only">Download</span>,
                className: 'w-12 text-right',
                cell: ({ id, name }) => (
                  <button
                    type="button"
                    aria-label={`Download ${name}`}
                    title="Download"
                    onClick={() => void downloadFile(client, id)}
                    className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink"
                  >
                    <Download aria-hidden="true" size={16} />
                  </button>
                ),
              },
            ]}
          />
        )}
      </ShowMore>
    </section>
  );
}
