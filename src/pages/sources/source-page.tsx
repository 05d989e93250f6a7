import { Settings2, Sparkles } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../../components/button';
import { Facts, Section } from '../../components/card';
import { DataGrid } from '../../components/data-grid';
import { formatBytes, formatCount, formatDuration, formatPlural, UNKNOWN } from '../../components/format';
import { Notice } from '../../components/notice';
import { TextTable } from '../../components/table';
import { onlyTable } from '../../domain/only-table';
import { fewRowsWarning } from '../../domain/row-plan';
import { numericColumns, type Source, type SourceTable } from '../../domain/sources';
import { configure, synthesize } from '../actions';
import { useClient, useResources } from '../client-context';
import { GonePage, ResourcePage } from '../resource-page';
import { UnkeptNotice } from '../unkept-notice';
import { ColumnProfiles } from './column-profiles';
import { DialectEditor } from './dialect-editor';
import { HeaderNotice } from './header-notice';

/** What was imported, and one click to a synthetic dataset. */
export function SourcePage({ id }: { id: string }) {
  const source = useResources().sources.find((known) => known.id === id);
  return source ? <SourceView source={source} /> : <GonePage what="source" />;
}

function SourceView({ source }: { source: Source }) {
  const client = useClient();
  const table = onlyTable(source);
  const numeric = useMemo(() => numericColumns(source), [source]);
  const fewRows = fewRowsWarning(table.rowCount);
  return (
    <ResourcePage
      resource={{ kind: 'source', id: source.id }}
      title={source.name}
      description={source.description}
      actions={
        <>
          <Button
            variant="primary"
            icon={Sparkles}
            disabled={table.rowCount === 0}
            onClick={() => void synthesize(client, source.id)}
          >
            Synthesize
          </Button>
          <Button
            icon={Settings2}
            disabled={table.rowCount === 0}
            onClick={() => configure(client, source.id)}
          >
            Configure
          </Button>
        </>
      }
    >
      <Facts
        items={[
          ['Rows', formatCount(table.rowCount)],
          ['Columns', formatCount(table.columns.length)],
          ['Rejected rows', formatCount(table.rejectedCount)],
          ['Size', formatBytes(source.byteSize)],
          ['Read in', formatDuration(source.importSeconds)],
        ]}
      />
      <p className="mt-5 max-w-prose text-sm text-ink-soft">
        <strong className="font-medium text-ink">Synthesize</strong> trains a model on these rows, writes as
        many synthetic ones, and compares the two. <strong className="font-medium text-ink">Configure</strong>{' '}
        lets you choose columns and model first.
      </p>
      <UnkeptNotice what="source" isKept={source.file !== undefined} />
      <HeaderNotice source={source} />
      {table.rowCount > 0 && fewRows !== null && (
        <Notice tone="warning" className="mt-4">
          {fewRows}
        </Notice>
      )}
      {table.rejectedCount > 0 && <RejectedRows table={table} />}

      <Section title="Columns" about="Computed over every row.">
        <ColumnProfiles columns={table.columns} />
      </Section>

      <Section title="Rows" about="As they were read. Scroll to see them all.">
        {table.rowCount === 0 ? (
          <Notice tone="warning">
            This file has column names but no rows. There is nothing to learn from.
          </Notice>
        ) : (
          <DataGrid
            key={`${source.id} ${JSON.stringify(source.dialect)}`}
            label={`Rows of ${source.name}`}
            columns={table.columns.map(({ name }) => name)}
            rowCount={table.rowCount}
            numeric={numeric}
            load={(offset, limit) => client.sources.preview(source.id, offset, limit)}
          />
        )}
      </Section>

      <Section
        title="How the file was read"
        about="Detected from its first rows. Change it if something looks wrong."
      >
        <DialectEditor key={JSON.stringify(source.dialect)} source={source} />
      </Section>
    </ResourcePage>
  );
}

/** The rows that could not be read, where they stand and why. */
function RejectedRows({ table }: { table: SourceTable }) {
  return (
    <details className="mt-5 rounded-xl border border-difference/40 bg-difference-soft p-4 text-sm">
      <summary className="font-medium">
        {formatPlural(table.rejectedCount, 'row')} could not be read and{' '}
        {table.rejectedCount === 1 ? 'is' : 'are'} left out
      </summary>
      <div className="mt-3">
        <TextTable
          label="Rejected rows"
          columns={['Line', 'Column', 'Reason', 'Text']}
          rows={table.rejected.map((row) => [
            formatCount(row.line),
            row.column ?? UNKNOWN,
            row.reason,
            row.text,
          ])}
        />
        {table.rejectedCount > table.rejected.length && (
          <p className="mt-2 text-ink-soft">The first {formatCount(table.rejected.length)} are shown.</p>
        )}
      </div>
    </details>
  );
}
