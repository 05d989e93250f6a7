/** What the sub-columns of a model cost: a model of the work of the SIMD kernels. */
import type { ModelSpec, SubColumnSpec } from './network-backend';
import { outputLevels } from './output-levels';
import { inputsOf, roundUp } from './weight-layout';

/** Rows of a step that shares and parts are made for. */
export const TYPICAL_BATCH = 512;
/** Rows of a step of a long table. */
export const LONG_BATCH = 2048;

/** Costs against a multiply-add of a matrix product. */
export interface Costs {
  /** One of an output's columns that come in whole blocks: of hidden units, only those above 0 count. */
  readonly wide: number;
  /** One of the places in a class. */
  readonly place: number;
  /** One unit of one input's table row, visible or not. */
  readonly gather: number;
  /** Finding out whether an input is visible. */
  readonly visit: number;
  /** Exponential and gradient of one code. */
  readonly softmax: number;
  /** Dropout and gradient of one hidden unit. */
  readonly unit: number;
  /** Adam and the moving average of one parameter. */
  readonly update: number;
}

/** Fitted to the times of single sub-columns: `npm run bench -- work`, 4 % apart on Adult. */
export const MEASURED: Costs = {
  wide: 0.76,
  place: 2,
  gather: 0.62,
  visit: 30,
  softmax: 0,
  unit: 7.5,
  update: 20,
};

/**
 * What it is decided by whose rows are summed in parts (`wasm/row-parts.ts`): never fitted again, because other parts
 * are other bits of the same model.
 */
export const SETTLED: Costs = {
  wide: 1,
  place: 1,
  gather: 1.2,
  visit: 37,
  softmax: 22,
  unit: 0,
  update: 70,
};

/** Columns that a block of the kernels has. */
const BLOCK = 32;
/** Most codes of which every one counts: beyond, those that a batch of equally likely codes shows. */
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
export function workOf(spec: ModelSpec, costs: Costs = MEASURED): Work[] {
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
    const { width, head, places } = outputsOf(part);
    const blocked = head - (head % BLOCK);
    const outputs = costs.wide * blocked + (head - blocked) + costs.place * places;
    return {
      tables: tables * hidden,
      row:
        hidden * (outputs + costs.gather * inputs.length + costs.unit) +
        costs.softmax * (head + places) +
        costs.visit * inputs.length,
      update: costs.update * (embeddings + (dimensions + width) * hidden),
    };
  });
}

/** Columns of V, those that every row takes part in, and, of equally likely codes, the mean of the others. */
function outputsOf(part: SubColumnSpec): { width: number; head: number; places: number } {
  const levels = outputLevels(part);
  if (!levels) {
    const width = roundUp(part.cardinality, 4);
    return { width, head: width, places: 0 };
  }
  let places = 0;
  for (const size of levels.sizes) if (size > 1) places += size * roundUp(size, 4);
  return { width: levels.width, head: levels.classWidth, places: places / part.cardinality };
}

/** Rows of an input's table that a step makes. */
function shownCodes(cardinality: number): number {
  return cardinality <= COUNTED ? cardinality : cardinality * (1 - (1 - 1 / cardinality) ** TYPICAL_BATCH);
}

/** Work of a training step: forward, and backward at twice that, and the update. */
export function stepWork({ tables, row, update }: Work, batchSize = TYPICAL_BATCH): number {
  return 3 * tables + 3 * batchSize * row + update;
}

/** That part of a step's work that grows with its rows. */
export function stepRowWork({ row }: Work, batchSize = TYPICAL_BATCH): number {
  return 3 * batchSize * row;
}

/** Work of judging or drawing rows. */
export function rowWork({ tables, row }: Work, rows: number): number {
  return tables + rows * row;
}
