import { UserError } from '../../../../../src/domain/errors';
import type { Remote } from '../../../../../src/threads/rpc';
import type { WorkerPool } from '../../../../../src/threads/worker-pool';
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
import { assignSubColumns, cutRows, isLopsided, type RowRange } from './balance';
import type { ShardApi, StateArray } from './protocol';
import { forBlocks, sizeOf } from './shard';
import { cutTable, joinCodes, own, sliceEvaluation, sliceGeneration } from './slices';

/** A worker's rows of a drawing begin at multiples of this: whole tiles of the kernels. */
const DRAW_SPAN = 32;
/** Rows of a typical call of `evaluate`. */
const EVALUATED_ROWS = 2048;
const ARRAYS = ['parameters', 'firstMoment', 'secondMoment', 'average'] as const;
type Weights = EvaluationRequest['weights'];

interface Model {
  readonly layout: Layout;
  /** Per worker, the sub-columns that it trains. */
  readonly owned: readonly (readonly number[])[];
  /** One column's work outweighs all others: workers share the rows of an evaluation, not the columns. */
  readonly lopsided: boolean;
  readonly bytes: number;
}

/**
 * The SIMD kernels on several threads (docs/kernels.md, Threads). No parameter is shared between sub-columns, so each
 * worker trains some of them alone, and the weights are the same bits for any number of workers. A generation, and an
 * evaluation if one column outweighs the others, shares out rows instead; workers then exchange their blocks once after
 * each change. Balanced rows are ranked among each other, so a group stays with one worker and groups run side by side.
 * Needs neither SharedArrayBuffer nor cross-origin isolation.
 */
export class PoolBackend implements Backend {
  readonly kind = 'wasm';
  readonly adapter: string;
  readonly concurrency: number;
  readonly #module: WebAssembly.Module;
  readonly #shards: WorkerPool<ShardApi>;
  /** The last of the calls that take several messages. */
  #last: Promise<unknown> = Promise.resolve();
  #model: Model | undefined;
  /** Weights of which every worker has all blocks. */
  #shared: ReadonlySet<Weights> = new Set();
  /** Rows that each worker still has to draw. */
  readonly #drawing: number[];

  /**
   * @param module `kernels.wasm`, compiled
   * @param shards an open pool of at least one worker, which `dispose` ends
   */
  constructor(module: WebAssembly.Module, shards: WorkerPool<ShardApi>) {
    const { size } = shards;
    this.#module = module;
    this.#shards = shards;
    this.#drawing = Array<number>(size).fill(0);
    this.concurrency = size;
    this.adapter = `WASM SIMD, ${size} ${size === 1 ? 'thread' : 'threads'}`;
  }

  init(spec: ModelSpec, codes: Uint16Array, rowCount: number, hyper: Hyperparameters): Promise<void> {
    return this.#exclusive(async () => {
      const layout = createLayout(spec);
      const owned = assignSubColumns(spec, this.concurrency, rowCount);
      const bytes = await this.#shards.each((shard, worker) =>
        shard.open({ module: this.#module, spec, rowCount, hyper, owned: owned[worker]! }),
      );
      for (const { first, piece } of cutTable(codes, spec.subColumns.length, rowCount)) {
        await this.#shards.each((shard) => shard.storeCodes(piece, first));
      }
      this.#shared = new Set();
      const costs = workOf(spec).map((part) => rowWork(part, EVALUATED_ROWS));
      this.#model = {
        layout,
        owned,
        lopsided: isLopsided(costs, owned),
        bytes: bytes.reduce((sum, size) => sum + size, 0),
      };
    });
  }

  setState(state: TrainingState): Promise<void> {
    return this.#exclusive(async () => {
      const { layout, owned } = this.#ready();
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
          const subColumns = owned[worker]!;
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
    return this.#exclusive(async () => ({
      parameters: await this.#read('parameters'),
      firstMoment: await this.#read('firstMoment'),
      secondMoment: await this.#read('secondMoment'),
      average: await this.#read('average'),
    }));
  }

  train(plan: StepPlan): Promise<Float32Array> {
    return this.#exclusive(async () => {
      const { layout, owned } = this.#ready();
      this.#shared = new Set();
      const parts = layout.spec.subColumns.length;
      const losses = new Float32Array(plan.steps * parts);
      const plain = { ...plan, rows: own(plan.rows), orderOf: own(plan.orderOf) };
      const results = await this.#shards.each((shard) => shard.train(plain));
      results.forEach((result, worker) => {
        const mine = owned[worker]!;
        for (let step = 0; step < plan.steps; step++) {
          mine.forEach((j, k) => {
            losses[step * parts + j] = result[step * mine.length + k]!;
          });
        }
      });
      return losses;
    });
  }

  async evaluate(request: EvaluationRequest): Promise<Float64Array> {
    // As in `generate`, it is enough that the calls are sent before anything changes the weights.
    const { evaluating } = await this.#exclusive(async () => {
      const { lopsided } = this.#ready();
      if (lopsided) await this.#share(request.weights);
      return { evaluating: lopsided ? this.#evaluateRows(request) : this.#evaluateColumns(request) };
    });
    return evaluating;
  }

  async #evaluateColumns(request: EvaluationRequest): Promise<Float64Array> {
    const { layout, owned } = this.#ready();
    const losses = new Float64Array(layout.spec.subColumns.length);
    const plain = sliceEvaluation(request, 0, request.rows.length);
    const results = await this.#shards.each((shard) => shard.evaluate(plain, 'own'));
    const spans = Math.ceil(request.rows.length / EVALUATION_SPAN);
    results.forEach((result, worker) => {
      owned[worker]!.forEach((j, k) => {
        losses[j] = sumSpans(result.subarray(k * spans, (k + 1) * spans));
      });
    });
    return losses;
  }

  async #evaluateRows(request: EvaluationRequest): Promise<Float64Array> {
    const { layout } = this.#ready();
    const ranges = cutRows(request.rows.length, this.concurrency, EVALUATION_SPAN);
    const results = await this.#inRanges(ranges, (shard, { from, to }) =>
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
    const { ranges, drawing } = await this.#exclusive(async () => {
      await this.#share(request.weights);
      const ranges = balanced
        ? [{ worker: this.#idlest(), from: 0, to: request.rows }]
        : cutRows(request.rows, this.concurrency, DRAW_SPAN);
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
      return await this.#inRanges(ranges, (shard, { from, to }) =>
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
    this.#shards.dispose(notReady());
  }

  /** One call to each worker that has rows. */
  #inRanges<T>(
    ranges: readonly RowRange[],
    call: (shard: Remote<ShardApi>, range: RowRange) => Promise<T>,
  ): Promise<T[]> {
    return Promise.all(ranges.map((range) => this.#shards.on(range.worker, (shard) => call(shard, range))));
  }

  /** Runs a call of several messages after all before it. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Gives every worker the blocks that others own, unless it has them already. */
  async #share(weights: Weights): Promise<void> {
    if (this.#shared.has(weights) || this.concurrency === 1) return;
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
