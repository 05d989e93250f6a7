import { UserError } from '../../src/domain/errors';
import type { ProgressStep, StepCode } from '../../src/domain/progress';
import type { TablePreview } from '../../src/domain/sources';
import { type GenerationSummary, SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { pause } from '../../src/threads/pause';
import { connect, transfer } from '../../src/threads/rpc';
import type { DatabasePeerApi } from '../database/protocol';
import { generateDataset, sampleRows } from './generation/generate-dataset';
import { type Artefact, packArtefact, type StoredArtefact, unpackArtefact } from './models/artefact';
import type { Model, Sampler, TrainingJob } from './models/model';
import type { EngineApi, EngineEvent, GenerateRequest, TrainOutcome, TrainRequest } from './protocol';
import { StepReporter } from './step-reporter';
import { planTraining } from './training-table';

/** Rows shown of the model while it learns. */
const LIVE_ROWS = 10;

/** The family of an id, ready to work. */
export type ModelLoader = (family: string) => Promise<Model>;

interface Job {
  readonly cancel: AbortController;
  readonly stop: AbortController;
  readonly steps: StepReporter[];
}

interface TrainedModel {
  readonly artefact: Artefact;
  /** Opened when first asked for. */
  sampler: Promise<Sampler> | null;
}

/** The engine worker's API: jobs by id, models in memory by their id. */
export class EngineSession implements EngineApi {
  readonly #loadModel: ModelLoader;
  readonly #jobs = new Map<string, Job>();
  readonly #models = new Map<string, TrainedModel>();
  #database: DatabasePeerApi | null = null;
  #post: (event: EngineEvent) => void = () => {};

  constructor(loadModel: ModelLoader) {
    this.#loadModel = loadModel;
  }

  async open(setup: Parameters<EngineApi['open']>[0]): Promise<void> {
    this.attach(connect<DatabasePeerApi>(setup.database), (event) => setup.events.postMessage(event));
  }

  /** What `open` does, for callers on the same thread. */
  attach(database: DatabasePeerApi, post: (event: EngineEvent) => void): void {
    this.#database = database;
    this.#post = post;
  }

  async train(jobId: string, request: TrainRequest): Promise<TrainOutcome> {
    return this.#run(jobId, async (job) => {
      const { modelId, table, randomState } = request;
      const configuration = table.tabularModelConfiguration;
      const model = await this.#loadModel(configuration.model);
      const steps = {
        pull: this.#step(jobId, job, 'PULL_TRAINING_DATA', 'columns', null),
        analyse: this.#step(jobId, job, 'ANALYZE_TRAINING_DATA', 'columns', null),
        encode: this.#step(jobId, job, 'ENCODE_TRAINING_DATA', 'columns', null),
      };
      const plan = await planTraining(request, this.#source());
      let training: StepReporter | null = null;
      const step = () => {
        training ??= this.#step(jobId, job, 'TRAIN_MODEL', 'epochs', null);
        return training;
      };
      const trainingJob: TrainingJob = {
        cancel: job.cancel.signal,
        stop: job.stop.signal,
        pause,
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
          const preview = await sampleRows(sampler, plan.output, live);
          this.#post({ type: 'sample', jobId, modelId, preview });
        },
      };
      const encoded = await model.encode(plan.table, configuration, trainingJob);
      steps.encode.finish('DONE');
      step();
      const trained = await model.train(encoded, configuration, trainingJob);
      await this.release(modelId);
      const { model: family } = configuration;
      const artefact = { format: 1, model: family, output: plan.output, ...trained.learned } as const;
      this.#models.set(modelId, { artefact, sampler: null });
      return { columns: plan.decisions, summary: trained.summary };
    });
  }

  async stop(jobId: string): Promise<void> {
    this.#jobs.get(jobId)?.stop.abort();
  }

  async cancel(jobId: string): Promise<void> {
    this.#jobs.get(jobId)?.cancel.abort();
  }

  async generate(jobId: string, request: GenerateRequest): Promise<GenerationSummary> {
    return this.#run(jobId, async (job) => {
      const { artefact } = this.#model(request.modelId);
      const step = this.#step(jobId, job, 'GENERATE_DATA', 'rows', request.rows);
      step.enter('LOAD_MODEL');
      const sampler = await this.#sampler(request.modelId);
      step.enter(null);
      return generateDataset(sampler, artefact.output, request, this.#source(), {
        cancel: job.cancel.signal,
        pause,
        onRows: (rows) => {
          step.update(rows);
          if (rows === request.rows) step.enter('WRITE_FILE');
        },
      });
    });
  }

  async probe(
    modelId: string,
    rows: number,
    seed: number,
    configuration: SyntheticTableConfiguration,
  ): Promise<TablePreview> {
    const { output } = this.#model(modelId).artefact;
    return sampleRows(await this.#sampler(modelId), output, { rows, seed, configuration });
  }

  async exportModel(modelId: string): Promise<StoredArtefact> {
    const stored = packArtefact(this.#model(modelId).artefact);
    return transfer(stored, [stored.tensors.buffer as ArrayBuffer]);
  }

  async importModel(modelId: string, stored: StoredArtefact): Promise<void> {
    const artefact = unpackArtefact(stored);
    await this.release(modelId);
    this.#models.set(modelId, { artefact, sampler: null });
  }

  async release(modelId: string): Promise<void> {
    const model = this.#models.get(modelId);
    this.#models.delete(modelId);
    if (model?.sampler) (await model.sampler).dispose();
  }

  /** Runs one job: every step it began ends with it, whatever happens. */
  async #run<T>(jobId: string, work: (job: Job) => Promise<T>): Promise<T> {
    const job: Job = { cancel: new AbortController(), stop: new AbortController(), steps: [] };
    this.#jobs.set(jobId, job);
    let outcome: 'DONE' | 'FAILED' | 'CANCELED' = 'FAILED';
    try {
      const result = await work(job);
      outcome = 'DONE';
      return result;
    } catch (error) {
      if (job.cancel.signal.aborted) outcome = 'CANCELED';
      throw error;
    } finally {
      for (const step of job.steps) step.finish(outcome);
      this.#jobs.delete(jobId);
    }
  }

  #step(jobId: string, job: Job, code: StepCode, unit: ProgressStep['unit'], max: number | null) {
    const reporter = new StepReporter(code, unit, max, (step) => this.#post({ type: 'step', jobId, step }));
    job.steps.push(reporter);
    return reporter;
  }

  async #sampler(modelId: string): Promise<Sampler> {
    const trained = this.#model(modelId);
    const { artefact } = trained;
    trained.sampler ??= this.#loadModel(artefact.model).then((model) =>
      model.open(artefact, (sentence) => this.#post({ type: 'notice', modelId, sentence })),
    );
    return trained.sampler.catch((error: unknown) => {
      trained.sampler = null;
      throw error;
    });
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
