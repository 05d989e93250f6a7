import { Settings2, Sparkles } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { Facts, Section } from '../../components/card';
import { ConfirmButton } from '../../components/confirm-button';
import { DataGrid } from '../../components/data-grid';
import { formatBytes, formatCount, formatDuration } from '../../components/format';
import { Notice } from '../../components/notice';
import { showToast } from '../../components/toasts';
import { onlyTable } from '../../domain/only-table';
import { fewRowsWarning } from '../../domain/small-tables';
import type { Source } from '../../domain/sources';
import { draftOf } from '../chain';
import { useClient, useResources } from '../client-context';
import { errorText, synthesize } from '../flows';
import { numericColumns } from '../numeric-columns';
import { GonePage, ResourcePage } from '../resource-page';
import { ColumnProfiles } from './column-profiles';
import { DialectEditor } from './dialect-editor';
import { RejectedRows } from './rejected-rows';

/** What came in, and the one press to a synthetic dataset. */
export function SourcePage({ id }: { id: string }) {
  const source = useResources().sources.find((known) => known.id === id);
  return source ? <SourceView source={source} /> : <GonePage what="source" />;
}

function SourceView({ source }: { source: Source }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const { generators } = useResources();
  const table = onlyTable(source);
  const numeric = useMemo(() => numericColumns(table.columns), [table]);
  const fewRows = fewRowsWarning(table.rowCount);
  const configure = () => {
    try {
      const generator =
        draftOf(source.id, generators) ??
        client.generators.create(client.generators.propose(source.id).config);
      navigate(`/generators/${generator.id}`);
    } catch (error) {
      showToast(errorText(error), 'error');
    }
  };
  return (
    <ResourcePage
      place={{ kind: 'source', id: source.id }}
      eyebrow="Source"
      title={source.name}
      actions={
        <>
          <Button
            variant="primary"
            icon={<Sparkles aria-hidden="true" size={16} />}
            disabled={table.rowCount === 0}
            onClick={() => void synthesize(client, source.id)}
          >
            Synthesize
          </Button>
          <Button
            icon={<Settings2 aria-hidden="true" size={16} />}
            disabled={table.rowCount === 0}
            onClick={configure}
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
      {table.rowCount > 0 && fewRows !== null && (
        <div className="mt-4">
          <Notice tone="warning">{fewRows}</Notice>
        </div>
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

      <div className="mt-12 border-t border-line pt-4">
        <ConfirmButton
          label="Delete this source"
          question="Delete this source?"
          consequence="Its rows leave this tab. Generators trained on it stay, but their reports cannot be computed again."
          onConfirm={() =>
            void client.sources.delete(source.id).then(
              () => navigate('/'),
              (error: unknown) => showToast(errorText(error), 'error'),
            )
          }
        />
      </div>
    </ResourcePage>
  );
}
