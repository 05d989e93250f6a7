import { canceledError, UserError } from '../../src/domain/errors';
import type { ProgressStep, StepCode } from '../../src/domain/progress';
import type { TablePreview } from '../../src/domain/sources';
import { type GenerationSummary, SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { pause } from '../../src/threads/pause';
import { connect } from '../../src/threads/rpc';
import type { DatabasePeerApi } from '../database/protocol';
import type { EncoderSupply } from './encoding-pool/protocol';
import { generateDataset, sampleRows } from './generate-dataset';
import type { ArgnArtefact } from './models/argn/artefact';
import type { BackendFactory } from './models/argn/backends/choose-backend';
import type { Backend } from './models/argn/network/network-backend';
import { costOf } from './models/argn/network/network-spec';
import { effectiveBatchSize } from './models/argn/training/schedule';
import { prepareTable } from './prepare-table';
import type { EngineApi, EngineEvent, GenerateRequest, TrainOutcome, TrainRequest } from './protocol';
import { StepReporter } from './step-reporter';
import { createModel, loadModel, trainPrepared } from './train-model';

const PHASE_OF = { learning: null, finishing: 'FINISH_TRAINING', guarding: 'CHECK_PRIVACY' } as const;

/** Rows shown of the model while it learns. */
const LIVE_ROWS = 10;

interface Job {
  readonly cancel: AbortController;
  readonly stop: AbortController;
  readonly steps: StepReporter[];
}

interface Model {
  readonly artefact: ArgnArtefact;
  /** Holds the weights, ready to generate; made when first asked for. */
  sampler: Promise<Backend> | null;
}

/** The engine worker's API: jobs by id, models in memory by the id of their generator. */
export class EngineSession implements EngineApi {
  readonly #createBackend: BackendFactory;
  readonly #encoders: EncoderSupply | null;
  readonly #jobs = new Map<string, Job>();
  readonly #models = new Map<string, Model>();
  #database: DatabasePeerApi | null = null;
  #post: (event: EngineEvent) => void = () => {};

  /**
   * @param encoders null: long tables are encoded on this thread
   */
  constructor(createBackend: BackendFactory, encoders: EncoderSupply | null = null) {
    this.#createBackend = createBackend;
    this.#encoders = encoders;
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
      const table = await this.#prepare(jobId, job, request);
      const step = this.#step(jobId, job, 'TRAIN_MODEL', 'epochs', null);
      const model = await createModel(table, request, async (compared, pairs) => {
        step.enter('CHOOSE_INPUTS', 'comparisons');
        step.update(compared, pairs);
        await pause();
        if (job.cancel.signal.aborted) throw canceledError('The training');
      });
      const { modelId } = request;
      const { spec, configuration } = model.artefact.manifest;
      const batchSize = effectiveBatchSize(table.trainingRows, costOf(spec), configuration);
      const name = (adapter: string) => this.#post({ type: 'backend', jobId, modelId, adapter });
      step.enter('CHOOSE_BACKEND');
      const backend = await this.#open(model.artefact, modelId, batchSize, name);
      try {
        name(backend.adapter);
        step.enter('PREPARE_TRAINING');
        const { artefact, summary } = await trainPrepared(backend, table, request, model, {
          cancel: job.cancel.signal,
          stop: job.stop.signal,
          pause,
          onMessage: (message) => this.#post({ type: 'message', jobId, message }),
          onProgress: ({ phase, epochs, expectedEpochs, remaining }) => {
            step.enter(PHASE_OF[phase]);
            step.update(epochs, expectedEpochs, remaining);
          },
          onCheckpoint: () => this.#showRows(jobId, request, model.artefact, backend),
        });
        await this.release(request.modelId);
        this.#models.set(request.modelId, { artefact, sampler: null });
        return { columns: table.decisions, summary };
      } finally {
        backend.dispose();
      }
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
      const model = this.#model(request.modelId);
      const step = this.#step(jobId, job, 'GENERATE_DATA', 'rows', request.rows);
      step.enter('LOAD_MODEL');
      const backend = await this.#sampler(model, request.modelId);
      step.enter(null);
      return generateDataset(model.artefact, backend, request, this.#source(), {
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
    const model = this.#model(modelId);
    return sampleRows(model.artefact, await this.#sampler(model, modelId), rows, seed, configuration);
  }

  async release(modelId: string): Promise<void> {
    const model = this.#models.get(modelId);
    this.#models.delete(modelId);
    if (model?.sampler) (await model.sampler).dispose();
  }

  async #prepare(jobId: string, job: Job, request: TrainRequest) {
    const steps = {
      pull: this.#step(jobId, job, 'PULL_TRAINING_DATA', 'columns', null),
      analyse: this.#step(jobId, job, 'ANALYZE_TRAINING_DATA', 'columns', null),
      encode: this.#step(jobId, job, 'ENCODE_TRAINING_DATA', 'columns', null),
    };
    const table = await prepareTable(request, this.#source(), {
      cancel: job.cancel.signal,
      pause,
      encoders: this.#encoders,
      onColumns: (stage, done, total) => {
        steps[stage].update(done, total);
        if (done === total && stage !== 'encode') steps[stage].finish('DONE');
      },
    });
    steps.encode.finish('DONE');
    return table;
  }

  async #showRows(
    jobId: string,
    { modelId, randomState }: TrainRequest,
    artefact: ArgnArtefact,
    backend: Backend,
  ): Promise<void> {
    const defaults = SyntheticTableConfiguration.parse({});
    const preview = await sampleRows(artefact, backend, LIVE_ROWS, randomState, defaults);
    this.#post({ type: 'sample', jobId, modelId, preview });
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

  async #sampler(model: Model, modelId: string): Promise<Backend> {
    model.sampler ??= this.#open(model.artefact, modelId, null).then(async (backend) => {
      await loadModel(backend, model.artefact);
      return backend;
    });
    return model.sampler.catch((error: unknown) => {
      model.sampler = null;
      throw error;
    });
  }

  /** @param onMove gets the name of every other backend that the work moves to */
  #open(
    { manifest: { spec, configuration } }: ArgnArtefact,
    modelId: string,
    batchSize: number | null,
    onMove: (adapter: string) => void = () => {},
  ): Promise<Backend> {
    const { backend, threads } = configuration;
    return this.#createBackend(backend, {
      spec,
      threads,
      batchSize,
      onMove: (sentence, adapter) => {
        this.#post({ type: 'notice', modelId, sentence });
        onMove(adapter);
      },
    });
  }

  #model(modelId: string): Model {
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
