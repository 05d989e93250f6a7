import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { DataGrid } from '../../components/data-grid';
import { formatCount, formatPlural } from '../../components/format';
import { Notice } from '../../components/notice';
import { saveFile } from '../../components/save-file';
import type { DownloadFormatId } from '../../domain/download-formats';
import { errorText } from '../../domain/errors';
import type { SqlResult } from '../../domain/sql-tables';
import { useClient } from '../client-context';
import { FormatMenu } from '../format-menu';

/** The first rows of a result, and the ways to keep all of them. */
export function QueryResult({ result }: { result: SqlResult }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [isBusy, setBusy] = useState(false);
  const [lacks, setLacks] = useState<readonly string[]>([]);
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
  const save = async (format: DownloadFormatId) => {
    setLacks([]);
    saveFile(await client.sql.file(format, { onLacks: setLacks }));
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
          <FormatMenu label="Download" hasIcon onChoose={(format) => void keep(() => save(format))} />
          <Button icon={FilePlus2} disabled={isBusy} onClick={() => void toSource()}>
            Make a source of it
          </Button>
        </div>
      )}
      {lacks.length > 0 && (
        <Notice className="mt-3">
          {lacks.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      {error && (
        <Notice tone="error" className="mt-3">
          {error}
        </Notice>
      )}
    </section>
  );
}
