import type { ColumnData } from '../../../../src/domain/column-data';
import type { ThreadSource } from '../../../../src/threads/thread';
import type { EncoderApi } from '../../encoding-pool/column-task';
import { startEncoder } from '../../encoding-pool/encode-columns';
import { type RandomBits, secureBits } from '../../privacy/dp/random-bits';
import type { Artefact, Learned } from '../artefact';
import type { Model, Sampler, Trained, TrainedBase, TrainingJob, TrainingTable } from '../model';
import type { ArgnContent, ArgnLearned } from './artefact';
import { type BackendFactory, backendChooser, gpuOfThread } from './backends/choose-backend';
import { FailoverBackend } from './backends/failover-backend';
import { checkStored } from './check-stored';
import { type ContinuedArgn, checkSettings } from './continued';
import { continuedNetwork } from './continued-network';
import { type EncodedTable, encodeTable } from './encode-table';
import type { ArgnConfiguration } from './family';
import type { Backend } from './network/network-backend';
import { costOf } from './network/network-spec';
import { trainPrivateNetwork } from './private/private-network';
import { encodePrivately, type PrivateRows, planOf } from './private/private-rows';
import { relationsOf } from './rules/draw-relations';
import { ArgnSampler, logProbabilities } from './sampler';
import { startShard } from './shards/open-pool';
import { createNetwork, fingerprintOf, loadNetwork, trainNetwork } from './train-network';
import { Journal } from './training/journal';
import { trainLasting } from './training/lasting-training';
import { effectiveBatchSize } from './training/schedule';
import { loadKernels } from './wasm/load';

const DRAWN_BY_WASM =
  'Rows of this model are drawn by WebAssembly: it keeps the rules of the table, which the GPU kernels cannot yet.';

/** Whether rules restrict what may be drawn. */
function isRestricted({
  relations,
  computed,
  ties,
}: Pick<ArgnContent, 'relations' | 'computed' | 'ties'>): boolean {
  return relations.length + computed.length + ties.length > 0;
}

/** A table to learn, and the private rows that it was drawn from; null = it is no private training. */
interface ArgnTable {
  readonly encoded: EncodedTable;
  readonly privateRows: PrivateRows | null;
  /** The model that the training goes on from. */
  readonly base?: ContinuedArgn;
}

/** TabularARGN on the backends of this thread. */
export class ArgnModel implements Model<ArgnTable, ArgnConfiguration> {
  readonly #createBackend: BackendFactory;
  readonly #encoders: ThreadSource<EncoderApi> | null;
  readonly #openBits: () => RandomBits;

  /**
   * @param encoders null: long tables are encoded on this thread
   * @param openBits where the noise of private trainings comes from; seeded in tests alone
   */
  constructor(
    createBackend: BackendFactory,
    encoders: ThreadSource<EncoderApi> | null = null,
    openBits: () => RandomBits = secureBits,
  ) {
    this.#createBackend = createBackend;
    this.#encoders = encoders;
    this.#openBits = openBits;
  }

  async encode(
    table: TrainingTable,
    configuration: ArgnConfiguration,
    job: TrainingJob,
    trained?: TrainedBase,
  ): Promise<ArgnTable> {
    if (trained) {
      const base = trained as ContinuedArgn;
      checkSettings(configuration, base.learned.content);
      const encoded = await encodeTable(table, configuration, job, this.#encoders, undefined, base);
      return { encoded, privateRows: null, base };
    }
    const encode = (rows: TrainingTable) => encodeTable(rows, configuration, job, this.#encoders);
    if (!configuration.differentialPrivacy) return { encoded: await encode(table), privateRows: null };
    const bits = this.#openBits();
    if (bits.seeded) job.onNotice('The noise of this training is seeded: it protects nobody.');
    const plan = await planOf(table, configuration, () => job.yield());
    return encodePrivately(table, configuration, plan, bits, job, encode);
  }

  async train(
    { encoded: table, privateRows, base }: ArgnTable,
    configuration: ArgnConfiguration,
    job: TrainingJob,
  ): Promise<Trained> {
    // Drawn rows are nobody's to guard.
    const guarded = { ...configuration, privacyGuard: configuration.privacyGuard && privateRows === null };
    const network = base
      ? continuedNetwork(table, configuration, base)
      : await createNetwork(table, guarded, async (compared, pairs) => {
          job.enter('CHOOSE_INPUTS', 'comparisons');
          job.update(compared, pairs);
          await job.yield();
        });
    const { content } = network;
    job.enter('CHOOSE_BACKEND');
    const batchSize = effectiveBatchSize(table.trainingRows, costOf(content.spec), configuration);
    const backend = await this.#open(content, batchSize, (sentence, adapter) => {
      job.onNotice(sentence);
      job.onBackend(adapter);
    });
    try {
      job.onBackend(backend.adapter);
      job.enter('PREPARE_TRAINING');
      const relations = relationsOf(content);
      const hooks = {
        ...job,
        onCheckpoint: () => job.onCheckpoint(new ArgnSampler(backend, content, relations)),
      };
      const journal = Journal.open({
        keeper: (privateRows ? null : job.checkpoints?.take()) ?? null,
        backend,
        isLasting: backend instanceof FailoverBackend,
        fingerprint: () => fingerprintOf(table, network),
      });
      return await trainLasting(backend, journal, hooks, (replaying, kept) =>
        privateRows
          ? trainPrivateNetwork(replaying, table, network, privateRows, kept)
          : trainNetwork(replaying, table, network, kept),
      );
    } finally {
      backend.dispose();
    }
  }

  check(stored: Artefact): void {
    checkStored(stored);
  }

  async open(model: Learned, onNotice: (sentence: string) => void): Promise<Sampler> {
    const learned = model as ArgnLearned;
    const { content } = learned;
    if (content.configuration.backend === 'webgpu' && isRestricted(content)) onNotice(DRAWN_BY_WASM);
    const backend = await this.#open(content, null, onNotice);
    await loadNetwork(backend, learned);
    const logProbability = async (columns: readonly ColumnData[]) => {
      // Kernels of this thread score each row alone.
      const scoring = await this.#createBackend('wasm');
      try {
        return await logProbabilities(scoring, learned, columns);
      } finally {
        scoring.dispose();
      }
    };
    return Object.assign(new ArgnSampler(backend, content), { logProbability });
  }

  /**
   * Restricted draws are computed by WASM alone (docs/kernels.md, Restricted draws).
   * @param batchSize null = the model is to generate
   */
  #open(
    { spec, configuration: { backend, threads }, relations, computed, ties }: ArgnContent,
    batchSize: number | null,
    onMove: (sentence: string, adapter: string) => void,
  ): Promise<Backend> {
    const restricted = batchSize === null && isRestricted({ relations, computed, ties });
    return this.#createBackend(restricted ? 'wasm' : backend, { spec, threads, batchSize, onMove });
  }
}

/** The family as a browser's engine worker runs it. */
export function createModel(): Model {
  const cores = navigator.hardwareConcurrency;
  const backends = backendChooser(loadKernels, { cores, start: startShard }, gpuOfThread);
  return new ArgnModel(backends, { cores, start: startEncoder });
}
