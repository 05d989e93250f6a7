/**
 * The coarse interface between models and arithmetic (docs/kernels.md, Backends).
 *
 * The network is the factorised ARGN: sub-column j owns a private one-hidden-layer net. With E the embeddings and W
 * the projections *private to j* (docs/model.md, The network: no parameter is shared between sub-columns, so columns
 * can be trained on different workers bit for bit),
 *
 *     T_ij  = E_ij · W_ij                          [card_i × hidden_j], materialised once per step
 *     h_j   = dropout(relu(b_j + Σ_{i visible to j} T_ij[x_i]))
 *     logits_j = h_j · V_j + c_j                   [card_j]
 *     loss  = Σ_j cross-entropy(logits_j, x_j)     mean over rows; two softmaxes where j has classes
 *
 * Input i is visible to target j in a row iff j lists it among its inputs and the row's order ranks column(i) before
 * column(j), or both belong to the same column and i < j. All randomness (row order, column orders, seeds) is planned
 * above this interface.
 */
import type { CodeRelation } from './restrictions';

/** One modelled integer code. */
export interface SubColumnSpec {
  /** Number of codes. */
  readonly cardinality: number;
  /** Width of its embedding as an input. */
  readonly dimension: number;
  /** Hidden units of its own net; a multiple of 4. */
  readonly hidden: number;
  /** Index of the column it belongs to; sub-columns of a column are adjacent and ascending. */
  readonly column: number;
  /**
   * Sub-columns that it may see, ascending; others have no weights here, whatever the order. Always includes those
   * before it in its own column. Absent = all others. Keeps wide models linear in their columns.
   */
  readonly inputs?: readonly number[];
  /**
   * First code of each class, ascending from 0: the output is a softmax over the classes and one over the members of
   * each class (`output-levels.ts`). Absent = one softmax over all codes.
   */
  readonly classes?: readonly number[];
}

export interface ModelSpec {
  readonly subColumns: readonly SubColumnSpec[];
  readonly columnCount: number;
  /** The last so many columns are factors (docs/model.md, Wide tables of few rows): they come first in the orders. Absent = none. */
  readonly factorCount?: number;
}

/** Column orders: `ranks[o * columnCount + c]` is the position of column c in order o. */
export interface OrderTable {
  readonly count: number;
  readonly ranks: Uint16Array;
}

/** AdamW (decoupled decay; none on biases b and c). */
export interface Hyperparameters {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** Clipped gradients with noise (docs/dp-sgd.md). Embeddings then stay as they are. */
export interface GradientPrivacy {
  /** Largest norm of a row's gradient of one target. */
  readonly clip: number;
  /** Deviation of the noise on each number of the sum of a batch's gradients; 0 = none, in tests. */
  readonly deviation: number;
  /** What the sum is divided by, however many rows the batch has. */
  readonly expectedRows: number;
  /** Seed of noise that protects nobody, for tests; null = cryptographic noise. */
  readonly noiseSeed: number | null;
}

/** K optimiser steps, with everything random already decided. */
export interface StepPlan {
  /** Number of the first step since the optimiser was reset, from 0: sets the bias correction. */
  readonly firstStep: number;
  readonly steps: number;
  readonly batchSize: number;
  /** [steps × batchSize] row numbers of the code table; `NO_ROW` pads a partial batch with weight 0. */
  readonly rows: Uint32Array;
  readonly orders: OrderTable;
  /** [steps × batchSize] index into `orders`. */
  readonly orderOf: Uint16Array;
  /** [steps] */
  readonly learningRate: Float32Array;
  /** [steps] decay of the exponential moving average of the weights. */
  readonly emaDecay: Float32Array;
  /**
   * Share of hidden units dropped, in [0, 1), rounded to 1/256; masks are a hash of (seed, step, row in batch,
   * sub-column, unit): `dropoutBase` in `numerics.ts`, and the byte of a unit as in docs/kernels.md, Dropout.
   */
  readonly dropout: number;
  readonly seed: number;
  /** Absent = gradients are taken as they are. */
  readonly privacy?: GradientPrivacy;
}

export const NO_ROW = 0xffff_ffff;

/** Parameters, Adam moments and averaged weights in the block layout of `weight-layout.ts`, f32. */
export interface TrainingState {
  readonly parameters: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  readonly average: Float32Array;
}

export interface EvaluationRequest {
  readonly rows: Uint32Array;
  readonly orders: OrderTable;
  readonly orderOf: Uint16Array;
  readonly weights: 'current' | 'average';
}

export interface GenerationRequest {
  readonly rows: number;
  /** Number of the first row: row r draws from counters of (seed, row0 + r), so blocks can be cut anywhere. */
  readonly row0: number;
  readonly seed: number;
  /** Sub-columns in drawing order; those of a column follow each other in natural order. */
  readonly order: readonly number[];
  /** Per sub-column: codes given instead of drawn ([rows]), or null. */
  readonly fixed: readonly (Uint16Array | null)[];
  /**
   * Per sub-column: added to the logits before the temperature ([cardinality]); −Infinity forbids a code. Or null. With
   * classes it is added to the logits of the members, and its mean effect (`classBias`) to those of the classes.
   */
  readonly logitBias: readonly (Float32Array | null)[];
  /** What goes together: draws keep to it. Absent = anything. */
  readonly relations?: readonly CodeRelation[];
  readonly temperature: number;
  readonly topP: number;
  /** `balanced`: these rows are one group (docs/model.md, Balanced sampling). */
  readonly sampling: 'independent' | 'balanced';
  readonly weights: 'current' | 'average';
}

export interface Backend {
  readonly kind: 'webgpu' | 'wasm' | 'reference';
  /** Calls of `generate` or `evaluate` worth running at once; absent = 1. */
  readonly concurrency?: number;
  /** What a person reads, e.g. "WASM SIMD, 1 thread". */
  readonly adapter: string;
  /** @param codes column-major [sub-column][row], each < cardinality */
  init(spec: ModelSpec, codes: Uint16Array, rowCount: number, hyper: Hyperparameters): Promise<void>;
  setState(state: TrainingState): Promise<void>;
  /** @returns copies, which later steps leave alone */
  getState(): Promise<TrainingState>;
  /** @returns [steps × sub-columns] mean loss in nats over the batch's real rows */
  train(plan: StepPlan): Promise<Float32Array>;
  /** Log-likelihood of given rows; `NO_ROW` adds nothing. @returns per sub-column, sum of −log p over rows, nats */
  evaluate(request: EvaluationRequest): Promise<Float64Array>;
  /** As `evaluate`, of each row alone. @returns [sub-columns × rows] −log p, nats. Absent = only sums are computed */
  evaluateEach?(request: EvaluationRequest): Promise<Float64Array>;
  /** @returns column-major [sub-column][row] */
  generate(request: GenerationRequest): Promise<Uint16Array>;
  /** Bytes held. */
  memory(): number;
  dispose(): void;
}
