import type { Generator, TrainingMessage } from '../domain/generators';
import type { Report } from '../domain/reports';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import { SyntheticTableConfiguration } from '../domain/synthetic-datasets';
import type { ClientEvent, DoppelgridClient, ProbesApi } from './api';
import type { ClientContext } from './context';
import { createGenerators } from './generators';
import { JobBoard } from './jobs';
import { createReports } from './reports';
import { Shelf } from './shelf';
import { createSources } from './sources';
import { createSyntheticDatasets } from './synthetic-datasets';
import { VERSION } from './version';
import { type WorkerEvent, WorkerPool } from './worker-pool';

/** The client of this page. Starts no worker before it is asked for something. */
export function createClient(): DoppelgridClient {
  const listeners = new Set<(event: ClientEvent) => void>();
  const emit = (event: ClientEvent) => {
    for (const listener of listeners) listener(event);
  };
  const messageListeners = new Map<string, Set<(message: TrainingMessage) => void>>();
  const jobs = new JobBoard();

  function onWorkerEvent(event: WorkerEvent): void {
    if (event.type === 'step') jobs.report(event.jobId, event.step);
    else if (event.type === 'message') {
      for (const listener of messageListeners.get(event.jobId) ?? []) listener(event.message);
    } else if (event.type === 'sample') {
      emit({ type: 'sample', generatorId: event.modelId, preview: event.preview });
    } else if (event.type === 'notice') {
      emit({ type: 'notice', generatorId: event.modelId, sentence: event.sentence });
    } else if (event.type === 'backend') {
      context.generators.patch(event.modelId, { backend: event.adapter });
    }
  }

  const context: ClientContext = {
    workers: new WorkerPool(onWorkerEvent),
    jobs,
    sources: new Shelf<Source>('source', (id) => emit({ type: 'source', id })),
    generators: new Shelf<Generator>('generator', (id) => emit({ type: 'generator', id })),
    datasets: new Shelf<SyntheticDataset>('synthetic dataset', (id) =>
      emit({ type: 'synthetic-dataset', id }),
    ),
    reports: new Shelf<Report>('report', (id) => emit({ type: 'report', id })),
  };

  const onMessage = (jobId: string, listener: (message: TrainingMessage) => void) => {
    const set = messageListeners.get(jobId) ?? new Set();
    messageListeners.set(jobId, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0) messageListeners.delete(jobId);
    };
  };

  const reports = createReports(context);
  return {
    version: VERSION,
    sources: createSources(context),
    generators: createGenerators(context, onMessage),
    syntheticDatasets: createSyntheticDatasets(context, reports.evaluate),
    probes: createProbes(context),
    reports: reports.api,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function createProbes(context: ClientContext): ProbesApi {
  return {
    async create(generatorId, options = {}) {
      const generator = context.generators.get(generatorId);
      const engine = await context.workers.engine();
      return engine.probe(
        generatorId,
        Math.min(1_000, options.rows ?? 1),
        options.randomState ?? generator.config.randomState,
        SyntheticTableConfiguration.parse(options.configuration ?? {}),
      );
    },
  };
}
