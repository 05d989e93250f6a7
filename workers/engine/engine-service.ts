import { UserError } from '../../src/domain/errors';
import type { SourceTableConfig } from '../../src/domain/generators';
import { capabilitiesOf } from '../../src/domain/model-configuration';
import type { AuditAnswer } from '../../src/domain/model-scores';
import { idOfRule, type TableRule } from '../../src/domain/rules';
import type { TablePreview } from '../../src/domain/sources';
import { type GenerationSummary, SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { connect, transfer } from '../../src/threads/rpc';
import { type JobContext, JobRunner, type JobStep } from '../../src/threads/run-job';
import type { DatabasePeerApi } from '../database/protocol';
import type { FilesApi } from '../workspace/protocol';
import { auditModel } from './audit/audit-model';
import { CheckpointKeeper } from './checkpoints/checkpoint-keeper';
import { CheckpointMismatch, pausableJob } from './checkpoints/pausable-job';
import { generateDataset, sampleRows } from './generation/generate-dataset';
import { GenerationCheckpoints } from './generation/generation-checkpoints';
import { generationFingerprint } from './generation/generation-fingerprint';
import { keeping, tried, withKey, withSubjects } from './generation/open-sampler';
import { subjectColumns } from './generation/subject-columns';
import {
  type Artefact,
  FORMAT,
  type OutputColumn,
  packArtefact,
  type StoredArtefact,
  unpackArtefact,
} from './models/artefact';
import type { Model, Sampler, TrainingJob } from './models/model';
import { REGENERATED } from './models/regenerated/model';
import type {
  AuditRequest,
  EngineApi,
  EngineEvent,
  GenerateRequest,
  ProbeRequest,
  TrainOutcome,
  TrainRequest,
} from './protocol';
import { withRulesOf } from './rules/continued-rules';
import { withRulesInStep } from './rules/rules-step';
import { namedByRules } from './rules/training-rules';
import { planTraining } from './training-table';
import { withWriters } from './written-columns';

/** Rows of the model that are shown while it learns. */
const LIVE_ROWS = 10;

/** The model of a family's id, ready to work. */
export type ModelLoader = (family: string) => Promise<Model>;

interface TrainedModel {
  readonly artefact: Artefact;
  /** It came from files. */
  readonly isStored?: true;
  /** Opened when first asked for. */
  sampler: Promise<Sampler> | null;
}

/** The engine worker's API: jobs by id, models in memory by their id. */
export class EngineService implements EngineApi {
  readonly #loadModel: ModelLoader;
  readonly #clock: () => number;
  readonly #jobs = new JobRunner((event) => this.#post(event));
  readonly #models = new Map<string, TrainedModel>();
  #database: DatabasePeerApi | null = null;
  /** Where checkpoints are written; null = nowhere. */
  #files: FilesApi | null = null;
  #post: (event: EngineEvent) => void = () => {};

  /** @param clock milliseconds, by which checkpoints are due; tests have their own */
  constructor(loadModel: ModelLoader, clock: () => number = () => performance.now()) {
    this.#loadModel = loadModel;
    this.#clock = clock;
  }

  async open(setup: Parameters<EngineApi['open']>[0]): Promise<void> {
    const post = (event: EngineEvent) => setup.events.postMessage(event);
    this.attach(connect<DatabasePeerApi>(setup.database), post, connect<FilesApi>(setup.files));
  }

  /** What `open` does, for callers on the same thread. Without files no checkpoints are written. */
  attach(database: DatabasePeerApi, post: (event: EngineEvent) => void, files: FilesApi | null = null): void {
    this.#database = database;
    this.#files = files;
    this.#post = post;
  }

  async train(jobId: string, request: TrainRequest): Promise<TrainOutcome> {
    return this.#jobs.run(jobId, 'The training', async (job) => {
      const { modelId, table, checkpoint } = request;
      // Steps done again with other noise would give away more than the budget says.
      const keeper = isPrivate(table) ? null : this.#keeper(jobId, modelId, job, 'training');
      try {
        await keeper?.load(checkpoint);
        return await this.#train(jobId, request, job, keeper).catch((error: unknown) => {
          if (!keeper || !(error instanceof CheckpointMismatch)) throw error;
          keeper.refuse('does not fit this version of Doppelgrid');
          return this.#train(jobId, request, job, keeper);
        });
      } finally {
        await keeper?.close();
      }
    });
  }

  async #train(
    jobId: string,
    request: TrainRequest,
    whole: JobContext,
    keeper: CheckpointKeeper | null,
  ): Promise<TrainOutcome> {
    const { modelId, table, randomState } = request;
    let isKeeping = false;
    const job = keeper ? pausableJob(whole, () => isKeeping) : whole;
    const take = (keeper: CheckpointKeeper) => () => {
      isKeeping = true;
      return keeper;
    };
    const configuration = table.tabularModelConfiguration;
    const steps = {
      pull: job.step('PULL_TRAINING_DATA', 'columns'),
      analyse: job.step('ANALYZE_TRAINING_DATA', 'columns'),
      encode: job.step('ENCODE_TRAINING_DATA', 'columns'),
    };
    const base = request.continueFrom && this.#continued(request.continueFrom.modelId, table);
    const planned = await planTraining(request, this.#source(), base?.output);
    const plan = await withWriters(planned, request, this.#source(), () => job.yield());
    const family = plan.table.features.length === 0 ? REGENERATED : configuration.model;
    const model = await this.#loadModel(family);
    let training: JobStep | null = null;
    const step = () => {
      training ??= job.step('TRAIN_MODEL', 'epochs');
      return training;
    };
    const trainingJob: TrainingJob = {
      ...job,
      ...(keeper && { checkpoints: { take: take(keeper) } }),
      onColumns: (stage, done, total) => {
        steps[stage].update(done, total);
        if (done === total && stage !== 'encode') steps[stage].finish('DONE');
      },
      enter: (phase, unit) => step().enter(phase, unit),
      update: (value, max, remaining) => step().update(value, max, remaining),
      onMessage: (message) => this.#post({ type: 'message', jobId, message }),
      onBackend: (adapter) => this.#post({ type: 'backend', jobId, modelId, adapter }),
      onNotice: (sentence) => this.#post({ type: 'notice', modelId, sentence }),
      onCheckpoint: async (sampler) => {
        const defaults = SyntheticTableConfiguration.parse({});
        const live = { rows: LIVE_ROWS, seed: randomState, configuration: defaults };
        const preview = await sampleRows(keeping(sampler, { kept, output: plan.output }), plan.output, live);
        this.#post({ type: 'sample', jobId, modelId, preview });
      },
    };
    const subjects = isPrivate(table) ? undefined : await subjectColumns(plan.table, () => job.yield());
    const found = await withRulesInStep(plan.table, ruledBy(request.table), job, steps.pull);
    const ruled = base ? await withRulesOf(base.kept, plan.table, found, () => job.yield()) : found;
    const { rules, kept, table: learned } = ruled;
    const encoded = base
      ? await model.encode(learned, configuration, trainingJob, {
          learned: base,
          sameRows: request.continueFrom!.sameRows,
        })
      : await model.encode(learned, configuration, trainingJob);
    steps.encode.finish('DONE');
    step();
    const trained = await model.train(encoded, configuration, trainingJob);
    await this.release(modelId);
    const artefact = {
      format: FORMAT,
      model: family,
      output: plan.output,
      kept,
      ...keyOf(request, plan.output),
      ...(subjects && { subjects }),
      ...trained.learned,
    } as const;
    this.#models.set(modelId, { artefact, sampler: null });
    const listed = [...rules, ...unkeptRules(request.table)];
    return { columns: plan.decisions, rules: listed, summary: trained.summary };
  }

  async findRules(jobId: string, request: Omit<TrainRequest, 'modelId'>): Promise<readonly TableRule[]> {
    return this.#jobs.run(jobId, 'The search for rules', async (job) => {
      const step = job.step('PULL_TRAINING_DATA', 'columns');
      const plan = await planTraining(request, this.#source());
      const ruled = ruledBy(request.table);
      const table = namedByRules(plan.table, ruled.rules);
      const { rules } = await withRulesInStep(table, ruled, job, step);
      return [...rules, ...unkeptRules(request.table)];
    });
  }

  async stop(jobId: string): Promise<void> {
    this.#jobs.stop(jobId);
  }

  async pause(jobId: string): Promise<void> {
    this.#jobs.pause(jobId);
  }

  async cancel(jobId: string): Promise<void> {
    this.#jobs.cancel(jobId);
  }

  async generate(jobId: string, request: GenerateRequest): Promise<GenerationSummary> {
    return this.#jobs.run(jobId, 'The generation', async (job) => {
      const { modelId, checkpoint } = request;
      const { artefact } = this.#model(modelId);
      const step = job.step('GENERATE_DATA', 'rows', request.rows);
      step.enter('LOAD_MODEL');
      const sampler = await this.#sampler(modelId);
      step.enter(null);
      const keeper = this.#keeper(jobId, modelId, job, 'generation');
      try {
        await keeper?.load(checkpoint);
        const keeping =
          keeper && new GenerationCheckpoints(keeper, () => generationFingerprint(artefact, request));
        const progress = { job, step, ...(keeping && { keeping }) };
        return await generateDataset(sampler, artefact, request, this.#source(), progress);
      } finally {
        await keeper?.close();
      }
    });
  }

  async probe(
    jobId: string,
    { modelId, rows, randomState, configuration }: ProbeRequest,
  ): Promise<TablePreview> {
    return this.#jobs.run(jobId, 'The probe', async (job) => {
      job.step('GENERATE_DATA', 'rows', rows);
      const { output } = this.#model(modelId).artefact;
      return sampleRows(await this.#sampler(modelId), output, { rows, seed: randomState, configuration });
    });
  }

  async audit(jobId: string, request: AuditRequest): Promise<AuditAnswer> {
    return this.#jobs.run(jobId, 'The audit', async (job) => {
      const step = job.step('AUDIT_MODEL', 'percent');
      const { artefact } = this.#model(request.modelId);
      const sampler = await this.#sampler(request.modelId);
      const family = await this.#loadModel(artefact.model);
      return auditModel({ artefact, sampler, family }, request, this.#source(), job, step);
    });
  }

  async exportModel(modelId: string): Promise<StoredArtefact> {
    const stored = packArtefact(this.#model(modelId).artefact);
    return transfer(stored, [stored.tensors.buffer as ArrayBuffer]);
  }

  async importModel(modelId: string, stored: StoredArtefact): Promise<void> {
    const artefact = unpackArtefact(stored);
    (await this.#loadModel(artefact.model)).check(artefact);
    await this.release(modelId);
    this.#models.set(modelId, { artefact, isStored: true, sampler: null });
  }

  async release(modelId: string): Promise<void> {
    const model = this.#models.get(modelId);
    this.#models.delete(modelId);
    if (model?.sampler) (await model.sampler).dispose();
  }

  async #sampler(modelId: string): Promise<Sampler> {
    const trained = this.#model(modelId);
    const { artefact } = trained;
    trained.sampler ??= this.#loadModel(artefact.model)
      .then((model) => model.open(artefact, (sentence) => this.#post({ type: 'notice', modelId, sentence })))
      .then((sampler) => withSubjects(withKey(keeping(sampler, artefact), artefact), artefact))
      .then((sampler) => (trained.isStored ? tried(sampler) : sampler));
    return trained.sampler.catch((error: unknown) => {
      trained.sampler = null;
      throw error;
    });
  }

  #keeper(jobId: string, modelId: string, job: JobContext, noun: string): CheckpointKeeper | null {
    if (!this.#files) return null;
    return new CheckpointKeeper({
      ...{ files: this.#files, job, noun, clock: this.#clock },
      tell: (checkpoint) => this.#post({ type: 'checkpoint', jobId, checkpoint }),
      notice: (sentence) => this.#post({ type: 'notice', modelId, jobId, sentence }),
    });
  }

  /** @throws UserError `config/invalid` if no training can go on from that model */
  #continued(modelId: string, { tabularModelConfiguration }: SourceTableConfig): Artefact {
    const { artefact } = this.#model(modelId);
    if (
      artefact.model === tabularModelConfiguration.model &&
      capabilitiesOf(tabularModelConfiguration).continues
    )
      return artefact;
    throw new UserError(
      'config/invalid',
      'A training cannot go on from this model. Clone its generator with the same settings, and train anew.',
    );
  }

  #model(modelId: string): TrainedModel {
    const model = this.#models.get(modelId);
    if (model) return model;
    throw new UserError('not-found', 'There is no trained model of this generator. Train it first.', {
      details: { modelId },
    });
  }

  #source(): DatabasePeerApi {
    if (!this.#database) throw new UserError('internal', 'The engine was used before it was opened.');
    return this.#database;
  }
}

/** A private model finds and keeps no rules: what rows have in common without noise would be told. */
function ruledBy(table: SourceTableConfig): SourceTableConfig {
  return isPrivate(table) ? { ...table, rules: { ...table.rules, find: false, added: [] } } : table;
}

/** Rules that a person added and a private model does not look at: listed, so that they do not vanish. */
function unkeptRules(table: SourceTableConfig): TableRule[] {
  if (!isPrivate(table)) return [];
  return table.rules.added.map((rule) => ({
    rule,
    applicable: 0,
    kept: 0,
    source: 'added',
    state: table.rules.off.includes(idOfRule(rule)) ? 'off' : 'unkept',
  }));
}

function isPrivate({ tabularModelConfiguration }: SourceTableConfig): boolean {
  return capabilitiesOf(tabularModelConfiguration).differentialPrivacy;
}

/** The key of several columns that the file declares, if every part of it varies in the output. */
function keyOf({ profiles }: TrainRequest, output: readonly OutputColumn[]): Pick<Artefact, 'key'> {
  const key = profiles.flatMap(({ name, isKeyPart }) => (isKeyPart ? [name] : []));
  const varying = new Set(
    output.flatMap(({ writer, schema }) => (writer?.as === 'constant' ? [] : [schema.name])),
  );
  return key.length > 1 && key.every((name) => varying.has(name)) ? { key } : {};
}
