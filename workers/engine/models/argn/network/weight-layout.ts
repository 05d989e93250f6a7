/**
 * The layout of the parameters; no other file knows where a weight lies. One array of f32 holds, per sub-column j, one
 * contiguous block starting at a multiple of 16 floats (docs/kernels.md, Weight layout):
 *
 *     E_ij [card_i × embeddingWidth_i] for every input i of j, ascending │ W_ij [dimension_i × hidden_j] likewise │
 *     V_j [hidden_j × outputWidth_j] │ b_j [hidden_j] │ c_j [outputWidth_j] │ pad to a multiple of 16
 *
 * All matrices are row-major. `embeddingWidth` is the dimension and `outputWidth` the cardinality, both rounded up to
 * 4 so that every row starts on 16 bytes; `output-levels.ts` lays out the columns of classes. Pads are E = 0, V = 0 and
 * c = −1e30. Their gradients are exactly 0, so no kernel moves them. E, W and V come first because weight decay applies
 * to them alone.
 */
import { UserError } from '../../../../../src/domain/errors';
import type { ModelSpec, SubColumnSpec, TrainingState } from './network-backend';
import { type OutputLevels, outputLevels, outputSegments } from './output-levels';

/** Value of an output bias that belongs to no code: its probability is exactly 0. */
export const PAD_OUTPUT_BIAS = -1e30;

/** Offsets and sizes count floats from the start of a state array. */
export interface Layout {
  readonly spec: ModelSpec;
  /** Length of every array of a `TrainingState`. */
  readonly total: number;
  /** Row length of an E_i·: dimension_i rounded up to 4. */
  embeddingWidth(i: number): number;
  /** Row length of V_j and length of c_j: cardinality_j rounded up to 4, or what classes and members take. */
  outputWidth(j: number): number;
  /** Where the outputs of classes and members lie; null where one softmax goes over all codes. */
  levels(j: number): OutputLevels | null;
  /** Inputs that target j has weights for, ascending; all but j unless its specification lists them. */
  inputs(j: number): Uint16Array;
  /** Index of pair (j, i) when the inputs of target 0, 1, … follow each other. */
  pair(j: number, i: number): number;
  /** E_ij of target j and its input i: [card_i × embeddingWidth_i]. */
  embedding(j: number, i: number): number;
  /** W_ij of target j and its input i: [dimension_i × hidden_j]. */
  projection(j: number, i: number): number;
  /** V_j: [hidden_j × outputWidth_j]. */
  output(j: number): number;
  /** b_j: [hidden_j]. */
  bias(j: number): number;
  /** c_j: [outputWidth_j]. */
  outputBias(j: number): number;
  blockStart(j: number): number;
  /** Floats of block j, a multiple of 16. */
  blockSize(j: number): number;
  /** Leading floats of block j that weight decay applies to (E, W, V). */
  decayedSize(j: number): number;
}

/** The smallest multiple of `step` that is at least `value`. */
export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/**
 * Lays the parameters of a model out.
 * @throws UserError for a specification no backend can run
 */
export function createLayout(spec: ModelSpec): Layout {
  checkSpec(spec);
  const parts = spec.subColumns;
  const levels = parts.map(outputLevels);
  const outputWidth = (j: number) => levels[j]?.width ?? roundUp(parts[j]!.cardinality, 4);
  const lists = parts.map((_, j) => inputsOf(spec, j));
  const firstPair = new Uint32Array(parts.length + 1);
  lists.forEach((list, j) => {
    firstPair[j + 1] = firstPair[j]! + list.length;
  });
  const embeddings = new Float64Array(firstPair.at(-1)!);
  const projections = new Float64Array(firstPair.at(-1)!);
  const heads = parts.map(() => ({ start: 0, output: 0, bias: 0, outputBias: 0, size: 0 }));
  let cursor = 0;
  const take = (floats: number): number => {
    cursor += floats;
    return cursor - floats;
  };
  parts.forEach((target, j) => {
    const start = cursor;
    lists[j]!.forEach((i, position) => {
      const { cardinality, dimension } = parts[i]!;
      embeddings[firstPair[j]! + position] = take(cardinality * roundUp(dimension, 4));
    });
    lists[j]!.forEach((i, position) => {
      projections[firstPair[j]! + position] = take(parts[i]!.dimension * target.hidden);
    });
    const width = outputWidth(j);
    const output = take(target.hidden * width);
    const bias = take(target.hidden);
    const outputBias = take(width);
    cursor = roundUp(cursor, 16);
    heads[j] = { start, output, bias, outputBias, size: cursor - start };
  });
  const pair = (j: number, i: number) => {
    const position = lists[j] ? sortedIndexOf(lists[j], i) : -1;
    if (position < 0) throw new RangeError(`Sub-column ${i} is no input of target ${j}.`);
    return firstPair[j]! + position;
  };
  return {
    spec,
    total: cursor,
    inputs: (j) => lists[j]!,
    pair,
    embeddingWidth: (i) => roundUp(parts[i]!.dimension, 4),
    outputWidth,
    levels: (j) => levels[j]!,
    embedding: (j, i) => embeddings[pair(j, i)]!,
    projection: (j, i) => projections[pair(j, i)]!,
    output: (j) => heads[j]!.output,
    bias: (j) => heads[j]!.bias,
    outputBias: (j) => heads[j]!.outputBias,
    blockStart: (j) => heads[j]!.start,
    blockSize: (j) => heads[j]!.size,
    decayedSize: (j) => heads[j]!.bias - heads[j]!.start,
  };
}

/** Sub-columns that target j may see in some order, ascending: those it lists, or all others. */
export function inputsOf({ subColumns }: ModelSpec, j: number): Uint16Array {
  const listed = subColumns[j]!.inputs;
  if (listed) return Uint16Array.from(listed);
  return Uint16Array.from({ length: subColumns.length - 1 }, (_, i) => (i < j ? i : i + 1));
}

/** A state of zeros with valid pads, to be filled with initial weights. */
export function createState(layout: Layout): TrainingState {
  const parameters = new Float32Array(layout.total);
  writePads(layout, parameters);
  return {
    parameters,
    firstMoment: new Float32Array(layout.total),
    secondMoment: new Float32Array(layout.total),
    average: parameters.slice(),
  };
}

/** Sets every pad of a weight array (parameters or average) to the value that the kernels rely on. */
export function writePads(layout: Layout, weights: Float32Array): void {
  const parts = layout.spec.subColumns;
  parts.forEach((target, j) => {
    for (const i of layout.inputs(j)) {
      const { cardinality, dimension } = parts[i]!;
      padRows(weights, layout.embedding(j, i), cardinality, dimension, layout.embeddingWidth(i));
    }
    const width = layout.outputWidth(j);
    const c = layout.outputBias(j);
    for (const { column, codes } of outputSegments(target, layout.levels(j))) {
      const [from, to] = [column + codes, column + roundUp(codes, 4)];
      for (let unit = 0; unit < target.hidden; unit++) {
        const row = layout.output(j) + unit * width;
        weights.fill(0, row + from, row + to);
      }
      weights.fill(PAD_OUTPUT_BIAS, c + from, c + to);
    }
    weights.fill(0, c + width, layout.blockStart(j) + layout.blockSize(j));
  });
}

function padRows(weights: Float32Array, start: number, rows: number, used: number, width: number): void {
  if (used === width) return;
  for (let row = 0; row < rows; row++) weights.fill(0, start + row * width + used, start + (row + 1) * width);
}

/** Index of a value in an ascending list; −1 if it is not there. */
function sortedIndexOf(list: Uint16Array, value: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (list[middle]! === value) return middle;
    if (list[middle]! < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function checkSpec(spec: ModelSpec): void {
  if (spec.subColumns.length === 0) throw invalid('the model has no column');
  let previous: SubColumnSpec | undefined;
  spec.subColumns.forEach((part, j) => {
    const where = `sub-column ${j}`;
    if (!(Number.isInteger(part.cardinality) && part.cardinality >= 1 && part.cardinality <= 65_535))
      throw invalid(`${where} has ${part.cardinality} codes, and only 1 to 65,535 are possible`);
    if (!(Number.isInteger(part.dimension) && part.dimension >= 1))
      throw invalid(`${where} has an embedding of ${part.dimension} dimensions`);
    if (!(Number.isInteger(part.hidden) && part.hidden >= 4 && part.hidden % 4 === 0))
      throw invalid(`${where} has ${part.hidden} hidden units, which is no positive multiple of 4`);
    const column = previous?.column ?? 0;
    if (part.column < column || part.column >= spec.columnCount)
      throw invalid(`${where} belongs to column ${part.column}, which breaks the order of columns`);
    if (part.inputs) checkInputs(spec, j, part.inputs);
    if (part.classes) checkClasses(part, j, part.classes);
    previous = part;
  });
}

function checkInputs({ subColumns }: ModelSpec, j: number, inputs: readonly number[]): void {
  inputs.forEach((i, position) => {
    if (!subColumns[i] || i === j || (position > 0 && i <= inputs[position - 1]!))
      throw invalid(`sub-column ${j} lists input ${i}, which is itself, unknown or out of order`);
  });
  for (let i = j - 1; i >= 0 && subColumns[i]!.column === subColumns[j]!.column; i--) {
    if (!inputs.includes(i)) throw invalid(`sub-column ${j} does not list ${i} of its own column`);
  }
}

function checkClasses({ cardinality }: SubColumnSpec, j: number, classes: readonly number[]): void {
  const rises = classes.every((start, k) => Number.isInteger(start) && (k === 0 || start > classes[k - 1]!));
  if (classes[0] !== 0 || !rises || classes.at(-1)! >= cardinality)
    throw invalid(`the classes of sub-column ${j} do not cut its ${cardinality} codes`);
}

function invalid(what: string): UserError {
  return new UserError('internal', `The model cannot be built: ${what}. Please report this as a defect.`);
}
