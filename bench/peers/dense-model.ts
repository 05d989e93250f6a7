/** A model of ours as the dense, masked one that other libraries would train: same function, other arrangement. */
import {
  createLayout,
  inputsOf,
  type ModelSpec,
  materialise,
  type OrderTable,
  visibilityKeys,
} from '../engine';

/** Where a sub-column lies among all codes (S) and all hidden units (H). */
export interface DensePart {
  readonly cardinality: number;
  readonly hidden: number;
  readonly codeStart: number;
  readonly unitStart: number;
}

export interface DenseModel {
  readonly parts: readonly DensePart[];
  /** S, the sum of all cardinalities. */
  readonly codes: number;
  /** H, the sum of all hidden units. */
  readonly units: number;
}

/** Row-major arrays without pads. */
export interface DenseWeights {
  /** T [S × H]; zero where a unit's own codes are. */
  readonly tables: Float32Array;
  readonly bias: Float32Array;
  /** V_j [hidden_j × cardinality_j]. */
  readonly heads: readonly Float32Array[];
  readonly headBiases: readonly Float32Array[];
}

/** Offsets of a model's sub-columns. */
export function denseModel(spec: ModelSpec): DenseModel {
  let codes = 0;
  let units = 0;
  const parts = spec.subColumns.map(({ cardinality, hidden }): DensePart => {
    const part = { cardinality, hidden, codeStart: codes, unitStart: units };
    codes += cardinality;
    units += hidden;
    return part;
  });
  return { parts, codes, units };
}

/** The same function as the given parameters of ours: T_ij = E_ij · W_ij multiplied out. */
export function denseWeights(spec: ModelSpec, parameters: Float32Array): DenseWeights {
  const layout = createLayout(spec);
  const { parts, codes, units } = denseModel(spec);
  const tables = new Float32Array(codes * units);
  const bias = new Float32Array(units);
  parts.forEach(({ hidden, unitStart }, j) => {
    const inputs = inputsOf(spec, j);
    const own = materialise(layout, parameters, j, inputs);
    for (const i of inputs) {
      const { codeStart, cardinality } = parts[i]!;
      for (let code = 0; code < cardinality; code++) {
        const row = own[i]!.subarray(code * hidden, (code + 1) * hidden);
        tables.set(row, (codeStart + code) * units + unitStart);
      }
    }
    bias.set(parameters.subarray(layout.bias(j), layout.bias(j) + hidden), unitStart);
  });
  const heads = parts.map(({ cardinality, hidden }, j) => {
    const head = new Float32Array(hidden * cardinality);
    for (let unit = 0; unit < hidden; unit++) {
      const start = layout.output(j) + unit * layout.outputWidth(j);
      head.set(parameters.subarray(start, start + cardinality), unit * cardinality);
    }
    return head;
  });
  const headBiases = parts.map(({ cardinality }, j) =>
    parameters.slice(layout.outputBias(j), layout.outputBias(j) + cardinality),
  );
  return { tables, bias, heads, headBiases };
}

/** [S × H]: 1 where the given order shows a code to a unit. */
export function denseMask(spec: ModelSpec, orders: OrderTable, order: number): Float32Array {
  const { parts, codes, units } = denseModel(spec);
  const keys = visibilityKeys(spec, orders).subarray(order * parts.length, (order + 1) * parts.length);
  const mask = new Float32Array(codes * units);
  parts.forEach(({ unitStart, hidden }, j) => {
    for (const i of inputsOf(spec, j)) {
      if (keys[i]! >= keys[j]!) continue;
      const { codeStart, cardinality } = parts[i]!;
      for (let code = codeStart; code < codeStart + cardinality; code++)
        mask.fill(1, code * units + unitStart, code * units + unitStart + hidden);
    }
  });
  return mask;
}

/** Column-major codes as one-hot rows [rows × S]. */
export function oneHotRows(spec: ModelSpec, codes: Uint16Array, rows: number): Float32Array {
  const { parts, codes: width } = denseModel(spec);
  const oneHot = new Float32Array(rows * width);
  parts.forEach(({ codeStart }, i) => {
    for (let r = 0; r < rows; r++) oneHot[r * width + codeStart + codes[i * rows + r]!] = 1;
  });
  return oneHot;
}
