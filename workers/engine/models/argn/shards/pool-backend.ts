import { UserError } from '../../../../../src/domain/errors';
import { transfer } from '../../../../../src/threads/rpc';
import { checkGeneration } from '../network/generation-request';
import type {
  Backend,
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
  TrainingState,
} from '../network/network-backend';
import { createLayout, type Layout } from '../network/weight-layout';
import { rowWork, workOf } from '../network/work-model';
import { EVALUATION_SPAN, sumSpans } from '../wasm/evaluate-rows';
import { cutRows, isLopsided, type RowRange } from './balance';
import type { ShardConnection } from './connection';
import type { StateArray } from './protocol';
import { forBlocks, sizeOf } from './shard';
import { ShardGroup } from './shard-group';
import { openLinks, probableBatch, type Share, shareOut } from './shares';
import { cutTable, joinCodes, own, sliceEvaluation, sliceGeneration } from './slices';

/** Rows at which a worker's part of a drawing begins: whole tiles of the kernels. */
const DRAW_SPAN = 32;
const ARRAYS = ['parameters', 'firstMoment', 'secondMoment', 'average'] as const;
type Weights = EvaluationRequest['weights'];

interface Model {
  readonly layout: Layout;
  /** Per worker, what it trains. */
  readonly shares: readonly Share[];
  /** One column's work outweighs all others: rows are judged side by side and not columns. */
  readonly lopsided: boolean;
  readonly bytes: number;
}

/**
 * The SIMD kernels on several threads (docs/kernels.md). No parameter is shared between sub-columns, so each worker
 * trains some of them alone and the weights are the same bits for any number of workers; those that outweigh the
 * others are shared by rows (`row-parts.ts`). Rows of an evaluation, if
 * one column outweighs the others, and of a generation are shared out instead, for which workers are given each
 * other's averaged blocks once after they changed. Balanced rows are ranked among each other, so such a group stays
 * with one worker and groups go side by side. Needs neither SharedArrayBuffer nor cross-origin isolation.
 */
export class PoolBackend implements Backend {
  readonly kind = 'wasm';
  readonly adapter: string;
  readonly lanes: number;
  readonly #module: WebAssembly.Module;
  readonly #shards: ShardGroup;
  #model: Model | undefined;
  /** Weights that every worker has of all sub-columns. */
  #shared: ReadonlySet<Weights> = new Set();
  /** Rows that each worker has yet to draw. */
  readonly #drawing: number[];

  /**
   * @param module `kernels.wasm`, compiled
   * @param shards running workers, at least one, which this backend ends
   */
  constructor(module: WebAssembly.Module, shards: readonly ShardConnection[]) {
    this.#module = module;
    this.#shards = new ShardGroup(shards);
    this.#drawing = shards.map(() => 0);
    this.lanes = shards.length;
    this.adapter = `WASM SIMD, ${shards.length} ${shards.length === 1 ? 'thread' : 'threads'}`;
  }

  init(spec: ModelSpec, codes: Uint16Array, rowCount: number, hyper: Hyperparameters): Promise<void> {
    return this.#shards.exclusive(async () => {
      const layout = createLayout(spec);
      const shares = shareOut(spec, this.#shards.size, probableBatch(rowCount));
      const links = openLinks(shares);
      const judging = workOf(spec).map((part) => rowWork(part, 2048));
      const bytes = await this.#shards.each((shard, worker) => {
        const mine = links[worker]!;
        const setup = {
          module: this.#module,
          spec,
          rowCount,
          hyper,
          worker,
          share: shares[worker]!,
          links: mine,
        };
        return shard.open(
          transfer(
            setup,
            mine.map(({ port }) => port),
          ),
        );
      });
      for (const { first, piece } of cutTable(codes, spec.subColumns.length, rowCount)) {
        await this.#shards.each((shard) => shard.storeCodes(piece, first));
      }
      this.#shared = new Set();
      this.#model = {
        layout,
        shares,
        lopsided: isLopsided(
          judging,
          shares.map(({ led }) => led),
        ),
        bytes: bytes.reduce((sum, size) => sum + size, 0),
      };
    });
  }

  setState(state: TrainingState): Promise<void> {
    return this.#shards.exclusive(async () => {
      const { layout, shares } = this.#ready();
      for (const name of ARRAYS) {
        if (state[name].length === layout.total) continue;
        throw new UserError(
          'internal',
          `The saved ${name} has ${state[name].length} numbers, this model ${layout.total}. Train the model again.`,
        );
      }
      this.#shared = new Set();
      for (const name of ARRAYS) {
        await this.#shards.each((shard, worker) => {
          const subColumns = shares[worker]!.owned;
          const values = new Float32Array(sizeOf(layout, subColumns));
          forBlocks(layout, subColumns, (j, from, floats) => {
            const start = layout.blockStart(j);
            values.set(state[name].subarray(start, start + floats), from);
          });
          return shard.writeBlocks(name, { subColumns, values });
        });
      }
    });
  }

  getState(): Promise<TrainingState> {
    return this.#shards.exclusive(async () => ({
      parameters: await this.#read('parameters'),
      firstMoment: await this.#read('firstMoment'),
      secondMoment: await this.#read('secondMoment'),
      average: await this.#read('average'),
    }));
  }

  train(plan: StepPlan): Promise<Float32Array> {
    return this.#shards.exclusive(async () => {
      const { layout, shares } = this.#ready();
      this.#shared = new Set();
      const parts = layout.spec.subColumns.length;
      const losses = new Float32Array(plan.steps * parts);
      const plain = { ...plan, rows: own(plan.rows), orderOf: own(plan.orderOf) };
      const results = await this.#shards.each((shard) => shard.train(plain));
      results.forEach((result, worker) => {
        const { owned, led } = shares[worker]!;
        for (let step = 0; step < plan.steps; step++) {
          for (const j of led) losses[step * parts + j] = result[step * owned.length + owned.indexOf(j)]!;
        }
      });
      return losses;
    });
  }

  async evaluate(request: EvaluationRequest): Promise<Float64Array> {
    // As for `generate`, it is enough that the calls are sent before anything changes the weights.
    const { judging } = await this.#shards.exclusive(async () => {
      const { lopsided } = this.#ready();
      if (lopsided) await this.#share(request.weights);
      return { judging: lopsided ? this.#evaluateRows(request) : this.#evaluateColumns(request) };
    });
    return judging;
  }

  async #evaluateColumns(request: EvaluationRequest): Promise<Float64Array> {
    const { layout, shares } = this.#ready();
    const losses = new Float64Array(layout.spec.subColumns.length);
    const plain = sliceEvaluation(request, 0, request.rows.length);
    const results = await this.#shards.each((shard) => shard.evaluate(plain, 'own'));
    const spans = Math.ceil(request.rows.length / EVALUATION_SPAN);
    results.forEach((result, worker) => {
      shares[worker]!.led.forEach((j, place) => {
        losses[j] = sumSpans(result.subarray(place * spans, (place + 1) * spans));
      });
    });
    return losses;
  }

  async #evaluateRows(request: EvaluationRequest): Promise<Float64Array> {
    const { layout } = this.#ready();
    const ranges = cutRows(request.rows.length, this.#shards.size, EVALUATION_SPAN);
    const results = await this.#shards.ranges(ranges, (shard, { from, to }) =>
      shard.evaluate(sliceEvaluation(request, from, to), 'all'),
    );
    const parts = layout.spec.subColumns.length;
    return Float64Array.from({ length: parts }, (_, j) => {
      const spans = results.flatMap((result) => {
        const count = result.length / parts;
        return [...result.subarray(j * count, (j + 1) * count)];
      });
      return sumSpans(Float64Array.from(spans));
    });
  }

  async generate(request: GenerationRequest): Promise<Uint16Array> {
    const { spec } = this.#ready().layout;
    checkGeneration(spec, request);
    const balanced = request.sampling === 'balanced';
    // A worker takes its calls in order, so it is enough that they are sent before anything changes the weights.
    const { ranges, drawing } = await this.#shards.exclusive(async () => {
      await this.#share(request.weights);
      const ranges = balanced
        ? [{ worker: this.#idlest(), from: 0, to: request.rows }]
        : cutRows(request.rows, this.#shards.size, DRAW_SPAN);
      return { ranges, drawing: this.#draw(ranges, request) };
    });
    return joinCodes(await drawing, ranges, request.rows, spec.subColumns.length);
  }

  async #draw(ranges: readonly RowRange[], request: GenerationRequest): Promise<Uint16Array[]> {
    const count = (sign: number) => {
      for (const { worker, from, to } of ranges) this.#drawing[worker]! += sign * (to - from);
    };
    count(1);
    try {
      return await this.#shards.ranges(ranges, (shard, { from, to }) =>
        shard.draw(sliceGeneration(request, from, to)),
      );
    } finally {
      count(-1);
    }
  }

  /** The worker with the fewest rows to draw. */
  #idlest(): number {
    return this.#drawing.indexOf(Math.min(...this.#drawing));
  }

  memory(): number {
    return this.#model?.bytes ?? 0;
  }

  dispose(): void {
    this.#model = undefined;
    this.#shards.end(notReady());
  }

  /** Gives every worker the blocks that others own, unless they have not changed since. */
  async #share(weights: Weights): Promise<void> {
    if (this.#shared.has(weights) || this.#shards.size === 1) return;
    const array: StateArray = weights === 'average' ? 'average' : 'parameters';
    const blocks = await this.#shards.each((shard) => shard.readBlocks(array));
    await this.#shards.each(async (shard, worker) => {
      for (const [owner, block] of blocks.entries()) {
        if (owner !== worker && block.subColumns.length > 0) await shard.writeBlocks(array, block);
      }
    });
    this.#shared = new Set([...this.#shared, weights]);
  }

  async #read(array: StateArray): Promise<Float32Array> {
    const { layout } = this.#ready();
    const values = new Float32Array(layout.total);
    for (const blocks of await this.#shards.each((shard) => shard.readBlocks(array))) {
      forBlocks(layout, blocks.subColumns, (j, from, floats) => {
        values.set(blocks.values.subarray(from, from + floats), layout.blockStart(j));
      });
    }
    return values;
  }

  #ready(): Model {
    if (!this.#model) throw notReady();
    return this.#model;
  }
}

function notReady(): UserError {
  return new UserError('internal', 'The compute backend is used before init or after dispose.');
}
