import type { Connector } from '../domain/connectors';
import type { Dataset } from '../domain/datasets';
import { errorText } from '../domain/errors';
import type { Generator } from '../domain/generators';
import type { Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import type { Project } from '../domain/projects';
import type { Recipe } from '../domain/recipes';
import { FILES_OF, recordOf } from '../domain/records';
import type { Report } from '../domain/reports';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import { SyntheticTableConfiguration } from '../domain/synthetic-datasets';
import type { ClientEvent, DoppelgridClient, EvaluationsApi, ProbesApi } from './api';
import { keepCheckpoint } from './checkpoints';
import { lazyConnectors } from './connectors/lazy-connectors';
import { type ClientContext, Shelf } from './context';
import { createDatasets } from './datasets';
import type { DrawFiles } from './draw-files';
import { FileFetcher } from './fetch-file';
import { createGenerators } from './generators';
import { Handles } from './handles';
import { createInterruptedJobs } from './interrupted-jobs';
import { JobList } from './job-list';
import { JobRegistry } from './job-registry';
import { JobRequests } from './job-requests';
import { createJobs } from './jobs-api';
import { Keeper } from './keeper';
import { type LostEvent, PageWorkers, type WorkerEvent } from './page-workers';
import { type PreferenceStore, preferences } from './preferences';
import { isPrivatePage } from './private-page';
import { createProjects } from './projects';
import { ProtectionKeys } from './protection-keys';
import { createRecipes } from './recipes';
import { createReports } from './reports';
import { Restorer } from './restore';
import { SetAsideRecords } from './set-aside';
import { createSources } from './sources';
import { createSql } from './sql';
import { createSyntheticDatasets } from './synthetic-datasets';
import { Unkept } from './unkept';
import { VERSION } from './version';
import type { Workers } from './workers';
import { createWorkspace, showOnResource } from './workspace';

/**
 * The client of this page. Starts no worker before it is asked for something.
 * @param startWorkers makes what starts them; tests give their own
 * @param chosen what the person prefers
 * @param draw makes HTML files; the page has the charts
 */
export function createClient(
  startWorkers: (onEvent: (event: WorkerEvent) => void) => Workers = (onEvent) =>
    new PageWorkers(onEvent, isPrivatePage()),
  chosen: Pick<PreferenceStore, 'get' | 'set'> = preferences,
  draw: DrawFiles = { report: undrawn, comparison: undrawn },
): DoppelgridClient {
  const listeners = new Set<(event: ClientEvent) => void>();
  const emit = (event: ClientEvent) => {
    for (const listener of listeners) listener(event);
  };

  const jobListeners = new Set<(job: Job) => void>();
  const onJob = (job: Job) => {
    showOnResource(context, job);
    for (const listener of jobListeners) listener(job);
    emit({ type: 'job', id: job.id });
  };

  function onWorkerEvent(event: WorkerEvent): void {
    if (event.type === 'records') workspace.accept(event);
    else if (event.type === 'step') context.jobs.step(event.jobId, event.step);
    else if (event.type === 'message') context.jobs.message(event.jobId, event.message);
    else if (event.type === 'checkpoint') keepCheckpoint(context, event);
    else if (event.type === 'tables-lost') for (const id of event.tableIds) context.restorer.without(id);
    else if (event.type === 'lost') onLost(event.worker);
    else onModelEvent(event);
  }

  function onLost(worker: LostEvent['worker']): void {
    if (worker !== 'quality') context.restorer.lose(worker);
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
  const broughtFiles = new Map<string, File>();
  const context: ClientContext = {
    workers,
    jobs: new JobRegistry(onJob, new JobList(keeper)),
    requests: new JobRequests(),
    ...shelves(keeper, emit),
    chosenProject: { get: () => chosen.get().project, set: (project) => chosen.set({ project }) },
    broughtFiles,
    keeper,
    unkept,
    setAside: new SetAsideRecords(),
    warn,
    restorer: new Restorer(workers, broughtFiles),
    isKept: async () => {
      await workers.workspace();
      return workers.state?.isKept ?? false;
    },
  };
  const generators = createGenerators(context);
  const syntheticDatasets = createSyntheticDatasets(context);
  const fetcher = new FileFetcher();
  const sources = createSources(context, fetcher);
  const runs = {
    sources,
    datasets: createDatasets(context),
    generators,
    syntheticDatasets,
    reports: createReports(context, draw.report),
  };
  const evaluations = lazyEvaluations(context, draw);
  const resources = {
    ...runs,
    recipes: createRecipes(context, runs),
    connectors: lazyConnectors(context, runs, fetcher),
  };
  const projects = createProjects(context, resources, emit);
  const interrupted = createInterruptedJobs(context, { ...resources, evaluations, projects });
  const workspace = createWorkspace(context, emit, onJob, interrupted);
  return {
    version: VERSION,
    workspace,
    ...resources,
    evaluations,
    projects,
    probes: createProbes(context),
    sql: createSql(context, sources.create),
    jobs: createJobs(context, { generators, syntheticDatasets }, interrupted, jobListeners),
    records: ({ columns, rows }) =>
      rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null]))),
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
): Pick<
  ClientContext,
  | 'sources'
  | 'generators'
  | 'protectionKeys'
  | 'datasets'
  | 'reports'
  | 'sourceDatasets'
  | 'projects'
  | 'recipes'
  | 'connectors'
  | 'handles'
> {
  return {
    sources: new Shelf<Source>({ kind: 'source', noun: 'source', filesOf: FILES_OF.source }, keeper, (id) =>
      emit({ type: 'source', id }),
    ),
    generators: new Shelf<Generator>(
      {
        kind: 'generator',
        noun: 'generator',
        filesOf: FILES_OF.generator,
        recordOf,
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
        recordOf,
      },
      keeper,
      (id) => emit({ type: 'synthetic-dataset', id }),
    ),
    reports: new Shelf<Report>({ kind: 'report', noun: 'report', filesOf: FILES_OF.report }, keeper, (id) =>
      emit({ type: 'report', id }),
    ),
    recipes: new Shelf<Recipe>({ kind: 'recipe', noun: 'recipe', filesOf: () => [] }, keeper, (id) =>
      emit({ type: 'recipe', id }),
    ),
    connectors: new Shelf<Connector>(
      { kind: 'connector', noun: 'connector', filesOf: FILES_OF.connector },
      keeper,
      (id) => emit({ type: 'connector', id }),
    ),
    handles: new Handles(keeper, (id) => emit({ type: 'connector', id })),
    projects: new Shelf<Project>({ kind: 'project', noun: 'project', filesOf: () => [] }, keeper, (id) =>
      emit({ type: 'project', id }),
    ),
    sourceDatasets: new Shelf<Dataset>(
      { kind: 'dataset', noun: 'dataset', filesOf: () => [] },
      keeper,
      (id) => emit({ type: 'dataset', id }),
    ),
  };
}

/** Loaded when files are to be compared: the first screen does without. */
function lazyEvaluations(context: ClientContext, draw: DrawFiles): EvaluationsApi {
  const open = async () => (await import('./evaluations')).createEvaluations(context, draw.comparison);
  return {
    differences: async (config) => (await open()).differences(config),
    create: async (config, options) => (await open()).create(config, options),
    reports: async (id) => (await open()).reports(id),
    compare: async (id) => (await open()).compare(id),
    download: async (id, format) => (await open()).download(id, format),
  };
}

async function undrawn(): Promise<never> {
  throw new Error('This page has nothing to draw reports with.');
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
