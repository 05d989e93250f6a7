import type { ColumnConfig, EncodingDecision } from '../domain/columns';
import { decideEncoding, detectPrimaryKey } from '../domain/decide-encoding';
import { isCanceled, UserError } from '../domain/errors';
import { type Generator, GeneratorConfig, type TrainingMessage } from '../domain/generators';
import { parseConfig } from '../domain/parse-config';
import type { Source } from '../domain/sources';
import type { GeneratorsApi } from './api';
import type { ClientContext } from './context';
import { abortable } from './jobs';
import { trainingRows } from './rows';

interface Running {
  readonly jobId: string;
  readonly done: Promise<Generator>;
}

/** Configuration and training. */
export function createGenerators(
  context: ClientContext,
  onMessage: (jobId: string, listener: (message: TrainingMessage) => void) => () => void,
): GeneratorsApi {
  const running = new Map<string, Running>();

  function checkedConfig(config: GeneratorConfig): GeneratorConfig {
    const checked = parseConfig(GeneratorConfig, config, 'generator configuration');
    const table = checked.tables[0]!;
    checkColumns(table.columns, table.primaryKey, context.sources.get(table.sourceId));
    if (table.holdoutSourceId !== null) {
      checkHoldout(context.sources.get(table.sourceId), context.sources.get(table.holdoutSourceId));
    }
    return checked;
  }

  function withColumns(config: GeneratorConfig): Generator['columns'] {
    const table = config.tables[0]!;
    const source = context.sources.get(table.sourceId);
    const decisions = decideAll(
      source,
      table.columns,
      table.primaryKey,
      table.tabularModelConfiguration.valueProtection,
    );
    return source.table.columns.map(({ name, originalName }) => ({
      name,
      originalName,
      decision: decisions.get(name)!,
    }));
  }

  async function run(id: string, jobId: string): Promise<Generator> {
    const generator = context.generators.get(id);
    const table = generator.config.tables[0]!;
    const messages: TrainingMessage[] = [];
    context.generators.patch(id, { trainingStatus: 'IN_PROGRESS', messages: [], error: null });
    const stopProgress = context.jobs.listen(jobId, (progress) => context.generators.patch(id, { progress }));
    const stopMessages = onMessage(jobId, (message) => {
      messages.push(message);
      context.generators.patch(id, { messages: [...messages] });
    });
    try {
      context.jobs.awaitWorker(jobId, 'PULL_TRAINING_DATA', 'columns');
      const engine = await context.workers.engine();
      const { columns: profiles, rowCount } = context.sources.get(table.sourceId).table;
      const outcome = await engine.train(jobId, {
        modelId: id,
        table,
        profiles,
        randomState: generator.config.randomState,
        rows: trainingRows(generator, rowCount),
      });
      context.generators.patch(id, {
        trainingStatus: 'DONE',
        columns: outcome.columns,
        summary: outcome.summary,
      });
      return context.generators.get(id);
    } catch (error) {
      const canceled = isCanceled(error);
      context.generators.patch(id, {
        trainingStatus: canceled ? 'CANCELED' : 'FAILED',
        error: canceled ? null : error instanceof Error ? error.message : String(error),
      });
      throw error;
    } finally {
      stopProgress();
      stopMessages();
      running.delete(id);
      context.jobs.close(jobId);
    }
  }

  async function cancel(id: string): Promise<void> {
    const job = running.get(id);
    if (job) await (await context.workers.engine()).cancel(job.jobId);
  }

  return {
    propose(sourceId) {
      const source = context.sources.get(sourceId);
      const columns = source.table.columns.map(
        ({ name }): ColumnConfig => ({ name, included: true, modelEncodingType: 'AUTO' }),
      );
      const primaryKey = detectPrimaryKey(source.table.columns);
      const config = GeneratorConfig.parse({
        name: source.table.name,
        tables: [{ name: source.table.name, sourceId, primaryKey, columns }],
      });
      return { config, decisions: decideAll(source, columns, primaryKey, true) };
    },
    decide: (sourceId, columns, primaryKey, model) =>
      decideAll(context.sources.get(sourceId), columns, primaryKey, model.valueProtection),
    create(config) {
      const checked = checkedConfig(config);
      return context.generators.put(newGenerator(context.generators.nextId(), checked, withColumns(checked)));
    },
    update(id, config) {
      const generator = context.generators.get(id);
      if (generator.trainingStatus !== 'NEW') {
        throw new UserError(
          'config/invalid',
          'This generator has already been trained. Clone it to change its settings.',
        );
      }
      const checked = checkedConfig(config);
      return context.generators.put({ ...generator, config: checked, columns: withColumns(checked) });
    },
    async train(id, options = {}) {
      const generator = context.generators.get(id);
      if (running.has(id)) throw new UserError('config/invalid', 'This generator is being trained already.');
      if (generator.trainingStatus === 'DONE') {
        throw new UserError(
          'config/invalid',
          'This generator has already been trained. Clone it to train again.',
        );
      }
      const jobId = context.jobs.open('training', options.onProgress);
      const stopListening = options.onMessage ? onMessage(jobId, options.onMessage) : () => {};
      const done = Promise.resolve().then(() => run(id, jobId));
      done.catch(() => undefined);
      running.set(id, { jobId, done });
      try {
        return await abortable(
          'The training',
          options.signal,
          () => done,
          () => cancel(id),
        );
      } finally {
        stopListening();
      }
    },
    async wait(id, options = {}) {
      const job = running.get(id);
      if (!job) return context.generators.get(id);
      const stop = options.onProgress ? context.jobs.listen(job.jobId, options.onProgress) : () => {};
      try {
        return await abortable(
          'Waiting for the training',
          options.signal,
          () => job.done,
          async () => undefined,
        );
      } finally {
        stop();
      }
    },
    cancel,
    async stop(id) {
      const job = running.get(id);
      if (job) await (await context.workers.engine()).stop(job.jobId);
    },
    get: (id) => context.generators.get(id),
    list: () => context.generators.list(),
    clone(id) {
      const { config } = context.generators.get(id);
      const named = checkedConfig({ ...config, name: `Clone - ${config.name}`.slice(0, 256) });
      return context.generators.put(newGenerator(context.generators.nextId(), named, withColumns(named)));
    },
    async delete(id) {
      const dataset = context.datasets
        .list()
        .find(
          ({ config, generationStatus }) => config.generatorId === id && generationStatus === 'IN_PROGRESS',
        );
      if (dataset) {
        throw new UserError(
          'config/invalid',
          `“${dataset.config.name}” is being generated with this generator. Cancel the generation first.`,
        );
      }
      await cancel(id);
      if (!context.generators.has(id)) return;
      const trained = context.generators.get(id).trainingStatus === 'DONE';
      context.generators.delete(id);
      if (trained) await (await context.workers.engine()).release(id);
    },
  };
}

function newGenerator(id: string, config: GeneratorConfig, columns: Generator['columns']): Generator {
  return {
    id,
    config,
    trainingStatus: 'NEW',
    columns,
    messages: [],
    progress: null,
    backend: null,
    summary: null,
    metrics: null,
    error: null,
  };
}

function decideAll(
  source: Source,
  columns: readonly ColumnConfig[],
  primaryKey: string | null,
  valueProtection: boolean,
): Map<string, EncodingDecision> {
  const settings = new Map(columns.map((column) => [column.name, column]));
  return new Map(
    source.table.columns.map((profile) => {
      const setting = settings.get(profile.name) ?? { included: false, modelEncodingType: 'AUTO' as const };
      return [
        profile.name,
        decideEncoding(profile, setting, { isPrimaryKey: profile.name === primaryKey, valueProtection }),
      ];
    }),
  );
}

/** Every named column must exist, once. */
function checkColumns(columns: readonly ColumnConfig[], primaryKey: string | null, source: Source): void {
  const known = new Set(source.table.columns.map((column) => column.name));
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (!known.has(name)) {
      throw new UserError(
        'config/invalid',
        `The configuration names a column “${name}” that ${source.name} does not have.`,
      );
    }
    if (seen.has(name))
      throw new UserError('config/invalid', `The configuration names the column “${name}” twice.`);
    seen.add(name);
  }
  if (primaryKey !== null && !known.has(primaryKey)) {
    throw new UserError(
      'config/invalid',
      `The primary key “${primaryKey}” is not a column of ${source.name}.`,
    );
  }
}

function checkHoldout(source: Source, holdout: Source): void {
  const held = new Set(holdout.table.columns.map((column) => column.name));
  const missing = source.table.columns
    .filter((column) => !held.has(column.name))
    .map((column) => column.name);
  if (missing.length > 0) {
    throw new UserError(
      'config/invalid',
      `The holdout ${holdout.name} lacks the column${missing.length > 1 ? 's' : ''} ${missing.slice(0, 5).join(', ')} of ${source.name}. A holdout needs the same columns.`,
    );
  }
}
