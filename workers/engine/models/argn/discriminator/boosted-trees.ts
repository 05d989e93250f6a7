/** A tree of fixed depth in heap order: node i has the children 2i + 1 and 2i + 2. Plain JSON. */
export interface Tree {
  /** Per inner node: the sub-column that is compared; −1 = all rows go left. */
  readonly parts: readonly number[];
  /** Per inner node: codes up to here go left. */
  readonly codes: readonly number[];
  /** Per leaf: what is added to the log-odds. */
  readonly values: readonly number[];
}

/** Log-odds of rows by trees, added to `sums`, [rows]. @param codes [sub-column][row] */
export function addTree(
  { parts, codes, values }: Tree,
  table: readonly Uint16Array[],
  sums: Float64Array,
): void {
  const inner = parts.length;
  for (let row = 0; row < sums.length; row++) {
    let node = 0;
    while (node < inner) {
      const part = parts[node]!;
      node = 2 * node + (part < 0 || table[part]![row]! <= codes[node]! ? 1 : 2);
    }
    sums[row]! += values[node - inner]!;
  }
}

export interface TreeSettings {
  readonly depth: number;
  /** Rows of a leaf at least. */
  readonly minRows: number;
  /** Added to the curvature of a leaf (L2). */
  readonly shrinkage: number;
  readonly learningRate: number;
}

/**
 * One step of gradient boosting with the logistic loss (Friedman 2001, "Greedy function approximation"; second order as
 * in Chen & Guestrin 2016, "XGBoost"): the tree that lowers the loss of `rows` most, grown level by level on histograms
 * of codes.
 * @param table codes, [sub-column][row]
 * @param labels [row] 1 or 0
 * @param sums [row] log-odds so far
 * @param rows those that the tree learns of
 */
export function growTree(
  table: readonly Uint16Array[],
  cardinalities: readonly number[],
  labels: Uint8Array,
  sums: Float64Array,
  rows: Uint32Array,
  { depth, minRows, shrinkage, learningRate }: TreeSettings,
): Tree {
  const inner = 2 ** depth - 1;
  const parts = new Array<number>(inner).fill(-1);
  const codes = new Array<number>(inner).fill(0);
  const nodeOf = new Uint32Array(rows.length);
  const gradient = new Float64Array(rows.length);
  const curvature = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    const p = 1 / (1 + Math.exp(-sums[row]!));
    gradient[i] = labels[row]! - p;
    curvature[i] = p * (1 - p);
  });
  for (let level = 0; level < depth; level++) {
    const first = 2 ** level - 1;
    const nodes = 2 ** level;
    const bestGain = new Float64Array(nodes);
    const totals = totalsOf(nodeOf, first, nodes, gradient, curvature);
    for (const [part, cardinality] of cardinalities.entries()) {
      if (cardinality < 2) continue;
      const histogram = new Float64Array(nodes * cardinality * 3);
      const own = table[part]!;
      for (let i = 0; i < rows.length; i++) {
        const at = ((nodeOf[i]! - first) * cardinality + own[rows[i]!]!) * 3;
        histogram[at]! += gradient[i]!;
        histogram[at + 1]! += curvature[i]!;
        histogram[at + 2]!++;
      }
      for (let node = 0; node < nodes; node++) {
        const [g, h, n] = [totals[node * 3]!, totals[node * 3 + 1]!, totals[node * 3 + 2]!];
        const base = (g * g) / (h + shrinkage);
        let [gl, hl, nl] = [0, 0, 0];
        for (let code = 0, at = node * cardinality * 3; code + 1 < cardinality; code++, at += 3) {
          gl += histogram[at]!;
          hl += histogram[at + 1]!;
          nl += histogram[at + 2]!;
          if (nl < minRows || n - nl < minRows) continue;
          const gain = (gl * gl) / (hl + shrinkage) + ((g - gl) * (g - gl)) / (h - hl + shrinkage) - base;
          if (gain <= bestGain[node]! + 1e-9) continue;
          bestGain[node] = gain;
          parts[first + node] = part;
          codes[first + node] = code;
        }
      }
    }
    for (let i = 0; i < rows.length; i++) {
      const node = nodeOf[i]!;
      const part = parts[node]!;
      nodeOf[i] = 2 * node + (part < 0 || table[part]![rows[i]!]! <= codes[node]! ? 1 : 2);
    }
  }
  const totals = totalsOf(nodeOf, inner, inner + 1, gradient, curvature);
  const values = Array.from({ length: inner + 1 }, (_, leaf) => {
    const step = totals[leaf * 3]! / (totals[leaf * 3 + 1]! + shrinkage);
    return Number((learningRate * step).toPrecision(6));
  });
  return { parts, codes, values };
}

/** Per node: sum of gradients, of curvatures, and rows. */
function totalsOf(
  nodeOf: Uint32Array,
  first: number,
  nodes: number,
  gradient: Float64Array,
  curvature: Float64Array,
): Float64Array {
  const totals = new Float64Array(nodes * 3);
  for (let i = 0; i < nodeOf.length; i++) {
    const at = (nodeOf[i]! - first) * 3;
    totals[at]! += gradient[i]!;
    totals[at + 1]! += curvature[i]!;
    totals[at + 2]!++;
  }
  return totals;
}
