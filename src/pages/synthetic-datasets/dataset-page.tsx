import { BookmarkPlus, FileChartColumn, Play, Save } from 'lucide-react';
import { Button, ButtonLink } from '../../components/button';
import { Notice } from '../../components/notice';
import { isUnderWay, isUnfinished, type ProgressStatus } from '../../domain/job';
import { canStop } from '../../domain/job-progress';
import { capabilitiesOf } from '../../domain/model-configuration';
import { onlyTable } from '../../domain/only-table';
import type { SyntheticDataset } from '../../domain/synthetic-datasets';
import { createDataset, generateDataset, resumeGeneration, showError } from '../actions';
import { useClient, useResources } from '../client-context';
import { HeldNotice } from '../held-notice';
import { canPause, pauseJob, stopJob } from '../job-actions';
import { JobProgressPanel } from '../job-progress-panel';
import { CheckList } from '../recipes/check-list';
import { saveRecipe } from '../recipes/recipe-actions';
import { GonePage, ResourcePage } from '../resource-page';
import { SdkButton } from '../sdk-button';
import { DatasetResult } from './dataset-result';
import { GenerationForm } from './generation-form';

const ABOUT: Partial<Record<ProgressStatus, string>> = {
  QUEUED: 'Waiting for its turn.',
  IN_PROGRESS: 'Being generated.',
  ON_HOLD: 'On hold: the generation has not ended.',
};

/** A synthetic dataset in whatever state it is. */
export function DatasetPage({ id }: { id: string }) {
  const dataset = useResources().datasets.find((known) => known.id === id);
  return dataset ? <DatasetView dataset={dataset} /> : <GonePage what="synthetic dataset" />;
}

function DatasetView({ dataset }: { dataset: SyntheticDataset }) {
  const client = useClient();
  const { generators, reports } = useResources();
  const generator = generators.find(({ id }) => id === dataset.config.generatorId);
  const report = reports.find(({ id }) => id === dataset.reportId);
  const status = dataset.generationStatus;
  const isRunning = isUnderWay(status);
  // The rows are there as soon as the summary is; a report may still be on its way.
  const hasRows = dataset.summary !== null && (isUnfinished(status) || status === 'DONE');
  const job = dataset.progress;
  const stop = job && canStop(job) ? () => stopJob(client, job) : null;
  const progress = isRunning && (
    <JobProgressPanel
      progress={dataset.progress}
      waiting={hasRows ? 'Starting the report' : 'Starting the engine'}
      onCancel={() => void client.syntheticDatasets.cancel(dataset.id).catch(showError)}
      onStop={stop}
      onPause={job && canPause(job, generators) ? () => pauseJob(client, job) : null}
    >
      {!hasRows && (
        <Button icon={Save} disabled={stop === null} onClick={() => stop?.()}>
          {job?.isStopping ? 'Stopping…' : 'Stop and keep rows'}
        </Button>
      )}
    </JobProgressPanel>
  );
  return (
    <ResourcePage
      resource={{ kind: 'dataset', id: dataset.id }}
      title={dataset.config.name}
      description={dataset.config.description}
      about={isRunning && hasRows ? 'The rows are ready.' : ABOUT[status]}
      actions={
        <>
          {report && (
            <ButtonLink to={`/reports/${report.id}`} icon={FileChartColumn}>
              Open the report
            </ButtonLink>
          )}
          {status === 'DONE' && generator?.trainingStatus === 'DONE' && (
            <Button
              icon={BookmarkPlus}
              onClick={() => saveRecipe(client, { syntheticDatasetId: dataset.id })}
            >
              Save as recipe
            </Button>
          )}
          <SdkButton
            name={dataset.config.name}
            load={() => client.syntheticDatasets.sdkConfiguration(dataset.id)}
          />
        </>
      }
    >
      {status === 'NEW' && (
        <Notice
          actions={
            <Button variant="primary" icon={Play} onClick={() => void generateDataset(client, dataset.id)}>
              Generate
            </Button>
          }
        >
          Set up, but not generated yet.
        </Notice>
      )}
      {!hasRows && progress}
      {status === 'ON_HOLD' && job && <HeldNotice job={job} />}
      {status === 'ON_HOLD' && !job && (
        <Notice
          actions={
            <Button variant="primary" icon={Play} onClick={() => void resumeGeneration(client, dataset.id)}>
              Generate from the beginning
            </Button>
          }
        >
          The generation was interrupted, and nothing of it was kept.
        </Notice>
      )}
      {(status === 'FAILED' || status === 'CANCELED') && (
        <Notice tone={status === 'FAILED' ? 'error' : 'warning'}>
          {status === 'FAILED'
            ? (dataset.error ?? 'The generation failed.')
            : 'The generation was cancelled and its rows discarded.'}
        </Notice>
      )}
      {hasRows && status === 'DONE' && <CheckList dataset={dataset} report={report} />}
      {hasRows && <DatasetResult dataset={dataset} report={report} reportProgress={progress} />}

      {generator?.trainingStatus === 'DONE' && !isUnfinished(status) && status !== 'NEW' && (
        <details className="mt-10" open={status !== 'DONE'}>
          <summary className="text-lg font-semibold">Generate again with other settings</summary>
          <div className="mt-3">
            <GenerationForm
              initial={dataset.config}
              anyOrder={capabilitiesOf(onlyTable(generator.config).tabularModelConfiguration).anyOrder}
              order={generator.summary?.generationOrder ?? 'natural'}
              onGenerate={(config) => void createDataset(client, config)}
            />
          </div>
        </details>
      )}
    </ResourcePage>
  );
}
