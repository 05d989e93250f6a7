import { ChevronDown, Download, FileDown, FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { BUTTON_LOOK, Button } from '../../components/button';
import { DataGrid } from '../../components/data-grid';
import { formatCount, formatPlural } from '../../components/format';
import { Menu } from '../../components/menu';
import { Notice } from '../../components/notice';
import { saveFile } from '../../components/save-file';
import { DOWNLOAD_FORMAT_IDS, DOWNLOAD_FORMATS } from '../../domain/download-formats';
import { errorText } from '../../domain/errors';
import type { SqlResult } from '../../domain/sql-tables';
import { useClient } from '../client-context';

/** The first rows of a result, and the ways to keep all of them. */
export function QueryResult({ result }: { result: SqlResult }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { columns, rows, rowCount } = result;
  const numeric = new Set(
    columns.filter(({ type }) => type === 'integer' || type === 'float').map(({ name }) => name),
  );
  const keep = async (work: () => Promise<void>) => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(errorText(problem));
    } finally {
      setBusy(false);
    }
  };
  const toSource = () =>
    keep(async () => {
      const { id } = await client.sql.toSource('query result');
      navigate(`/sources/${id}`);
    });
  return (
    <section aria-label="Result">
      <p role="status" className="mb-2 text-sm">
        <span className="font-semibold">{formatPlural(rowCount, 'row')}</span>
        {rowCount > rows.length && `, the first ${formatCount(rows.length)} are shown`}
        <span className="text-ink-soft"> · {result.seconds.toFixed(2)} s</span>
      </p>
      {rowCount > 0 && (
        <DataGrid
          // Another result is another grid.
          key={`${result.seconds} ${rowCount}`}
          label="Rows of the result"
          columns={columns.map(({ name }) => name)}
          rowCount={rows.length}
          numeric={numeric}
          load={async (offset, limit) => ({ rows: rows.slice(offset, offset + limit), offset })}
        />
      )}
      {result.notes.length > 0 && (
        <Notice className="mt-3">
          {result.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      {rowCount > 0 && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Menu
            label="Download the result"
            align="start"
            className={BUTTON_LOOK}
            entries={DOWNLOAD_FORMAT_IDS.map((format) => ({
              label: `${DOWNLOAD_FORMATS[format].title} (.${DOWNLOAD_FORMATS[format].extension})`,
              note: DOWNLOAD_FORMATS[format].about,
              icon: FileDown,
              run: () => void keep(async () => saveFile(await client.sql.file(format))),
            }))}
          >
            <Download aria-hidden="true" size={16} />
            Download
            <ChevronDown aria-hidden="true" size={16} />
          </Menu>
          <Button icon={FilePlus2} disabled={isBusy} onClick={() => void toSource()}>
            Make a source of it
          </Button>
        </div>
      )}
      {error && (
        <Notice tone="error" className="mt-3">
          {error}
        </Notice>
      )}
    </section>
  );
}
