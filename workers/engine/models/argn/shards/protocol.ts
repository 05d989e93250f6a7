/** What crosses between the engine worker (coordinator) and its compute workers (shards). */
import type { HelperApi } from '../../../../../src/threads/helper';
import type {
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
} from '../network/network-backend';
import type { Link } from './peers';
import type { Share } from './shares';

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
  /** Of the whole table, which every worker holds: any column may be an input. */
  readonly rowCount: number;
  readonly hyper: Hyperparameters;
  /** Its number among the workers. */
  readonly worker: number;
  readonly share: Share;
  /** To workers with which it shares sub-columns; moved. */
  readonly links: readonly Link[];
}

/**
 * One shard. It trains its own sub-columns, and judges and draws rows of all of them once it was given the weights
 * of the others. Calls are worked off in the order they come.
 */
export interface ShardApi extends HelperApi {
  /** @returns bytes held */
  open(setup: ShardSetup): Promise<number>;
  /** Rows of the table from `first` on, column-major [sub-column][row]. */
  storeCodes(codes: Uint16Array, first: number): Promise<void>;
  /** Blocks it leads, `values` moved. */
  readBlocks(array: StateArray): Promise<Blocks>;
  /** Blocks it owns, or, of weights alone, blocks of other shards. */
  writeBlocks(array: StateArray, blocks: Blocks): Promise<void>;
  /** @returns [steps × owned sub-columns]; of shared ones it is the mean over all rows too */
  train(plan: StepPlan): Promise<Float32Array>;
  /** @returns [targets × spans], as `evaluateSpans`; of the sub-columns it leads or of all */
  evaluate(request: EvaluationRequest, targets: 'own' | 'all'): Promise<Float64Array>;
  /** @returns codes, column-major [sub-column][row] */
  draw(request: GenerationRequest): Promise<Uint16Array>;
}
