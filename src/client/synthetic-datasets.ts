import { isCanceled, UserError } from '../domain/errors';
import { capabilitiesOf } from '../domain/model-configuration';
import { parseConfig } from '../domain/parse-config';
import { type SyntheticDataset, SyntheticDatasetConfig } from '../domain/synthetic-datasets';
import type { LongCall, SyntheticDatasetsApi } from './api';
import type { ClientContext } from './context';
import { abortable } from './jobs';

interface Running {
  readonly jobId: string;
  readonly done: Promise<SyntheticDataset>;
  /** Set by cancel: a report that has not begun yet must not begin. */
  canceled: boolean;
}

/** Generation, with the report that follows it, and downloads. */
export function createSyntheticDatasets(
  context: ClientContext,
  report: (datasetId: string, jobId: string) => Promise<string>,
): SyntheticDatasetsApi {
  const running = new Map<string, Running>();

  async function run(id: string, jobId: string): Promise<SyntheticDataset> {
    const { config } = context.datasets.get(id);
    const { configuration, name } = config.tables[0]!;
    context.datasets.patch(id, { generationStatus: 'IN_PROGRESS', error: null });
    const stopProgress = context.jobs.listen(jobId, (progress) => context.datasets.patch(id, { progress }));
    try {
      context.jobs.awaitWorker(jobId, 'GENERATE_DATA', 'rows');
      const engine = await context.workers.engine();
      const summary = await engine.generate(jobId, {
        modelId: config.generatorId,
        datasetId: id,
        fileName: `${name}.parquet`,
        rows: configuration.sampleSize ?? sourceRows(context, config.generatorId),
        randomState: config.randomState,
        configuration,
      });
      context.datasets.patch(id, { summary });
      if (configuration.enableDataReport) await writeReport(id, jobId);
      context.datasets.patch(id, { generationStatus: 'DONE' });
      return context.datasets.get(id);
    } catch (error) {
      const canceled = isCanceled(error);
      context.datasets.patch(id, {
        generationStatus: canceled ? 'CANCELED' : 'FAILED',
        error: canceled ? null : sentence(error),
      });
      throw error;
    } finally {
      stopProgress();
      running.delete(id);
      context.jobs.close(jobId);
    }
  }

  /** A report that fails or is cancelled does not take the finished rows with it. */
  async function writeReport(id: string, jobId: string): Promise<void> {
    if (running.get(id)?.canceled) return;
    try {
      context.datasets.patch(id, { reportId: await report(id, jobId) });
    } catch (error) {
      context.datasets.patch(id, { error: sentence(error) });
    }
  }

  async function cancelJob(jobId: string): Promise<void> {
    const [engine, quality] = await Promise.all([context.workers.engine(), context.workers.quality()]);
    await Promise.all([engine.cancel(jobId), quality.cancel(jobId)]);
  }

  async function cancel(id: string): Promise<void> {
    const job = running.get(id);
    if (!job) return;
    job.canceled = true;
    await cancelJob(job.jobId);
  }

  return {
    propose(generatorId) {
      const { config } = context.generators.get(generatorId);
      const table = config.tables[0]!;
      return SyntheticDatasetConfig.parse({
        generatorId,
        name: config.name,
        randomState: config.randomState,
        tables: [{ name: table.name, configuration: { sampleSize: sourceRows(context, generatorId) } }],
      });
    },
    create(config) {
      const checked = parseConfig(SyntheticDatasetConfig, config, 'synthetic dataset configuration');
      const generator = context.generators.get(checked.generatorId);
      if (generator.trainingStatus !== 'DONE') {
        throw new UserError(
          'config/invalid',
          `The generator “${generator.config.name}” has not been trained yet.`,
        );
      }
      if (
        (checked.tables[0]!.configuration.generationOrder ?? 'natural') !== 'natural' &&
        !capabilitiesOf(generator.config.tables[0]!.tabularModelConfiguration).anyOrder
      ) {
        throw new UserError(
          'config/invalid',
          'Only a generator trained with flexible generation can draw its columns in rotated or random order. Choose natural order, or train again with it.',
        );
      }
      return context.datasets.put({
        id: context.datasets.nextId(),
        config: checked,
        generationStatus: 'NEW',
        progress: null,
        summary: null,
        reportId: null,
        error: null,
      });
    },
    async generate(id, options = {}) {
      const dataset = context.datasets.get(id);
      if (dataset.generationStatus === 'DONE' || running.has(id)) {
        throw new UserError(
          'config/invalid',
          'This synthetic dataset has already been generated. Create another one.',
        );
      }
      const jobId = context.jobs.open('generation', options.onProgress);
      // Deferred by a tick, so that `running` knows the job before it starts.
      const done = Promise.resolve().then(() => run(id, jobId));
      done.catch(() => undefined);
      running.set(id, { jobId, done, canceled: false });
      return abortable(
        'The generation',
        options.signal,
        () => done,
        () => cancel(id),
      );
    },
    async wait(id, options: LongCall = {}) {
      const job = running.get(id);
      if (!job) return context.datasets.get(id);
      const stop = options.onProgress ? context.jobs.listen(job.jobId, options.onProgress) : () => {};
      try {
        return await abortable(
          'Waiting for the generation',
          options.signal,
          () => job.done,
          async () => undefined,
        );
      } finally {
        stop();
      }
    },
    cancel,
    get: (id) => context.datasets.get(id),
    list: () => context.datasets.list(),
    async preview(id, offset, limit) {
      context.datasets.get(id);
      return (await context.workers.database()).preview(id, offset, limit);
    },
    async download(id, format, options = {}) {
      context.datasets.get(id);
      const jobId = context.jobs.open('download', options.onProgress);
      try {
        const database = await context.workers.database();
        return await abortable(
          'The export',
          options.signal,
          () => database.download(jobId, id, format, options.csv ?? { neutraliseFormulas: false }),
          () => database.cancel(jobId),
        );
      } finally {
        context.jobs.close(jobId);
      }
    },
    async delete(id) {
      await cancel(id);
      if (!context.datasets.has(id)) return;
      const { reportId } = context.datasets.get(id);
      context.datasets.delete(id);
      if (reportId) context.reports.delete(reportId);
      await (await context.workers.database()).dropTable(id);
    },
  };
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sourceRows(context: ClientContext, generatorId: string): number {
  const generator = context.generators.get(generatorId);
  const { sourceId } = generator.config.tables[0]!;
  if (context.sources.has(sourceId)) return context.sources.get(sourceId).table.rowCount;
  const rows = generator.summary?.rows;
  return rows ? rows.training + rows.validation : 1_000;
}
