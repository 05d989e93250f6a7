import { UserError } from '../../../../../src/domain/errors';
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
import { trainSteps } from '../wasm/train-steps';
import { createWorkspace, type Workspace, weightsAt } from '../wasm/workspace';
import type { Blocks, ShardApi, ShardSetup, StateArray } from './protocol';

/** The SIMD kernels on one thread of a pool. */
export class Shard implements ShardApi {
  #space: Workspace | undefined;
  #hyper: Hyperparameters | undefined;

  async open({ module, spec, rowCount, hyper, owned }: ShardSetup): Promise<number> {
    this.#space = createWorkspace(module, spec, rowCount, owned);
    this.#hyper = hyper;
    return this.#space.bytes;
  }

  async storeCodes(codes: Uint16Array, first: number): Promise<void> {
    storeCodeTable(this.#ready(), codes, first);
  }

  async readBlocks(array: StateArray): Promise<Blocks> {
    const space = this.#ready();
    const { layout, f32, owned } = space;
    const values = new Float32Array(sizeOf(layout, owned));
    forBlocks(layout, owned, (j, from, floats) => {
      const start = blockAt(space, array, j);
      values.set(f32.subarray(start, start + floats), from);
    });
    return transfer({ subColumns: owned, values }, [values.buffer]);
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
    return trainSteps(this.#ready(), this.#hyper!, plan);
  }

  async evaluate(request: EvaluationRequest, targets: 'own' | 'all'): Promise<Float64Array> {
    const space = this.#ready();
    const all = space.layout.spec.subColumns.map((_, j) => j);
    const chosen = targets === 'own' ? space.owned : all;
    return evaluateSpans(space, weightsAt(space, request.weights), request, chosen);
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

/** Floats of blocks that follow each other. */
export function sizeOf(layout: Layout, subColumns: readonly number[]): number {
  return subColumns.reduce((sum, j) => sum + layout.blockSize(j), 0);
}

/** Calls with each block's offset and size among blocks that follow each other. */
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
