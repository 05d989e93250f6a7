import { Settings2, Sparkles } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { Button } from '../../components/button';
import { Facts, Section } from '../../components/card';
import { DataGrid } from '../../components/data-grid';
import { formatBytes, formatCount, formatDuration } from '../../components/format';
import { Notice } from '../../components/notice';
import type { EncodingDecision } from '../../domain/columns';
import { hasDialect } from '../../domain/format-words';
import { onlyTable } from '../../domain/only-table';
import { fewRowsWarning } from '../../domain/row-plan';
import { atVersion, nextVersion } from '../../domain/source-versions';
import { numericColumns, type Source } from '../../domain/sources';
import { configure, synthesize } from '../actions';
import { useClient, useResources } from '../client-context';
import { convertedColumns } from '../columns/converted-columns';
import { GonePage, ResourcePage } from '../resource-page';
import { UnkeptNotice } from '../unkept-notice';
import { UnlearnedNotice } from '../unlearned-notice';
import { ColumnProfiles } from './column-profiles';
import { ConversionList } from './conversion-list';
import { DialectEditor } from './dialect-editor';
import { FormatChoice } from './format-choice';
import { HeaderNotice } from './header-notice';
import { LeftOut } from './left-out';
import { ReadingLine } from './reading-line';
import { SourceNotes } from './source-notes';
import { TableChoice } from './table-choice';
import { VersionSection } from './version-section';

type Decisions = ReadonlyMap<string, EncodingDecision>;

/**
 * What was imported, and one click to a synthetic dataset.
 * @param number of an earlier version to show; absent = the current one
 */
export function SourcePage({ id, number }: { id: string; number?: number }) {
  const source = useResources().sources.find((known) => known.id === id);
  if (!source) return <GonePage what="source" />;
  if (number === undefined) return <SourceView source={source} />;
  const version = atVersion(source, number);
  return version ? <VersionView source={source} version={version} /> : <GonePage what="version" />;
}

/** An earlier version: its columns and rows. */
function VersionView({ source, version }: { source: Source; version: Source }) {
  const client = useClient();
  const number = version.version ?? 1;
  const table = onlyTable(version);
  return (
    <ResourcePage
      resource={{ kind: 'source', id: source.id }}
      title={source.name}
      description={source.description}
      about={`${versionTitle(source, number)}: ${version.fileName}`}
      actions={
        <>
          <Button
            icon={Settings2}
            disabled={table.rowCount === 0}
            onClick={() => configure(client, source.id, number)}
          >
            Configure
          </Button>
          <Link href={`/sources/${source.id}`} className="self-center text-sm text-accent underline">
            Current version
          </Link>
        </>
      }
    >
      <FileFacts source={version} />
      <TableSections source={version} />
      <VersionSection source={source} />
    </ResourcePage>
  );
}

function FileFacts({ source }: { source: Source }) {
  const table = onlyTable(source);
  return (
    <Facts
      items={[
        ['Rows', formatCount(table.rowCount)],
        ['Columns', formatCount(table.columns.length)],
        ['Rejected rows', formatCount(table.rejectedCount)],
        ...(table.skippedCount ? [['Skipped lines', formatCount(table.skippedCount)] as const] : []),
        ['Size', formatBytes(source.byteSize)],
        ['Read in', formatDuration(source.importSeconds)],
      ]}
    />
  );
}

/** What is in the columns and rows of a file. */
function TableSections({ source, decisions }: { source: Source; decisions?: Decisions | undefined }) {
  const client = useClient();
  const table = onlyTable(source);
  const converted = useMemo(() => convertedColumns(table), [table]);
  const numeric = useMemo(() => numericColumns(source), [source]);
  return (
    <>
      <Section title="Columns" about="Computed over every row.">
        <ColumnProfiles columns={table.columns} decisions={decisions} converted={converted} />
      </Section>

      <Section title="Rows" about="As they were read. Scroll to see them all.">
        {table.rowCount === 0 ? (
          <Notice tone="warning">
            This file has column names but no rows. There is nothing to learn from.
          </Notice>
        ) : (
          <DataGrid
            key={`${table.id} ${JSON.stringify(source.dialect)}`}
            label={`Rows of ${source.name}`}
            columns={table.columns.map(({ name }) => name)}
            rowCount={table.rowCount}
            numeric={numeric}
            load={(offset, limit) => client.sources.preview(source.id, offset, limit, source.version)}
          />
        )}
      </Section>
    </>
  );
}

function SourceView({ source }: { source: Source }) {
  const client = useClient();
  const table = onlyTable(source);
  const { rowCount } = table;
  const fewRows = fewRowsWarning(table.rowCount);
  // What becomes of the columns, before anything is started.
  const decisions = useMemo(
    () => (rowCount > 0 ? client.generators.propose(source.id).decisions : undefined),
    [client, source, rowCount],
  );
  return (
    <ResourcePage
      resource={{ kind: 'source', id: source.id }}
      title={source.name}
      description={source.description}
      about={
        nextVersion(source) > 2 &&
        `${versionTitle(source, source.version ?? 1)}: ${source.fileName ?? source.name}`
      }
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
      <FileFacts source={source} />
      <ReadingLine source={source} />
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
      <TableChoice source={source} />
      <div className="mt-4">
        {decisions && <UnlearnedNotice columns={columnsOf(decisions)} />}
        <ConversionList source={source} />
        <LeftOut table={table} />
      </div>
      {source.format && (
        <Section title="Format" about="Recognised by the content of the file.">
          <FormatChoice key={table.id} source={source} />
        </Section>
      )}
      <TableSections source={source} decisions={decisions} />

      {hasDialect(source.format) && (
        <Section
          title="How the file was read"
          about="Detected from its first rows. Change it if something looks wrong."
        >
          <DialectEditor key={`${table.id} ${JSON.stringify(source.dialect)}`} source={source} />
        </Section>
      )}
      <VersionSection source={source} />
      <SourceNotes source={source} />
    </ResourcePage>
  );
}

function columnsOf(decisions: Decisions) {
  return Array.from(decisions, ([name, decision]) => ({ name, decision }));
}

function versionTitle(source: Source, number: number): string {
  return `Version ${number} of ${nextVersion(source) - 1}`;
}
