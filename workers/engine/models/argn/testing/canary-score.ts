import { encodeColumn } from '../../../encoding/encoder';
import type { RandomBits } from '../../../privacy/dp/random-bits';
import type { TrainingTable } from '../../model';
import { type CanaryScore, UNWATCHED } from '../../testing/canary-audit';
import { encodeTable } from '../encode-table';
import { ArgnConfiguration } from '../family';
import type { Backend, ModelSpec, StepPlan, TrainingState } from '../network/network-backend';
import { refinePrivately } from '../private/private-network';
import { encodePrivately, planOf } from '../private/private-rows';
import { createNetwork, learnWeights } from '../train-network';
import { ADAM } from '../training/schedule';
import { openBackend } from './open-backend';

/** The row to find: no other has its two codes together. */
export const MISMATCH: readonly [number, number] = [0, 1];

/**
 * How far the noisy gradients of all steps go in the direction of that row's own. The attack sees every step, as the
 * guarantee allows, not the last weights alone (Nasr et al. 2023, https://arxiv.org/abs/2302.07956). All trainings have
 * one start: the counts have an audit of their own.
 */
export function argnScore(settings: object, bits: () => RandomBits): CanaryScore {
  const configuration = ArgnConfiguration.parse({ model: 'argn', privacyGuard: false, ...settings });
  let started: ReturnType<typeof startOf> | null = null;
  return async (table) => {
    started ??= startOf(table, configuration, bits());
    const { encoded, privateRows, network, drawn } = await started;
    const codesOf = async (column: number) => {
      const { training } = await table.read(column);
      return encodeColumn(encoded.features[column]!.encoding, training)[0]!;
    };
    const parts = [await codesOf(0), await codesOf(1)];
    const rowCount = parts[0]!.length;
    const codes = Uint16Array.from(parts.flatMap((part) => [...part]));
    const row = MISMATCH.map((code, c) => parts[c]![code]!);
    const backend = new WatchedBackend(await openBackend('wasm'), row, network.content.spec);
    const rows = { ...privateRows, codes, rowCount, bits: bits(), drawn: new Map() };
    await refinePrivately(backend, drawn, encoded, network, rows, HOOKS);
    backend.dispose();
    return backend.score;
  };
}

const HOOKS = { ...UNWATCHED, onCheckpoint: async () => {} };

async function startOf(table: TrainingTable, configuration: ArgnConfiguration, bits: RandomBits) {
  const plan = await planOf(table, configuration, UNWATCHED.yield);
  if (plan.steps === 0) throw new Error('There are no gradients to audit.');
  const encode = (rows: TrainingTable) => encodeTable(rows, configuration, UNWATCHED, null);
  const prepared = await encodePrivately(table, configuration, plan, bits, UNWATCHED, encode);
  const network = await createNetwork(prepared.encoded, configuration, UNWATCHED.yield);
  const backend = await openBackend('wasm');
  const drawn = await learnWeights(backend, prepared.encoded, network, HOOKS);
  backend.dispose();
  return { ...prepared, network, drawn };
}

/**
 * Takes steps one by one and reads their gradients off the first moments. Weights are held still: they would give way
 * to the row until the others undo what it does, and the sum of all steps would tell less.
 */
class WatchedBackend implements Backend {
  readonly #backend: Backend;
  readonly #row: readonly number[];
  readonly #spec: ModelSpec;
  #direction: Float32Array | null = null;
  score = 0;

  constructor(backend: Backend, row: readonly number[], spec: ModelSpec) {
    this.#backend = backend;
    this.#row = row;
    this.#spec = spec;
  }

  async train(plan: StepPlan): Promise<Float32Array> {
    let before = (await this.#backend.getState()).firstMoment;
    this.#direction ??= await gradientOf(this.#row, this.#spec, await this.#backend.getState(), plan);
    for (let s = 0; s < plan.steps; s++) {
      const [from, to] = [s * plan.batchSize, (s + 1) * plan.batchSize];
      await this.#backend.train({
        ...{ ...plan, firstStep: plan.firstStep + s, steps: 1 },
        ...{ rows: plan.rows.slice(from, to), orderOf: plan.orderOf.slice(from, to) },
        ...{ learningRate: Float32Array.of(0), emaDecay: Float32Array.of(0) },
      });
      const after = (await this.#backend.getState()).firstMoment;
      for (const [k, along] of this.#direction.entries())
        this.score += (along * (after[k]! - ADAM.beta1 * before[k]!)) / (1 - ADAM.beta1);
      before = after;
    }
    return new Float32Array(0);
  }

  get kind() {
    return this.#backend.kind;
  }
  get adapter() {
    return this.#backend.adapter;
  }
  init: Backend['init'] = (...setup) => this.#backend.init(...setup);
  setState: Backend['setState'] = (state) => this.#backend.setState(state);
  getState: Backend['getState'] = () => this.#backend.getState();
  evaluate: Backend['evaluate'] = (request) => this.#backend.evaluate(request);
  generate: Backend['generate'] = (request) => this.#backend.generate(request);
  memory: Backend['memory'] = () => this.#backend.memory();
  dispose: Backend['dispose'] = () => this.#backend.dispose();
}

/** What one row adds to the sum of a step. */
async function gradientOf(
  row: readonly number[],
  spec: ModelSpec,
  state: TrainingState,
  plan: StepPlan,
): Promise<Float32Array> {
  const backend = await openBackend('wasm');
  await backend.init(spec, Uint16Array.from(row), 1, { ...ADAM, weightDecay: 0 });
  await backend.setState(state);
  await backend.train({
    ...{ ...plan, firstStep: 0, steps: 1, batchSize: 1, rows: Uint32Array.of(0), orderOf: Uint16Array.of(0) },
    learningRate: Float32Array.of(0),
    emaDecay: Float32Array.of(0),
    privacy: { ...plan.privacy!, deviation: 0, expectedRows: 1 },
  });
  const { firstMoment } = await backend.getState();
  backend.dispose();
  return firstMoment.map((moment) => moment / (1 - ADAM.beta1));
}
