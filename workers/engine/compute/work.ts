/** What the sub-columns of a model cost: a model of the work of the SIMD kernels. */
import type { ModelSpec, SubColumnSpec } from './backend';
import { inputsOf, roundUp } from './layout';
import { outputLevels } from './output-levels';

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
/** Most codes of which every one counts: beyond, those that a batch of equally likely codes shows. */
const COUNTED = 1000;

/** Work of one sub-column in multiply-adds, about. */
export interface Work {
  /** Per call and step: T = E · W. */
  readonly tables: number;
  /** Per row: gathering the inputs and the output layer. */
  readonly row: number;
  /** Parameters in its block. */
  readonly parameters: number;
}

/** The cost model: Σ cardinality·dimension·hidden for T, hidden·outputs and hidden·inputs a row, kernels.md §2.3. */
export function workOf(spec: ModelSpec): Work[] {
  const parts = spec.subColumns;
  return parts.map((part, j) => {
    const { hidden } = part;
    const inputs = inputsOf(spec, j);
    let embeddings = 0;
    let tables = 0;
    let dimensions = 0;
    for (const i of inputs) {
      const { cardinality, dimension } = parts[i]!;
      embeddings += cardinality * roundUp(dimension, 4);
      tables += shownCodes(cardinality) * roundUp(dimension, 4);
      dimensions += dimension;
    }
    const { width, perRow } = outputsOf(part);
    return {
      tables: tables * hidden,
      row: hidden * (perRow + GATHER * inputs.length) + SOFTMAX * perRow + VISIT * inputs.length,
      parameters: embeddings + (dimensions + width) * hidden,
    };
  });
}

/** Columns of V, and those that a row takes part in: with classes these and, of equally likely codes, the mean class. */
function outputsOf(part: SubColumnSpec): { width: number; perRow: number } {
  const levels = outputLevels(part);
  if (!levels) {
    const width = roundUp(part.cardinality, 4);
    return { width, perRow: width };
  }
  let places = 0;
  for (const size of levels.sizes) if (size > 1) places += size * roundUp(size, 4);
  return { width: levels.width, perRow: levels.classWidth + places / part.cardinality };
}

/** Rows of an input's table that a step makes. */
function shownCodes(cardinality: number): number {
  return cardinality <= COUNTED ? cardinality : cardinality * (1 - (1 - 1 / cardinality) ** TYPICAL_BATCH);
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
