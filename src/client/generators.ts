import type { TrainRequest } from '../../workers/engine/protocol';
import type { ColumnConfig } from '../domain/columns';
import { decideColumns, detectPrimaryKey } from '../domain/decide-encoding';
import { errorText, UserError } from '../domain/errors';
import { sourceSentence } from '../domain/generator-archive';
import {
  type Generator,
  GeneratorConfig,
  type GeneratorTable,
  type SourceTableConfig,
} from '../domain/generators';
import { newId } from '../domain/ids';
import { isUnderWay, type Job } from '../domain/job';
import { describeFile, describeGenerator, readJobConfig } from '../domain/job-configuration';
import { checkNaming, nameOfCopy } from '../domain/naming';
import { nearNamesSentence } from '../domain/near-names';
import { onlyTable } from '../domain/only-table';
import { newProtectionKey, readProtectionKey } from '../domain/protection-key';
import { trainingRows } from '../domain/row-plan';
import { columnsOfRule } from '../domain/rules';
import type { Source, SourceTable } from '../domain/sources';
import { decideSubject, missingSubjectColumns, type Subject } from '../domain/subjects';
import { parseConfig } from '../domain/zod';
import type { GeneratorsApi } from './api';
import type { ClientContext } from './context';
import { copyFiles } from './copy-file';
import { exportGenerator, importGenerator } from './generator-archive';
import type { RunningJob } from './job-registry';
import { keepModel, removeFiles } from './restore';

/** Configuration and training. */
export function createGenerators(context: ClientContext): GeneratorsApi {
  const { generators, jobs, keeper, protectionKeys, restorer, sources, unkept, warn, workers } = context;

  function tableOf({ sourceId, tableId }: Pick<SourceTableConfig, 'sourceId' | 'tableId'>): SourceTable {
    const { name, tables } = sources.get(sourceId);
    const table = tables.find(({ id }) => id === tableId);
    if (!table) throw invalid(`The configuration names a table that ${name} does not have.`);
    return table;
  }

  /** Checks everything that can be without running it. @param id of a generator that is there already */
  function configured(config: GeneratorConfig, id: string = newId()): Generator {
    const checked = parseConfig(GeneratorConfig, config, 'generator configuration');
    const known = generators.has(id) ? generators.get(id).tables : [];
    const tables = checked.tables.map((table, i): GeneratorTable => {
      const source = sources.get(table.sourceId);
      const { columns } = tableOf(table);
      checkColumns(table, columns, source.name);
      checkSubject(table, columns, source.name);
      checkRules(table, columns);
      if (table.holdoutSourceId !== null)
        checkHoldout(columns, source.name, sources.get(table.holdoutSourceId));
      const { valueProtection } = table.tabularModelConfiguration;
      return {
        modelId: known[i]?.modelId ?? newId(),
        columns: decideColumns(columns, { ...table, valueProtection }),
        subject: decideSubject(columns, table),
        rules: [],
      };
    });
    return generators.put({
      id,
      config: checked,
      tables,
      trainingStatus: 'NEW',
      messages: [],
      progress: null,
      backend: null,
      summary: null,
      metrics: null,
      error: null,
    });
  }

  function subjectOf(config: GeneratorConfig): Subject | null {
    const table = onlyTable(config);
    return decideSubject(tableOf(table).columns, table);
  }

  function added(config: GeneratorConfig, protectionKey: string): Generator {
    const generator = configured(config);
    protectionKeys.set(generator.id, protectionKey);
    return generator;
  }

  /** Jobs of other tabs are seen here and run there. */
  function checkIsHere(id: string): void {
    const { trainingStatus } = generators.get(id);
    if (!isUnderWay(trainingStatus) || jobs.find('training', id)) return;
    throw invalid('This training runs in another tab. Cancel or stop it there.');
  }

  function keyOf(id: string): string {
    const key = protectionKeys.get(generators.get(id).id);
    if (key === undefined) {
      throw invalid(
        'This generator was imported, and no file holds the protection key that it was trained with.',
      );
    }
    return key;
  }

  /** With another key, each clone would add noise of its own, and noise averages out; that of an import is not here. */
  function keyOfClone(id: string): string {
    return protectionKeys.get(id) ?? newProtectionKey();
  }

  /** What a training works on. */
  function requestOf(id: string): Omit<TrainRequest, 'modelId'> {
    const { config } = generators.get(id);
    const table = onlyTable(config);
    const { columns: profiles, rowCount } = tableOf(table);
    // The source may have been read again since the configuration was checked.
    checkSubject(table, profiles, sources.get(table.sourceId).name);
    const rows = trainingRows(config, rowCount, subjectOf(config));
    return { table, profiles, randomState: config.randomState, protectionKey: keyOf(id), rows };
  }

  async function run(id: string, job: RunningJob): Promise<void> {
    const { config, tables } = generators.get(id);
    const { modelId } = onlyTable({ tables });
    const { subject, columns, rules, summary } = await job.inTurn(async () => {
      await restorer.source(sources.get(onlyTable(config).sourceId), job);
      return job.ask(workers.engine, ['PULL_TRAINING_DATA', 'columns'], async (engine) => {
        // Made when its turn has come: the source may have been read again meanwhile.
        const request = { modelId, ...requestOf(id) };
        return { subject: subjectOf(config), ...(await engine.train(job.id, request)) };
      });
    });
    restorer.has(modelId);
    const notKept = (error: unknown) => {
      job.note(error);
      unkept.add(id, () => keepLater(id, modelId));
      warn(
        `${errorText(error)} The model of “${config.name}” lasts as long as this page, or is kept as soon as there is space.`,
      );
    };
    const model = (await context.isKept()) ? await keepModel(workers, modelId).catch(notKept) : undefined;
    generators.patch(id, {
      tables: [{ modelId, columns, subject, rules, ...(model && { model }) }],
      summary,
    });
  }

  /** Keeps the model that did not fit, unless its generator is gone or has it. */
  async function keepLater(id: string, modelId: string): Promise<void> {
    const isWanted = () =>
      generators.has(id) &&
      generators.get(id).tables.some((table) => table.modelId === modelId && table.model === undefined);
    if (!isWanted()) return;
    const model = await keepModel(workers, modelId);
    if (isWanted()) {
      const { tables } = generators.get(id);
      const kept = tables.map((table) => (table.modelId === modelId ? { ...table, model } : table));
      generators.patch(id, { tables: kept });
    } else await removeFiles(await workers.workspace(), model);
  }

  return {
    propose(sourceId) {
      const { name, id: tableId, columns: profiles } = onlyTable(sources.get(sourceId));
      const columns = profiles.map(
        (profile): ColumnConfig => ({ name: profile.name, included: true, modelEncodingType: 'AUTO' }),
      );
      const primaryKey = detectPrimaryKey(profiles);
      const config = GeneratorConfig.parse({
        name,
        tables: [{ name, sourceId, tableId, primaryKey, columns }],
      });
      const settings = { columns, primaryKey, subjectColumns: null, valueProtection: true };
      const decided = decideColumns(profiles, settings);
      return { config, decisions: new Map(decided.map((column) => [column.name, column.decision])) };
    },
    decide(sourceId, settings) {
      const { columns: profiles } = onlyTable(sources.get(sourceId));
      const decided = decideColumns(profiles, settings);
      return new Map(decided.map(({ name, decision }) => [name, decision]));
    },
    create: (config, { protectionKey } = {}) =>
      added(config, protectionKey === undefined ? newProtectionKey() : readProtectionKey(protectionKey)),
    configuration(id) {
      const { config, imported } = generators.get(id);
      const { sourceId } = onlyTable(config);
      const source = sources.has(sourceId) ? describeFile(sources.get(sourceId)) : imported?.source;
      return { ...(source && { source }), generator: describeGenerator(config) };
    },
    createFrom(configuration, sourceId) {
      const text = typeof configuration === 'string' ? configuration : JSON.stringify(configuration);
      const generator = readJobConfig(text).generator!;
      const { id: tableId } = onlyTable(sources.get(sourceId));
      const tables = [{ ...onlyTable(generator), sourceId, tableId, holdoutSourceId: null }];
      return added({ ...generator, tables }, newProtectionKey());
    },
    protectionKey: keyOf,
    update(id, config) {
      if (generators.get(id).trainingStatus !== 'NEW') {
        throw invalid('This generator has already been trained. Clone it to change its settings.');
      }
      return configured(config, id);
    },
    async findRules(id, { rules, ...options } = {}) {
      const { config } = generators.get(id);
      const request = requestOf(id);
      const table = { ...request.table, rules: rules ?? request.table.rules };
      checkRules(table, request.profiles);
      const resource = { kind: 'generator', id, name: config.name } as const;
      return jobs.start(
        { kind: 'rules', resource, what: 'The search for rules' },
        async (job) => {
          await restorer.source(sources.get(onlyTable(config).sourceId), job);
          return job.ask(workers.engine, ['PULL_TRAINING_DATA', 'columns'], (engine) =>
            engine.findRules(job.id, { ...request, table }),
          );
        },
        options,
      );
    },
    async train(id, options = {}) {
      const { config, trainingStatus } = generators.get(id);
      if (isUnderWay(trainingStatus)) throw invalid('This generator is being trained already.');
      if (trainingStatus === 'DONE') {
        throw invalid('This generator has already been trained. Clone it to train again.');
      }
      const plan = {
        kind: 'training',
        resource: { kind: 'generator', id, name: config.name },
        what: 'The training',
        onChange: (progress: Job) => {
          const { status, messages, error } = progress;
          generators.patch(id, { trainingStatus: status, messages, error, progress });
        },
      } as const;
      await jobs.start(plan, (job) => run(id, job), options);
      await keeper.flush().catch(() => undefined);
      return generators.get(id);
    },
    async wait(id, options = {}) {
      await jobs.wait('training', id, options);
      return generators.get(id);
    },
    async cancel(id) {
      checkIsHere(id);
      await jobs.cancel(id, 'training');
    },
    async stop(id) {
      checkIsHere(id);
      const job = jobs.find('training', id);
      if (job?.status !== 'IN_PROGRESS') return;
      jobs.stopping(job.id);
      await (await workers.engine()).stop(job.id);
    },
    get: (id) => generators.get(id),
    list: () => generators.list(),
    clone(id) {
      const { config, imported } = generators.get(id);
      if (imported && !sources.has(onlyTable(config).sourceId)) throw invalid(sourceSentence(imported));
      return added({ ...config, name: `Clone - ${config.name}`.slice(0, 256) }, keyOfClone(id));
    },
    export: (id, options) => exportGenerator(context, id, options),
    import: (file, options) => importGenerator(context, file, options),
    rename(id, naming) {
      const { config } = generators.get(id);
      generators.patch(id, { config: { ...config, ...checkNaming(naming) } });
      return generators.get(id);
    },
    async duplicate(id) {
      const generator = generators.get(id);
      const { config, tables, trainingStatus } = generator;
      if (isUnderWay(trainingStatus))
        throw invalid(`“${config.name}” is being trained. Duplicate it when that is over.`);
      const copies = tables.map(async ({ modelId: old, model, ...table }): Promise<GeneratorTable> => {
        if (trainingStatus !== 'DONE') return { ...table, modelId: newId() };
        if (!model) return { ...table, modelId: newId(), model: await keepModel(workers, old) };
        const [manifest, tensors] = await copyFiles(workers, [model.manifest, model.tensors]);
        const copied = { manifest: manifest!, tensors: tensors! };
        return { ...table, modelId: newId(), model: copied };
      });
      const copy = { ...generator, id: newId(), tables: await Promise.all(copies) };
      const key = protectionKeys.get(id);
      if (key !== undefined) protectionKeys.set(copy.id, key);
      generators.put({ ...copy, config: { ...config, name: nameOfCopy(config.name) } });
      await keeper.flush();
      return generators.get(copy.id);
    },
    async delete(id) {
      const dataset = context.datasets
        .list()
        .find(({ config, generationStatus }) => config.generatorId === id && isUnderWay(generationStatus));
      if (dataset) {
        throw invalid(
          `“${dataset.config.name}” is being generated with this generator. Cancel the generation first.`,
        );
      }
      await jobs.cancel(id);
      if (!generators.has(id)) return;
      const { tables } = generators.get(id);
      generators.delete(id);
      protectionKeys.delete(id);
      await keeper.flush();
      await Promise.all(tables.map(({ modelId }) => restorer.dropModel(modelId)));
    },
  };
}

function invalid(sentence: string): UserError {
  return new UserError('config/invalid', sentence);
}

/** Every named column must exist, once. */
function checkColumns(
  { columns, primaryKey }: SourceTableConfig,
  profiles: SourceTable['columns'],
  sourceName: string,
): void {
  const known = new Set(profiles.map(({ name }) => name));
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (!known.has(name)) {
      throw invalid(`The configuration names a column “${name}” that ${sourceName} does not have.`);
    }
    if (seen.has(name)) throw invalid(`The configuration names the column “${name}” twice.`);
    seen.add(name);
  }
  if (primaryKey !== null && !known.has(primaryKey)) {
    throw invalid(`The primary key “${primaryKey}” is not a column of ${sourceName}.`);
  }
}

/** Every column that rows of the same person are declared to share must exist: without one, fewer rows are protected. */
function checkSubject(table: SourceTableConfig, profiles: SourceTable['columns'], sourceName: string): void {
  const names = profiles.map(({ name }) => name);
  const [missing] = missingSubjectColumns(names, table);
  if (missing === undefined) return;
  throw invalid(
    `Rows of the same person are to share “${missing}”, which is not a column of ${sourceName}. ${nearNamesSentence(missing, names)}`,
  );
}

/** Rules may name any column of the table. */
function checkRules({ name, rules }: SourceTableConfig, profiles: SourceTable['columns']): void {
  const known = new Set(profiles.map((profile) => profile.name));
  for (const column of rules.added.flatMap(columnsOfRule)) {
    if (known.has(column)) continue;
    throw invalid(
      `A rule names the column “${column}”, which ${name} does not have. Change the rule or remove it.`,
    );
  }
}

function checkHoldout(columns: SourceTable['columns'], sourceName: string, holdout: Source): void {
  const held = new Set(onlyTable(holdout).columns.map(({ name }) => name));
  const missing = columns.filter(({ name }) => !held.has(name)).map(({ name }) => name);
  if (missing.length === 0) return;
  throw invalid(
    `The holdout ${holdout.name} lacks the column${missing.length > 1 ? 's' : ''} ${missing.slice(0, 5).join(', ')} of ${sourceName}. A holdout needs the same columns.`,
  );
}
