import { errorText } from '../domain/errors';
import type { Generator } from '../domain/generators';
import type { Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import { FILES_OF } from '../domain/records';
import type { Report } from '../domain/reports';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import { SyntheticTableConfiguration } from '../domain/synthetic-datasets';
import type { ClientEvent, DoppelgridClient, JobsApi, ProbesApi } from './api';
import { type ClientContext, Shelf } from './context';
import { createGenerators } from './generators';
import { JobRegistry } from './job-registry';
import { Keeper } from './keeper';
import { PageWorkers, type WorkerEvent } from './page-workers';
import { isPrivatePage } from './private-page';
import { ProtectionKeys } from './protection-keys';
import { createReports } from './reports';
import { Restorer } from './restore';
import { createSources } from './sources';
import { createSyntheticDatasets } from './synthetic-datasets';
import { Unkept } from './unkept';
import { VERSION } from './version';
import type { Workers } from './workers';
import { createWorkspace } from './workspace';

/**
 * The client of this page. Starts no worker before it is asked for something.
 * @param startWorkers makes what starts them; tests give their own
 */
export function createClient(
  startWorkers: (onEvent: (event: WorkerEvent) => void) => Workers = (onEvent) =>
    new PageWorkers(onEvent, isPrivatePage()),
): DoppelgridClient {
  const listeners = new Set<(event: ClientEvent) => void>();
  const emit = (event: ClientEvent) => {
    for (const listener of listeners) listener(event);
  };

  const jobListeners = new Set<(job: Job) => void>();
  const onJob = (job: Job) => {
    for (const listener of jobListeners) listener(job);
    emit({ type: 'job', id: job.id });
  };

  function onWorkerEvent(event: WorkerEvent): void {
    if (event.type === 'records') workspace.accept(event);
    else if (event.type === 'step') context.jobs.step(event.jobId, event.step);
    else if (event.type === 'message') context.jobs.message(event.jobId, event.message);
    // Nothing goes on from a checkpoint yet.
    else if (event.type !== 'checkpoint') onModelEvent(event);
  }

  function onModelEvent(event: Extract<WorkerEvent, { modelId: string }>): void {
    const generator = context.generators
      .list()
      .find(({ tables }) => tables.some(({ modelId }) => modelId === event.modelId));
    if (!generator) return;
    const generatorId = generator.id;
    if (event.type === 'backend') context.generators.patch(generatorId, { backend: event.adapter });
    else if (event.type === 'sample') emit({ type: 'sample', generatorId, preview: event.preview });
    else {
      const jobId = event.jobId ?? context.jobs.find('training', generatorId)?.id;
      if (jobId) context.jobs.notice(jobId, event.sentence);
      emit({ type: 'notice', generatorId, sentence: event.sentence });
    }
  }

  const workers = startWorkers(onWorkerEvent);
  const warn = (sentence: string) => emit({ type: 'storage', sentence });
  const unkept = new Unkept();
  const keeper = new Keeper(
    workers.workspace,
    (error) => warn(errorText(error)),
    () => {
      if (unkept.isWaiting || keeper.isFailing) void unkept.retry().then(() => emit({ type: 'workspace' }));
    },
  );
  const context: ClientContext = {
    workers,
    jobs: new JobRegistry(onJob),
    ...shelves(keeper, emit),
    keeper,
    unkept,
    warn,
    restorer: new Restorer(workers),
    isKept: async () => {
      await workers.workspace();
      return workers.state?.isKept ?? false;
    },
  };
  const workspace = createWorkspace(context, emit);

  return {
    version: VERSION,
    workspace,
    sources: createSources(context),
    generators: createGenerators(context),
    syntheticDatasets: createSyntheticDatasets(context),
    probes: createProbes(context),
    reports: createReports(context),
    jobs: createJobs(context.jobs, jobListeners),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function createJobs(jobs: JobRegistry, listeners: Set<(job: Job) => void>): JobsApi {
  return {
    list: ({ kind, status, resourceId } = {}) =>
      jobs
        .list()
        .filter(
          (job) =>
            (kind === undefined || job.kind === kind) &&
            (status === undefined || job.status === status) &&
            (resourceId === undefined || job.resource.id === resourceId),
        ),
    get: (id) => jobs.get(id),
    cancel: (id) => jobs.cancelOne(id),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Where the resources are, by kind. */
function shelves(
  keeper: Keeper,
  emit: (event: ClientEvent) => void,
): Pick<ClientContext, 'sources' | 'generators' | 'protectionKeys' | 'datasets' | 'reports'> {
  return {
    sources: new Shelf<Source>({ kind: 'source', noun: 'source', filesOf: FILES_OF.source }, keeper, (id) =>
      emit({ type: 'source', id }),
    ),
    generators: new Shelf<Generator>(
      {
        kind: 'generator',
        noun: 'generator',
        filesOf: FILES_OF.generator,
      },
      keeper,
      (id) => emit({ type: 'generator', id }),
    ),
    protectionKeys: new ProtectionKeys(keeper),
    datasets: new Shelf<SyntheticDataset>(
      {
        kind: 'synthetic-dataset',
        noun: 'synthetic dataset',
        filesOf: FILES_OF['synthetic-dataset'],
      },
      keeper,
      (id) => emit({ type: 'synthetic-dataset', id }),
    ),
    reports: new Shelf<Report>({ kind: 'report', noun: 'report', filesOf: () => [] }, keeper, (id) =>
      emit({ type: 'report', id }),
    ),
  };
}

/** Probes do not queue: a few rows are drawn between the steps of whatever computes. */
function createProbes({ generators, jobs, restorer, workers }: ClientContext): ProbesApi {
  return {
    async create(generatorId, options = {}) {
      const { config, tables } = generators.get(generatorId);
      const { rows = 1, randomState = config.randomState, configuration = {} } = options;
      const resource = { kind: 'generator', id: generatorId, name: config.name } as const;
      return jobs.start(
        { kind: 'probe', resource, what: 'The probe' },
        async (job) => {
          await restorer.model({ config, tables });
          return job.ask(workers.engine, ['GENERATE_DATA', 'rows'], (engine) =>
            engine.probe(job.id, {
              modelId: onlyTable({ tables }).modelId,
              rows,
              randomState,
              configuration: SyntheticTableConfiguration.parse(configuration),
            }),
          );
        },
        options,
      );
    },
  };
}
