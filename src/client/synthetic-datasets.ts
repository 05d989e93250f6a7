import { UserError } from '../domain/errors';
import { newId } from '../domain/ids';
import { isUnderWay, type Job } from '../domain/job';
import { capabilitiesOf } from '../domain/model-configuration';
import { checkNaming, nameOfCopy } from '../domain/naming';
import { onlyTable } from '../domain/only-table';
import { checkGenerationOrder, SyntheticDatasetConfig } from '../domain/synthetic-datasets';
import { isUnprotected, rowsFileName } from '../domain/unprotected';
import { parseConfig } from '../domain/zod';
import type { SyntheticDatasetsApi } from './api';
import { persist } from './browser-storage';
import type { ClientContext } from './context';
import { copyFile } from './copy-file';
import type { RunningJob } from './job-registry';
import { writeReport } from './reports';

/** Generation, with the report that follows it, and downloads. */
export function createSyntheticDatasets(context: ClientContext): SyntheticDatasetsApi {
  const { datasets, generators, jobs, keeper, reports, restorer, sources, workers } = context;

  async function run(id: string, job: RunningJob): Promise<void> {
    const { config, tables, unprotected } = datasets.get(id);
    const { configuration, name } = onlyTable(config);
    const generator = generators.get(config.generatorId);
    const tableId = onlyTable({ tables }).id;
    const summary = await job.inTurn(async () => {
      await restorer.model(generator);
      return job.ask(workers.engine, ['GENERATE_DATA', 'rows'], (engine) =>
        engine.generate(job.id, {
          modelId: onlyTable(generator).modelId,
          tableId,
          fileName: `${rowsFileName(name, unprotected)}.parquet`,
          rows: configuration.sampleSize ?? sourceRows(generator.id),
          randomState: config.randomState,
          configuration,
        }),
      );
    });
    restorer.has(tableId);
    const stored = await (await workers.database()).storedRows(tableId);
    datasets.patch(id, { summary, tables: [{ id: tableId, stored }] });
    await keeper.flush().catch(job.note);
    // The first result is worth keeping; browsers that ask the person do so once.
    if (await context.isKept()) void persist().catch(() => undefined);
    // A report that fails or is cancelled does not take the finished rows with it.
    if (configuration.enableDataReport) await writeReport(context, id, job).catch(job.note);
  }

  function sourceRows(generatorId: string): number {
    const { config, summary } = generators.get(generatorId);
    const { sourceId } = onlyTable(config);
    if (sources.has(sourceId)) return onlyTable(sources.get(sourceId)).rowCount;
    return summary ? summary.rows.training + summary.rows.validation : 1_000;
  }

  return {
    propose(generatorId) {
      const { config } = generators.get(generatorId);
      const { name } = onlyTable(config);
      return SyntheticDatasetConfig.parse({
        generatorId,
        name: config.name,
        tables: [
          {
            name,
            configuration: {
              sampleSize: sourceRows(generatorId),
              enableDataReport: sources.has(onlyTable(config).sourceId),
            },
          },
        ],
      });
    },
    create(config) {
      const checked = parseConfig(SyntheticDatasetConfig, config, 'synthetic dataset configuration');
      const generator = generators.get(checked.generatorId);
      if (generator.trainingStatus !== 'DONE') {
        throw new UserError(
          'config/invalid',
          `The generator “${generator.config.name}” has not been trained yet.`,
        );
      }
      const { anyOrder } = capabilitiesOf(onlyTable(generator.config).tabularModelConfiguration);
      for (const { configuration } of checked.tables) {
        checkGenerationOrder(configuration.generationOrder, anyOrder);
      }
      return datasets.put({
        id: newId(),
        config: checked,
        unprotected: isUnprotected(generator.config),
        tables: checked.tables.map(() => ({ id: newId() })),
        generationStatus: 'NEW',
        progress: null,
        summary: null,
        reportId: null,
        error: null,
      });
    },
    async generate(id, options = {}) {
      const { config, generationStatus } = datasets.get(id);
      if (generationStatus === 'DONE' || isUnderWay(generationStatus)) {
        throw new UserError(
          'config/invalid',
          'This synthetic dataset has already been generated. Create another one.',
        );
      }
      const plan = {
        kind: 'generation',
        resource: { kind: 'synthetic-dataset', id, name: config.name },
        what: 'The generation',
        onChange: (progress: Job) => {
          const { status, error } = progress;
          datasets.patch(id, { generationStatus: status, error, progress });
        },
      } as const;
      await jobs.start(plan, (job) => run(id, job), options);
      await keeper.flush().catch(() => undefined);
      return datasets.get(id);
    },
    async wait(id, options = {}) {
      await jobs.wait('generation', id, options);
      return datasets.get(id);
    },
    async cancel(id) {
      const { generationStatus } = datasets.get(id);
      if (isUnderWay(generationStatus) && !jobs.find('generation', id)) {
        throw new UserError('config/invalid', 'This generation runs in another tab. Cancel it there.');
      }
      await jobs.cancel(id, 'generation');
    },
    get: (id) => datasets.get(id),
    list: () => datasets.list(),
    rename(id, naming) {
      const { config } = datasets.get(id);
      datasets.patch(id, { config: { ...config, ...checkNaming(naming) } });
      return datasets.get(id);
    },
    async duplicate(id) {
      const dataset = datasets.get(id);
      const config = { ...dataset.config, name: nameOfCopy(dataset.config.name) };
      const isDone = dataset.generationStatus === 'DONE';
      const tables = await Promise.all(
        dataset.tables.map(async ({ stored }) => ({
          id: newId(),
          ...(isDone && stored && { stored: { ...stored, file: await copyFile(workers, stored.file) } }),
        })),
      );
      const fresh = { generationStatus: 'NEW', progress: null, summary: null, error: null } as const;
      const copy = { ...dataset, ...(isDone ? {} : fresh), id: newId(), config, tables, reportId: null };
      const { reportId } = dataset;
      const report = isDone && reportId !== null && reports.has(reportId) ? reports.get(reportId) : null;
      const copied = report && { ...report, id: newId(), syntheticDatasetId: copy.id };
      datasets.put({ ...copy, reportId: copied?.id ?? null });
      if (copied) reports.put(copied);
      await keeper.flush();
      return datasets.get(copy.id);
    },
    async preview(id, offset, limit) {
      const dataset = datasets.get(id);
      await restorer.rows(dataset);
      return (await workers.database()).preview(onlyTable(dataset).id, offset, limit);
    },
    async download(id, format, { csv = { neutraliseFormulas: false }, ...options } = {}) {
      const { config, tables } = datasets.get(id);
      const resource = { kind: 'synthetic-dataset', id, name: config.name } as const;
      return jobs.start(
        { kind: 'download', resource, what: 'The export' },
        async (job) => {
          await restorer.rows({ tables });
          return job.ask(workers.database, ['DELIVER_DATA', 'rows'], (database) =>
            database.download(job.id, onlyTable({ tables }).id, format, csv),
          );
        },
        options,
      );
    },
    async delete(id) {
      await jobs.cancel(id);
      if (!datasets.has(id)) return;
      const { tables } = datasets.get(id);
      datasets.delete(id);
      for (const report of reports.list()) if (report.syntheticDatasetId === id) reports.delete(report.id);
      await keeper.flush();
      await Promise.all(tables.map((table) => restorer.dropTable(table.id)));
    },
  };
}
