/** What crosses between the engine worker (coordinator) and its compute workers (shards). */
import type {
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
} from '../network/network-backend';

/** The arrays of a `TrainingState`. */
export type StateArray = 'parameters' | 'firstMoment' | 'secondMoment' | 'average';

/** Blocks of sub-columns, ascending, one after the other (`weight-layout.ts`). */
export interface Blocks {
  readonly subColumns: readonly number[];
  readonly values: Float32Array;
}

export interface ShardSetup {
  readonly module: WebAssembly.Module;
  readonly spec: ModelSpec;
  /** Of the whole table, which every worker holds: any column may be an input. */
  readonly rowCount: number;
  readonly hyper: Hyperparameters;
  /** Sub-columns that it trains, ascending. */
  readonly owned: readonly number[];
}

/**
 * One shard. It trains its own sub-columns. It evaluates and draws rows of all sub-columns once it has the weights of
 * the others. Calls are executed in the order they arrive.
 */
export interface ShardApi {
  /** @returns bytes held */
  open(setup: ShardSetup): Promise<number>;
  /** Rows of the table from `first` on, column-major [sub-column][row]. */
  storeCodes(codes: Uint16Array, first: number): Promise<void>;
  /** Blocks it owns; `values` is transferred. */
  readBlocks(array: StateArray): Promise<Blocks>;
  /** Blocks it owns, or, of weights alone, blocks of other shards. */
  writeBlocks(array: StateArray, blocks: Blocks): Promise<void>;
  /** @returns [steps × owned sub-columns] mean loss in nats */
  train(plan: StepPlan): Promise<Float32Array>;
  /** @returns [targets × spans], as `evaluateSpans`; of the sub-columns it owns or of all */
  evaluate(request: EvaluationRequest, targets: 'own' | 'all'): Promise<Float64Array>;
  /** @returns codes, column-major [sub-column][row] */
  draw(request: GenerationRequest): Promise<Uint16Array>;
}
