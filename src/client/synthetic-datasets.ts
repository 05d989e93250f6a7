import { AppliedRecipe } from '../domain/applied-recipe';
import { UserError } from '../domain/errors';
import { hasDatasetToCome } from '../domain/generators';
import { newId } from '../domain/ids';
import { isUnderWay, isUnfinished, type Job } from '../domain/job';
import { type JobConfig, readConfiguration } from '../domain/job-configuration';
import { capabilitiesOf } from '../domain/model-configuration';
import { checkNaming, nameOfCopy } from '../domain/naming';
import { onlyTable } from '../domain/only-table';
import { sdkDataset } from '../domain/sdk-export';
import { datasetSnippet } from '../domain/sdk-snippet';
import { atTable } from '../domain/source-versions';
import {
  checkGenerationOrder,
  type SyntheticDataset,
  SyntheticDatasetConfig,
} from '../domain/synthetic-datasets';
import { isUnprotected, rowsFileName } from '../domain/unprotected';
import { parseConfig } from '../domain/zod';
import type { SyntheticDatasetsApi } from './api';
import { persistResult } from './browser-storage';
import type { ClientContext } from './context';
import { copyFile } from './copy-file';
import { despiteLosses } from './despite-losses';
import type { JobOptions, RunningJob } from './job-run';
import { controlJob, deliver, discardJob, takeUp } from './jobs-of-resources';
import { listsOf } from './lists';
import { removeFiles } from './restore';
import { inProject } from './stock';

/** Generation, with the report that follows it, and downloads. */
export function createSyntheticDatasets(context: ClientContext): SyntheticDatasetsApi {
  const { datasets, generators, jobs, keeper, reports, restorer, setAside, sources, workers } = context;

  async function run(id: string, job: RunningJob): Promise<void> {
    const { config, summary, tables } = datasets.get(id);
    const { configuration } = onlyTable(config);
    const hasRows = summary !== null && onlyTable({ tables }).stored !== undefined;
    if (!hasRows) await job.inTurn(() => despiteLosses(job, 'The generation', () => writeRows(id, job)));
    await keeper.flush().catch(job.note);
    await persistResult(context);
    // A report that fails or is cancelled does not take the finished rows with it.
    if (configuration.enableDataReport)
      await despiteLosses(job, 'The report', () => writeReport(id, job)).catch((error: unknown) => {
        if (job.isPausing()) throw error;
        job.note(error);
      });
  }

  async function writeReport(id: string, job: RunningJob): Promise<void> {
    // Loaded when rows are there to be compared: the first screen does without.
    await (await import('./write-report')).writeReport(context, id, job);
  }

  async function writeRows(id: string, job: RunningJob): Promise<void> {
    const { config, tables, unprotected } = datasets.get(id);
    const { configuration, name } = onlyTable(config);
    const generator = generators.get(config.generatorId);
    const tableId = onlyTable({ tables }).id;
    await restorer.model(generator);
    const summary = await job.askPausable(workers.engine, ['GENERATE_DATA', 'rows'], (engine) => {
      const { checkpoint } = datasets.get(id);
      return engine.generate(job.id, {
        modelId: onlyTable(generator).modelId,
        tableId,
        fileName: `${rowsFileName(name, unprotected)}.parquet`,
        rows: configuration.sampleSize ?? sourceRows(generator.id),
        randomState: config.randomState,
        configuration,
        ...(checkpoint && { checkpoint }),
      });
    });
    restorer.has(tableId);
    const { original } = onlyTable(generators.get(config.generatorId));
    const rows = await (await workers.database()).storedRows(tableId);
    const stored = { ...rows, ...(original && { original }) };
    datasets.patch(id, { summary, tables: [{ id: tableId, stored }], checkpoint: undefined });
  }

  async function generate(id: string, options: JobOptions) {
    const { config } = datasets.get(id);
    const plan = {
      kind: 'generation',
      resource: { kind: 'synthetic-dataset', id, name: config.name },
      what: 'The generation',
      onChange: (progress: Job) => {
        if (!datasets.has(id)) return;
        const { status, error } = progress;
        const fields = { generationStatus: status, error, progress };
        const before = datasets.get(id);
        if (before.generationStatus === status && before.error === error) datasets.patchHere(id, fields);
        else datasets.patch(id, { ...fields, ...(!isUnfinished(status) && { checkpoint: undefined }) });
      },
    } as const;
    await jobs.start(plan, (job) => run(id, job), options);
    await keeper.flush().catch(() => undefined);
    return datasets.get(id);
  }

  /** Whether the rows trained on are here, to be compared with. */
  function hasRows({ sourceId, tableId }: { readonly sourceId: string; readonly tableId: string }): boolean {
    return sources.has(sourceId) && atTable(sources.get(sourceId), tableId) !== undefined;
  }

  function sourceRows(generatorId: string): number {
    const { config, summary } = generators.get(generatorId);
    const { sourceId, tableId } = onlyTable(config);
    const version = sources.has(sourceId) ? atTable(sources.get(sourceId), tableId) : undefined;
    if (version) return onlyTable(version).rowCount;
    return summary ? summary.rows.training + summary.rows.validation : 1_000;
  }

  function create(config: SyntheticDatasetConfig): SyntheticDataset {
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
      ...inProject(generator.projectId),
      id: newId(),
      config: checked,
      unprotected: isUnprotected(generator.config),
      ...(generator.recipe && { recipe: AppliedRecipe.parse(generator.recipe) }),
      tables: checked.tables.map(() => ({ id: newId() })),
      generationStatus: 'NEW',
      progress: null,
      summary: null,
      reportId: null,
      error: null,
    });
  }

  function described(id: string): NonNullable<JobConfig['syntheticDataset']> {
    const { generatorId: _generator, ...config } = datasets.get(id).config;
    return config;
  }

  const api: SyntheticDatasetsApi = {
    propose(generatorId) {
      const { config, recipe } = generators.get(generatorId);
      const { name } = onlyTable(config);
      const asked = recipe && onlyTable(recipe.syntheticDataset).configuration;
      return SyntheticDatasetConfig.parse({
        ...recipe?.syntheticDataset,
        generatorId,
        name: config.name,
        tables: [
          {
            name,
            configuration: {
              ...asked,
              sampleSize: asked?.sampleSize ?? sourceRows(generatorId),
              enableDataReport: (asked?.enableDataReport ?? true) && hasRows(onlyTable(config)),
            },
          },
        ],
      });
    },
    create,
    configuration: (id) => ({ syntheticDataset: described(id) }),
    sdkConfiguration(id) {
      const sdk = sdkDataset(described(id));
      return { ...sdk, python: datasetSnippet(sdk) };
    },
    createFrom(configuration, generatorId) {
      const text = typeof configuration === 'string' ? configuration : JSON.stringify(configuration);
      const { syntheticDataset } = readConfiguration(text).config;
      if (!syntheticDataset)
        throw new UserError('config/invalid', 'This configuration describes no synthetic dataset.');
      const { name } = onlyTable(generators.get(generatorId).config);
      const tables = [{ ...onlyTable(syntheticDataset), name }];
      return create({ ...syntheticDataset, generatorId, tables });
    },
    follow(generatorId) {
      if (!hasDatasetToCome(generators.get(generatorId))) return null;
      generators.patch(generatorId, { goesOn: undefined });
      return create(api.propose(generatorId));
    },
    async generate(id, options = {}) {
      const { generationStatus } = datasets.get(id);
      if (generationStatus === 'DONE' || isUnderWay(generationStatus)) {
        throw new UserError(
          'config/invalid',
          'This synthetic dataset has already been generated. Create another one.',
        );
      }
      if (generationStatus === 'ON_HOLD') {
        throw new UserError(
          'config/invalid',
          'This generation is on hold. Resume it, or cancel it to begin anew.',
        );
      }
      return generate(id, options);
    },
    async resume(id, options = {}) {
      const { generationStatus, progress } = datasets.get(id);
      if (generationStatus !== 'ON_HOLD')
        throw new UserError('config/invalid', 'This generation is not on hold.');
      return takeUp(context, progress, (resumes) => generate(id, { ...options, resumes }));
    },
    async pause(id) {
      const { generationStatus, progress } = datasets.get(id);
      if (isUnderWay(generationStatus)) await controlJob(context, progress, 'pause');
    },
    async stop(id) {
      const { generationStatus, progress, summary } = datasets.get(id);
      if (generationStatus === 'IN_PROGRESS' && summary === null) await controlJob(context, progress, 'stop');
    },
    async wait(id, options = {}) {
      await jobs.wait('generation', id, options);
      return datasets.get(id);
    },
    async cancel(id) {
      const { generationStatus, progress } = datasets.get(id);
      if (isUnderWay(generationStatus)) await controlJob(context, progress, 'cancel');
      if (generationStatus !== 'ON_HOLD') return;
      discardJob(context, progress);
      const { summary, tables } = datasets.get(id);
      // Rows that are written stay, as when a report is cancelled.
      const hasRows = summary !== null && onlyTable({ tables }).stored !== undefined;
      datasets.patch(id, {
        generationStatus: hasRows ? 'DONE' : 'CANCELED',
        error: hasRows ? 'The report was cancelled. Write it again on the page of the dataset.' : null,
        checkpoint: undefined,
      });
      await keeper.flush();
    },
    get: (id) => datasets.get(id),
    ...listsOf(context, 'synthetic-dataset', datasets),
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
      const fresh = { generationStatus: 'NEW', summary: null, error: null } as const;
      const own = { id: newId(), config, tables, reportId: null, progress: null, checkpoint: undefined };
      const copy = { ...dataset, ...(isDone ? {} : fresh), ...own };
      const { reportId } = dataset;
      const report = isDone && reportId !== null && reports.has(reportId) ? reports.get(reportId) : null;
      const split =
        report &&
        (await import('./report-files')
          .then(({ copyOfReport }) => copyOfReport(workers, report))
          .catch(async (error: unknown) => {
            await removeFiles(
              workers,
              tables.flatMap(({ stored }) => (stored ? [stored.file] : [])),
            );
            throw error;
          }));
      const copied = split && { ...split, id: newId(), syntheticDatasetId: copy.id };
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
    async download(id, format, { csv = { neutraliseFormulas: false }, sorted = false, ...options } = {}) {
      const { config, tables } = datasets.get(id);
      const resource = { kind: 'synthetic-dataset', id, name: config.name } as const;
      const order = sorted ? { sorted: true as const } : {};
      return deliver(
        context,
        {
          kind: 'download',
          resource,
          what: 'The export',
          asked: { kind: 'download', format, csv, ...order },
        },
        async (job) => {
          await restorer.rows({ tables });
          const { id: tableId, stored } = onlyTable({ tables });
          const request = { format, csv, original: stored?.original, ...order };
          const { file, notes } = await job.ask(workers.database, ['DELIVER_DATA', 'rows'], (database) =>
            database.download(job.id, tableId, request),
          );
          for (const sentence of notes) job.notice(sentence);
          return file;
        },
        options,
      );
    },
    async delete(id) {
      await jobs.cancel(id);
      if (!datasets.has(id)) return;
      const { tables } = datasets.get(id);
      jobs.known.forgetThoseOf(id);
      datasets.delete(id);
      for (const report of reports.list()) if (report.syntheticDatasetId === id) reports.delete(report.id);
      for (const report of setAside.takeReportsOf(id)) keeper.remove('report', report);
      await keeper.flush();
      await Promise.all(tables.map((table) => restorer.dropTable(table.id)));
    },
  };
  return api;
}
