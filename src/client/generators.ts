import type { ColumnConfig } from '../domain/columns';
import { decideColumns } from '../domain/decide-encoding';
import { errorText, isLost } from '../domain/errors';
import { originalForm } from '../domain/form-of-source';
import { type Generator, GeneratorConfig, type GeneratorTable, modelIdsOf } from '../domain/generators';
import { newId } from '../domain/ids';
import { isUnderWay, isUnfinished, type Job, type ProgressStatus } from '../domain/job';
import { describeFile, describeGenerator, readJobConfig } from '../domain/job-configuration';
import { checkNaming, nameOfCopy } from '../domain/naming';
import { onlyTable } from '../domain/only-table';
import { detectPrimaryKey } from '../domain/primary-key';
import { privacyOf } from '../domain/private-training';
import { newProtectionKey, readProtectionKey } from '../domain/protection-key';
import { atTable } from '../domain/source-versions';
import { earlierTables } from '../domain/version-users';
import type { GeneratorsApi } from './api';
import { persistResult } from './browser-storage';
import { checkRules, invalid } from './check-configuration';
import { createClones } from './clones';
import { configuredGenerators } from './configured-generators';
import type { ClientContext } from './context';
import { copyModel } from './copy-file';
import { despiteLosses } from './despite-losses';
import type { JobOptions, RunningJob } from './job-run';
import { controlJob, discardJob, takeUp } from './jobs-of-resources';
import { listsOf } from './lists';
import { keepModel, removeFiles } from './restore';
import { sdkOfGenerator } from './sdk-exports';

/** Configuration and training. */
export function createGenerators(context: ClientContext): GeneratorsApi {
  const { generators, jobs, keeper, protectionKeys, restorer, sources, unkept, warn, workers } = context;
  const { sourceOf, versionOf, configured, subjectOf, keyOf, requestOf } = configuredGenerators(context);

  function added(config: GeneratorConfig, protectionKey: string): Generator {
    const generator = configured(config);
    protectionKeys.set(generator.id, protectionKey);
    return generator;
  }

  /** With another key, each clone would add noise of its own, and noise averages out; that of an import is not here. */
  function keyOfClone(id: string): string {
    return protectionKeys.get(id) ?? newProtectionKey();
  }

  async function run(id: string, job: RunningJob): Promise<void> {
    const { config, tables } = generators.get(id);
    const { modelId, base, holdoutTableId } = onlyTable({ tables });
    const notKept = (error: unknown) => {
      if (isLost(error)) throw error;
      job.note(error);
      unkept.add(id, () => keepLater(id, modelId));
      warn(
        `${errorText(error)} The model of “${config.name}” lasts as long as this page, or is kept as soon as there is space.`,
      );
    };
    const trainAndKeep = async () => {
      await openRows(id, job);
      if (base) await restorer.model({ config, tables: [{ modelId: base.modelId, model: base.model }] });
      const { columns, rules, summary, subject } = await job.askPausable(
        workers.engine,
        ['PULL_TRAINING_DATA', 'columns'],
        async (engine) => {
          // Made when its turn has come: the source may have been read again meanwhile.
          const { checkpoint } = generators.get(id);
          const request = { modelId, ...requestOf(id), ...(checkpoint && { checkpoint }) };
          return { subject: subjectOf(config), ...(await engine.train(job.id, request)) };
        },
      );
      restorer.has(modelId, 'engine');
      const model = (await context.isKept()) ? await keepModel(workers, modelId).catch(notKept) : undefined;
      const holdout = holdoutTableId === undefined ? {} : { holdoutTableId };
      const source = sourceOf(onlyTable(config));
      const original = originalForm(source, onlyTable(source));
      generators.patch(id, {
        tables: [
          {
            modelId,
            columns,
            subject,
            rules,
            ...holdout,
            ...(model && { model }),
            ...(original && { original }),
          },
        ],
        summary,
        audit: undefined,
        sourceVersion: source.version ?? 1,
      });
    };
    await job.inTurn(() => despiteLosses(job, 'The training', trainAndKeep));
    if (base) await restorer.dropModel(base.modelId);
  }

  /** Brings the rows that a training needs into memory. */
  async function openRows(id: string, job: RunningJob): Promise<void> {
    const { config, continues } = generators.get(id);
    const table = onlyTable(config);
    await restorer.source(sourceOf(table), job);
    for (const tableId of earlierTables(continues?.rows))
      await restorer.source(sourceOf({ sourceId: table.sourceId, tableId }), job);
  }

  async function train(id: string, options: JobOptions): Promise<Generator> {
    const { config } = generators.get(id);
    const plan = {
      kind: 'training',
      resource: { kind: 'generator', id, name: config.name },
      what: 'The training',
      onChange: (progress: Job) => {
        if (!generators.has(id)) return;
        const { status, messages, error } = progress;
        const fields = { trainingStatus: status, messages, error, progress };
        const before = generators.get(id);
        if (before.trainingStatus === status && before.error === error) generators.patchHere(id, fields);
        else generators.patch(id, { ...fields, ...(!isUnfinished(status) && overAs(status)) });
      },
    } as const;
    await jobs.start(plan, (job) => run(id, job), options);
    await keeper.flush().catch(() => undefined);
    await persistResult(context);
    return generators.get(id);
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
    } else await removeFiles(workers, [model.manifest, model.tensors]);
  }

  return {
    propose(sourceId, version) {
      const { name, id: tableId, columns: profiles } = onlyTable(versionOf(sourceId, version));
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
    decide(sourceId, settings, version) {
      const { columns: profiles } = onlyTable(versionOf(sourceId, version));
      const decided = decideColumns(profiles, settings);
      return new Map(decided.map(({ name, decision }) => [name, decision]));
    },
    create: (config, { protectionKey } = {}) =>
      added(config, protectionKey === undefined ? newProtectionKey() : readProtectionKey(protectionKey)),
    configuration(id) {
      const { config, imported } = generators.get(id);
      const { sourceId, tableId } = onlyTable(config);
      const known = sources.has(sourceId) ? sources.get(sourceId) : null;
      const source = known ? describeFile(atTable(known, tableId) ?? known) : imported?.source;
      return { ...(source && { source }), generator: describeGenerator(config) };
    },
    sdkConfiguration: (id) => sdkOfGenerator(context, id),
    createFrom(configuration, sourceId) {
      const text = typeof configuration === 'string' ? configuration : JSON.stringify(configuration);
      const generator = readJobConfig(text).generator!;
      const { id: tableId } = onlyTable(sources.get(sourceId));
      const tables = [{ ...onlyTable(generator), sourceId, tableId, holdoutSourceId: null }];
      return added({ ...generator, tables }, newProtectionKey());
    },
    protectionKey: keyOf,
    update(id, config) {
      if (generators.get(id).continues) {
        throw invalid(
          'This generator goes on from a trained model and keeps its settings. Clone it as new to change them.',
        );
      }
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
          await openRows(id, job);
          return job.ask(workers.engine, ['PULL_TRAINING_DATA', 'columns'], (engine) =>
            engine.findRules(job.id, { ...request, table }),
          );
        },
        options,
      );
    },
    async train(id, options = {}) {
      const { trainingStatus } = generators.get(id);
      if (isUnderWay(trainingStatus)) throw invalid('This generator is being trained already.');
      if (trainingStatus === 'DONE') {
        throw invalid('This generator has already been trained. Clone it to train again.');
      }
      if (trainingStatus === 'ON_HOLD') {
        throw invalid('This training is on hold. Resume it, or cancel it to begin anew.');
      }
      return train(id, options);
    },
    async resume(id, options = {}) {
      const { progress, trainingStatus } = generators.get(id);
      if (trainingStatus !== 'ON_HOLD') throw invalid('This training is not on hold.');
      return takeUp(context, progress, (resumes) => train(id, { ...options, resumes }));
    },
    async pause(id) {
      const { config, progress, trainingStatus } = generators.get(id);
      if (trainingStatus === 'IN_PROGRESS' && privacyOf(onlyTable(config).tabularModelConfiguration))
        throw invalid(NO_PAUSE);
      if (isUnderWay(trainingStatus)) await controlJob(context, progress, 'pause');
    },
    async wait(id, options = {}) {
      await jobs.wait('training', id, options);
      return generators.get(id);
    },
    async cancel(id) {
      const { progress, trainingStatus } = generators.get(id);
      if (isUnderWay(trainingStatus)) await controlJob(context, progress, 'cancel');
      if (trainingStatus === 'ON_HOLD') {
        discardJob(context, progress);
        generators.patch(id, { trainingStatus: 'CANCELED', error: null, ...overAs('CANCELED') });
        await keeper.flush();
      }
    },
    async stop(id) {
      const { progress, trainingStatus } = generators.get(id);
      if (trainingStatus === 'IN_PROGRESS') await controlJob(context, progress, 'stop');
    },
    setGoesOn(id, on) {
      if (generators.get(id).trainingStatus !== 'DONE') generators.patch(id, { goesOn: on || undefined });
    },
    get: (id) => generators.get(id),
    ...listsOf(context, 'generator', generators),
    ...createClones(context, { configured, versionOf, keyOfClone }),
    export: async (id, options) => (await archives()).exportGenerator(context, id, options),
    audit: async (id, options) => (await archives()).auditGenerator(context, id, options),
    import: async (file, options) => (await archives()).importGenerator(context, file, options),
    rename(id, naming) {
      const { config } = generators.get(id);
      generators.patch(id, { config: { ...config, ...checkNaming(naming) } });
      return generators.get(id);
    },
    async duplicate(id) {
      const generator = generators.get(id);
      const { config, tables, trainingStatus } = generator;
      if (isUnfinished(trainingStatus))
        throw invalid(
          `“${config.name}” is ${isUnderWay(trainingStatus) ? 'being trained' : 'on hold'}. Duplicate it when its training is over.`,
        );
      const table = onlyTable({ tables });
      const { modelId: _old, model: _model, base, ...own } = table;
      // A trained generator has a model, and one that is to go on from a model has that: at most one is copied.
      const model = trainingStatus === 'DONE' ? table : base;
      const copied = model && (await copyModel(workers, model));
      const tableOfCopy: GeneratorTable = {
        ...own,
        modelId: newId(),
        ...(copied &&
          (model === base ? { base: { ...base, modelId: newId(), model: copied } } : { model: copied })),
      };
      const copy = { ...generator, id: newId(), tables: [tableOfCopy], progress: null };
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
      const models = modelIdsOf(generators.get(id));
      jobs.known.forgetThoseOf(id);
      generators.delete(id);
      protectionKeys.delete(id);
      await keeper.flush();
      await Promise.all(models.map((modelId) => restorer.dropModel(modelId)));
    },
  };
}

/** What a generator loses when its training is over; what is to follow it does so where it has a model. */
function overAs(status: ProgressStatus): Pick<Generator, 'checkpoint' | 'goesOn'> {
  return { checkpoint: undefined, ...(status !== 'DONE' && { goesOn: undefined }) };
}

/** A training from which noise protects people; steps that are repeated with other noise would give away more. */
const NO_PAUSE =
  'A training with differential privacy is not paused: steps that were repeated with other noise would give away more than its guarantee says. Stop it to keep the model so far, or cancel it.';

/** Loaded when an archive is asked for: the first screen does without. */
const archives = () => import('./generator-archive');
