import { type ReactNode, useMemo, useState } from 'react';
import { Button } from '../../components/button';
import { Facts, Section } from '../../components/card';
import { DataGrid } from '../../components/data-grid';
import { formatCount, formatDuration } from '../../components/format';
import { Loading, Notice } from '../../components/notice';
import { onlyTable } from '../../domain/only-table';
import type { Report } from '../../domain/reports';
import { atTable } from '../../domain/source-versions';
import { numericColumns } from '../../domain/sources';
import type { GenerationSummary, SyntheticDataset } from '../../domain/synthetic-datasets';
import { showError } from '../actions';
import { useClient, useLoaded, useResources } from '../client-context';
import { ScoreCards } from '../score-cards';
import { UnlearnedNotice } from '../unlearned-notice';
import { UnprotectedNotice } from '../unprotected-notice';
import { Downloads } from './downloads';

/** Finished rows: where to get them, how good they are or how far their report is, and the rows themselves. */
export function DatasetResult({
  dataset,
  report,
  reportProgress,
}: {
  dataset: SyntheticDataset;
  report: Report | undefined;
  /** What to show instead of the scores while the report is being written. */
  reportProgress: ReactNode;
}) {
  const { summary } = dataset;
  const { configuration } = onlyTable(dataset.config);
  const generator = useResources().generators.find(({ id }) => id === dataset.config.generatorId);
  return (
    <>
      {dataset.unprotected && <UnprotectedNotice when="result" className="mb-4" />}
      {summary && (
        <Facts
          items={[
            ['Rows', formatCount(summary.rows)],
            ...(summary.asked === undefined
              ? []
              : ([['Rows asked for', `${formatCount(summary.asked)}, ended early`]] as [string, string][])),
            ['Took', formatDuration(summary.seconds)],
            ['Rows per second', formatCount(summary.rowsPerSecond)],
            ...mendedFacts(summary),
            ...keyFacts(summary),
            ['Temperature', String(configuration.samplingTemperature)],
            ['Top-p', String(configuration.samplingTopP)],
            ['Seed', String(dataset.config.randomState)],
          ]}
        />
      )}
      {generator && <UnlearnedNotice columns={onlyTable(generator).columns} className="mt-4" />}
      <Section title="Download">
        <Downloads dataset={dataset} />
      </Section>
      <Section title="How close, how private">
        {report ? <ScoreCards report={report} /> : reportProgress || <MissingReport dataset={dataset} />}
      </Section>
      <Section title="Rows" about="Synthetic, every one of them. Scroll to see them all.">
        <SyntheticRows dataset={dataset} />
      </Section>
    </>
  );
}

/** Rows that broke a rule when they were first drawn, where there are any. */
function mendedFacts({ mended }: GenerationSummary): [string, string][] {
  if (!mended || mended.drawnAgain === 0) return [];
  const copied: [string, string][] =
    mended.copied > 0 ? [['Of these, copies of other rows', formatCount(mended.copied)]] : [];
  return [['Rows drawn again to keep rules', formatCount(mended.drawnAgain)], ...copied];
}

/** Rows whose key of several columns stood already. */
function keyFacts({ keys }: GenerationSummary): [string, string][] {
  if (!keys || keys.drawnAgain === 0) return [];
  return [
    ['Rows drawn again for another key', formatCount(keys.drawnAgain)],
    ...(keys.repeated > 0
      ? ([['Keys that still repeat', formatCount(keys.repeated)]] as [string, string][])
      : []),
  ];
}

function MissingReport({ dataset }: { dataset: SyntheticDataset }) {
  const client = useClient();
  const { generators, sources } = useResources();
  const generator = generators.find(({ id }) => id === dataset.config.generatorId);
  const imported = generator?.imported;
  const [busy, setBusy] = useState(false);
  const write = async () => {
    setBusy(true);
    try {
      await client.reports.create(dataset.id);
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  if (imported && !sources.some(({ id }) => id === onlyTable(generator.config).sourceId)) {
    return (
      <Notice>
        These rows are compared with nothing: <bdi>{imported.source.file}</bdi>, which the imported generator
        was trained on, is not here.
      </Notice>
    );
  }
  return (
    <Notice
      tone={dataset.error ? 'warning' : 'info'}
      actions={
        <Button disabled={busy} onClick={() => void write()}>
          {busy ? 'Comparing…' : 'Write the report'}
        </Button>
      }
    >
      {dataset.error ?? 'These rows have no report yet.'}
    </Notice>
  );
}

function SyntheticRows({ dataset }: { dataset: SyntheticDataset }) {
  const client = useClient();
  const numeric = useNumericColumns(dataset.config.generatorId);
  const load = useMemo(() => () => client.syntheticDatasets.preview(dataset.id, 0, 1), [client, dataset.id]);
  const head = useLoaded(load);
  if (head === null) return <Loading what="Fetching the first rows" />;
  if (typeof head === 'string') return <Notice tone="error">{head}</Notice>;
  return (
    <DataGrid
      label={`Synthetic rows of ${dataset.config.name}`}
      columns={head.columns}
      rowCount={head.rowCount}
      numeric={numeric}
      load={(offset, limit) => client.syntheticDatasets.preview(dataset.id, offset, limit)}
    />
  );
}

/** Names of the columns that hold numbers, by the types of the source; none once it was deleted. */
function useNumericColumns(generatorId: string): ReadonlySet<string> {
  const { generators, sources } = useResources();
  const generator = generators.find(({ id }) => id === generatorId);
  const table = generator && onlyTable(generator.config);
  const source = sources.find(({ id }) => id === table?.sourceId);
  const tableId = table?.tableId;
  return useMemo(
    () => numericColumns(source && (atTable(source, tableId ?? '') ?? source)),
    [source, tableId],
  );
}
