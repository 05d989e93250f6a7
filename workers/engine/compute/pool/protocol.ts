/** What crosses between the engine worker (coordinator) and its compute workers (shards). */
import type { EvaluationRequest, GenerationRequest, Hyperparameters, ModelSpec, StepPlan } from '../backend';

/** The arrays of a `TrainingState`. */
export type StateArray = 'parameters' | 'firstMoment' | 'secondMoment' | 'average';

/** Blocks of sub-columns, ascending, one after the other (`layout.ts`). */
export interface Blocks {
  readonly subColumns: readonly number[];
  readonly values: Float32Array;
}

export interface ShardSetup {
  readonly module: WebAssembly.Module;
  readonly spec: ModelSpec;
  /** The whole table, column-major [sub-column][row]: any column may be an input. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly hyper: Hyperparameters;
  /** Sub-columns this shard trains, ascending; may be none. */
  readonly owned: readonly number[];
}

/** Rows of one request being drawn: either done, or a balanced target waits for its uniform numbers ([rows]). */
export type Drawing =
  | { readonly state: 'done'; readonly codes: Uint16Array }
  | { readonly state: 'waiting'; readonly part: number; readonly expected: Float32Array };

/**
 * One shard. It trains its own sub-columns, and judges and draws rows of all of them once it was given the weights
 * of the others. One call at a time.
 */
export interface ShardApi {
  /** Answers once the worker runs. */
  ping(): Promise<void>;
  /** @returns bytes held */
  open(setup: ShardSetup): Promise<number>;
  /** Blocks it owns, `values` moved. */
  readBlocks(array: StateArray): Promise<Blocks>;
  /** Blocks it owns, or, of weights alone, blocks of other shards. */
  writeBlocks(array: StateArray, blocks: Blocks): Promise<void>;
  /** @returns [steps × owned sub-columns] */
  train(plan: StepPlan): Promise<Float32Array>;
  /** @returns [targets × spans], as `evaluateSpans`; of its own sub-columns or of all */
  evaluate(request: EvaluationRequest, targets: 'own' | 'all'): Promise<Float64Array>;
  /** Begins to draw rows; independent draws are done at once. */
  draw(request: GenerationRequest): Promise<Drawing>;
  /** Uniform numbers of the waiting target. */
  resume(uniforms: Float32Array): Promise<Drawing>;
}
