/** What the sub-columns of a model cost: a model of the SIMD kernels' work. */
import type { ModelSpec, SubColumnSpec } from './network-backend';
import { outputLevels } from './output-levels';
import { inputsOf, roundUp } from './weight-layout';

/** Rows of a step of a table of middling length. */
export const TYPICAL_BATCH = 512;

/**
 * Costs against a multiply-add of a matrix product, fitted to the times of single sub-columns; 4 % apart
 * on Adult.
 */
const COSTS = {
  /** One of an output's columns that come in whole blocks: of hidden units, only those above 0 count. */
  wide: 0.76,
  /** One of the codes of a class. */
  member: 2,
  /** One unit of one input's table row, visible or not. */
  gather: 0.62,
  /** Finding out whether an input is visible. */
  visit: 30,
  /** Dropout and gradient of one hidden unit. */
  unit: 7.5,
  /** Adam and the moving average of one parameter. */
  update: 20,
};

/** Columns that a block of the kernels has. */
const BLOCK = 32;
/** Up to this cardinality every code counts; beyond it, those that occur in a batch of equally likely codes. */
const COUNTED = 1000;

/** Work of one sub-column in multiply-adds, about. */
export interface Work {
  /** Per call and step: T = E · W. */
  readonly tables: number;
  /** Per row: gathering the inputs and the output layer. */
  readonly row: number;
  /** Per step: the update of its parameters. */
  readonly update: number;
}

/** The cost model: Σ cardinality·dimension·hidden for T, hidden·outputs and hidden·inputs a row. */
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
    const { width, head, members } = outputsOf(part);
    const blocked = head - (head % BLOCK);
    const outputs = COSTS.wide * blocked + (head - blocked) + COSTS.member * members;
    return {
      tables: tables * hidden,
      row: hidden * (outputs + COSTS.gather * inputs.length + COSTS.unit) + COSTS.visit * inputs.length,
      update: COSTS.update * (embeddings + (dimensions + width) * hidden),
    };
  });
}

/** Columns of V: all, those that every row uses, and the mean of the others that a row of equally likely codes uses. */
function outputsOf(part: SubColumnSpec): { width: number; head: number; members: number } {
  const levels = outputLevels(part);
  if (!levels) {
    const width = roundUp(part.cardinality, 4);
    return { width, head: width, members: 0 };
  }
  let members = 0;
  for (const size of levels.sizes) if (size > 1) members += size * roundUp(size, 4);
  return { width: levels.width, head: levels.classWidth, members: members / part.cardinality };
}

/** Rows of an input's table that a step makes. */
function shownCodes(cardinality: number): number {
  return cardinality <= COUNTED ? cardinality : cardinality * (1 - (1 - 1 / cardinality) ** TYPICAL_BATCH);
}

/** Work of a training step: forward, and backward at twice that, and the update. */
export function stepWork({ tables, row, update }: Work, batchSize = TYPICAL_BATCH): number {
  return 3 * tables + 3 * batchSize * row + update;
}

/** Work of evaluating or drawing rows. */
export function rowWork({ tables, row }: Work, rows: number): number {
  return tables + rows * row;
}
