import type { ModelSpec } from './backend';

/**
 * Where each parameter stands; the only place that knows.
 *
 * Sub-column j owns one contiguous f32 block, its start a multiple of 16 floats, so that every row of every matrix
 * is 16-byte aligned and a `vec4f` view works on a GPU:
 *
 *     b[hidden] | c[cp] | V[hidden × cp] | for each input i: E_ij[card_i × dp_i] | W_ij[dp_i × hidden]
 *
 * cp and dp are cardinality and dimension rounded up to 4. Pads of V, E and W are 0 and stay 0 (their gradients
 * vanish); pads of c are `PAD_LOGIT` and are never updated. Inputs of j are all sub-columns but j itself and the later
 * ones of its own column.
 */
export interface Layout {
  /** Floats in all blocks. */
  readonly size: number;
  readonly blocks: readonly Block[];
  /** Parameters without pads. */
  readonly parameterCount: number;
}

export interface Block {
  readonly start: number;
  /** Floats, pads included. */
  readonly size: number;
  readonly cardinality: number;
  /** Cardinality rounded up to a multiple of 4: the row length of `output`. */
  readonly cardinalityPadded: number;
  readonly hidden: number;
  /** Absolute offsets of b[hidden], c[cp], V[hidden × cp]. */
  readonly bias: number;
  readonly outputBias: number;
  readonly output: number;
  /** Ascending by sub-column. */
  readonly inputs: readonly BlockInput[];
}

export interface BlockInput {
  readonly subColumn: number;
  readonly cardinality: number;
  readonly dimension: number;
  /** Dimension rounded up to a multiple of 4: the row length of `embedding`, the rows of `projection`. */
  readonly dimensionPadded: number;
  /** Absolute offset of E[card × dp]. */
  readonly embedding: number;
  /** Absolute offset of W[dp × hidden]. */
  readonly projection: number;
  /** First row of this input in the materialised table T[Σ card × hidden] of the block. */
  readonly tableRow: number;
}

/** Logit of a pad: exp of it is 0 whatever the temperature. */
export const PAD_LOGIT = -1e30;

const BLOCK_ALIGNMENT = 16;

/**
 * Lays out the parameters of a model.
 * @throws RangeError if a hidden width is not a multiple of 4 or a cardinality not positive
 */
export function createLayout(spec: ModelSpec): Layout {
  const blocks: Block[] = [];
  let end = 0;
  let parameterCount = 0;
  spec.subColumns.forEach(({ cardinality, hidden, column }, j) => {
    if (hidden % 4 !== 0 || hidden <= 0)
      throw new RangeError(`Hidden width ${hidden} is not a multiple of 4.`);
    if (cardinality < 1)
      throw new RangeError(`Cardinality ${cardinality} of sub-column ${j} is not positive.`);
    const start = roundUp(end, BLOCK_ALIGNMENT);
    const cardinalityPadded = roundUp(cardinality, 4);
    const outputBias = start + hidden;
    const output = outputBias + cardinalityPadded;
    end = output + hidden * cardinalityPadded;
    parameterCount += hidden + cardinality + hidden * cardinality;
    let tableRow = 0;
    const inputs: BlockInput[] = [];
    spec.subColumns.forEach((input, i) => {
      if (i === j || (input.column === column && i > j)) return;
      const dimensionPadded = roundUp(input.dimension, 4);
      const embedding = end;
      const projection = embedding + input.cardinality * dimensionPadded;
      end = projection + dimensionPadded * hidden;
      parameterCount += input.dimension * (input.cardinality + hidden);
      inputs.push({
        subColumn: i,
        cardinality: input.cardinality,
        dimension: input.dimension,
        dimensionPadded,
        embedding,
        projection,
        tableRow,
      });
      tableRow += input.cardinality;
    });
    blocks.push({
      start,
      size: end - start,
      cardinality,
      cardinalityPadded,
      hidden,
      bias: start,
      outputBias,
      output,
      inputs,
    });
  });
  return { size: roundUp(end, BLOCK_ALIGNMENT), blocks, parameterCount };
}

/** Rows of the largest materialised table T. */
export function tableRows(block: Block): number {
  return block.inputs.reduce((rows, input) => rows + input.cardinality, 0);
}

/** All zeros but the pads of c: what an initialiser fills in. */
export function emptyParameters(layout: Layout): Float32Array {
  const parameters = new Float32Array(layout.size);
  for (const block of layout.blocks) {
    parameters.fill(
      PAD_LOGIT,
      block.outputBias + block.cardinality,
      block.outputBias + block.cardinalityPadded,
    );
  }
  return parameters;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
