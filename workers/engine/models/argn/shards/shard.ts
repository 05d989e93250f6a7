import { UserError } from '../../../../../src/domain/errors';
import { answerPing } from '../../../../../src/threads/helper';
import { transfer } from '../../../../../src/threads/rpc';
import type {
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  StepPlan,
} from '../network/network-backend';
import { type Layout, writePads } from '../network/weight-layout';
import { drawTable } from '../wasm/draw-rows';
import { evaluateSpans } from '../wasm/evaluate-rows';
import { storeCodeTable } from '../wasm/load-rows';
import type { PartedGradient } from '../wasm/parted-gradient';
import { TrainingRun } from '../wasm/train-steps';
import { createWorkspace, type Workspace, weightsAt } from '../wasm/workspace';
import { Peers } from './peers';
import type { Blocks, ShardApi, ShardSetup, StateArray } from './protocol';
import type { Share } from './shares';

/** The SIMD kernels on one thread of a pool. */
export class Shard implements ShardApi {
  #space: Workspace | undefined;
  #hyper: Hyperparameters | undefined;
  #share: Share | undefined;
  #peers: Peers | undefined;
  /** Steps of this model so far. */
  #steps = 0;

  ping(lifeline: string | null): Promise<boolean> {
    return answerPing(lifeline);
  }

  async open({ module, spec, rowCount, hyper, worker, share, links }: ShardSetup): Promise<number> {
    this.#peers?.close();
    this.#peers = new Peers(worker, links);
    this.#steps = 0;
    this.#share = share;
    this.#space = createWorkspace(module, spec, rowCount, share.owned);
    this.#hyper = hyper;
    return this.#space.bytes;
  }

  async storeCodes(codes: Uint16Array, first: number): Promise<void> {
    storeCodeTable(this.#ready(), codes, first);
  }

  async readBlocks(array: StateArray): Promise<Blocks> {
    const space = this.#ready();
    const { layout, f32 } = space;
    const { led } = this.#share!;
    const values = new Float32Array(sizeOf(layout, led));
    forBlocks(layout, led, (j, from, floats) => {
      const start = blockAt(space, array, j);
      values.set(f32.subarray(start, start + floats), from);
    });
    return transfer({ subColumns: led, values }, [values.buffer]);
  }

  async writeBlocks(array: StateArray, { subColumns, values }: Blocks): Promise<void> {
    const space = this.#ready();
    const { layout, at, f32 } = space;
    forBlocks(layout, subColumns, (j, from, floats) => {
      f32.set(values.subarray(from, from + floats), blockAt(space, array, j));
    });
    if (array !== 'parameters' && array !== 'average') return;
    writePads(layout, f32.subarray(at[array] / 4, at[array] / 4 + layout.total));
  }

  async train(plan: StepPlan): Promise<Float32Array> {
    const { parts } = this.#share!;
    const peers = this.#peers!;
    const run = new TrainingRun(this.#ready(), this.#hyper!, plan);
    const { whole } = run;
    const half = Math.ceil(whole.length / 2);
    for (let step = 0; step < plan.steps; step++, this.#steps++) {
      if (!run.begin(step)) continue;
      const shared = new Map<number, PartedGradient>();
      for (const j of run.parted) {
        const gradient = run.addParts(j, parts.get(j)!);
        // Without others a turn of the event loop per step would only cost time.
        if (!peers.share(j)) continue;
        peers.send(this.#steps, j, gradient);
        shared.set(j, gradient);
      }
      // Whole targets are trained while messages are on their way, twice a step.
      run.trainWhole(whole.slice(0, half));
      const losses = new Map<number, ReadonlyMap<number, number>>();
      for (const [j, gradient] of shared) losses.set(j, await peers.addUp(this.#steps, j, gradient));
      run.trainWhole(whole.slice(half));
      for (const [j, gradient] of shared) await peers.complete(this.#steps, j, gradient);
      for (const j of run.parted) run.applyParts(j, losses.get(j));
    }
    return run.losses;
  }

  async evaluate(request: EvaluationRequest, targets: 'own' | 'all'): Promise<Float64Array> {
    const space = this.#ready();
    const all = space.layout.spec.subColumns.map((_, j) => j);
    const judged = targets === 'own' ? this.#share!.led : all;
    return evaluateSpans(space, weightsAt(space, request.weights), request, judged);
  }

  async draw(request: GenerationRequest): Promise<Uint16Array> {
    const space = this.#ready();
    const codes = drawTable(space, weightsAt(space, request.weights), request);
    return transfer(codes, [codes.buffer]);
  }

  #ready(): Workspace {
    if (!this.#space) throw new UserError('internal', 'A compute worker is used before it was opened.');
    return this.#space;
  }
}

/** Floats of blocks laid one after the other. */
export function sizeOf(layout: Layout, subColumns: readonly number[]): number {
  return subColumns.reduce((sum, j) => sum + layout.blockSize(j), 0);
}

/** Calls with each block's place among blocks laid one after the other. */
export function forBlocks(
  layout: Layout,
  subColumns: readonly number[],
  visit: (j: number, from: number, floats: number) => void,
): void {
  let from = 0;
  for (const j of subColumns) {
    const floats = layout.blockSize(j);
    visit(j, from, floats);
    from += floats;
  }
}

/** Index into the workspace's floats. */
function blockAt({ at, layout, momentStart }: Workspace, array: StateArray, j: number): number {
  const weights = array === 'parameters' || array === 'average';
  return at[array] / 4 + (weights ? layout.blockStart(j) : momentStart[j]!);
}
