/** What the sub-columns of a model cost: a model of the work of the SIMD kernels. */
import type { ModelSpec } from './backend';
import { inputsOf, roundUp } from './layout';

/** Rows of a step that shares and parts are made for. */
export const TYPICAL_BATCH = 512;

// Against a multiply-add of a matrix product; fitted to the times of single sub-columns of Adult, within 3 %.
/** One unit of one input's table row, visible or not. */
const GATHER = 1.2;
/** Finding out whether an input is visible. */
const VISIT = 37;
/** Exponential and gradient of one code. */
const SOFTMAX = 22;
/** Adam and the moving average of one parameter. */
const UPDATE = 70;

/** Work of one sub-column in multiply-adds, about. */
export interface Work {
  /** Per call and step: T = E · W. */
  readonly tables: number;
  /** Per row: gathering the inputs and the output layer. */
  readonly row: number;
  /** Parameters in its block. */
  readonly parameters: number;
}

/** The cost model: Σ cardinality·dimension·hidden for T, hidden·cardinality and hidden·inputs a row, kernels.md §2.3. */
export function workOf(spec: ModelSpec): Work[] {
  const parts = spec.subColumns;
  return parts.map(({ cardinality, hidden }, j) => {
    const width = roundUp(cardinality, 4);
    const inputs = inputsOf(spec, j);
    let codes = 0;
    let dimensions = 0;
    for (const i of inputs) {
      codes += parts[i]!.cardinality * roundUp(parts[i]!.dimension, 4);
      dimensions += parts[i]!.dimension;
    }
    return {
      tables: codes * hidden,
      row: hidden * (width + GATHER * inputs.length) + SOFTMAX * width + VISIT * inputs.length,
      parameters: codes + (dimensions + width) * hidden,
    };
  });
}

/** Work of a training step: forward, and backward at twice that, and the update. */
export function stepWork({ tables, row, parameters }: Work, batchSize = TYPICAL_BATCH): number {
  return 3 * tables + 3 * batchSize * row + UPDATE * parameters;
}

/** That part of a step's work that grows with its rows. */
export function stepRowWork({ row }: Work, batchSize = TYPICAL_BATCH): number {
  return 3 * batchSize * row;
}

/** Work of judging or drawing rows. */
export function rowWork({ tables, row }: Work, rows: number): number {
  return tables + rows * row;
}
