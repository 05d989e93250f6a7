import type { Feature } from './features';

/** A tree. Node 0 is the root; of a leaf `feature` is −1. */
export interface Tree {
  readonly feature: Int16Array;
  readonly left: Int16Array;
  readonly right: Int16Array;
  /** By node and code, 1 = the row goes left; [node × 256 + code]. */
  readonly goesLeft: Uint8Array;
  /** Of leaves: what is added to the sum. */
  readonly value: Float64Array;
  /** Of other nodes: by how much the split lowered the loss. */
  readonly gain: Float64Array;
}

export interface GrowSettings {
  readonly maxLeaves: number;
  readonly maxDepth: number;
  /** Rows of a leaf at least. */
  readonly minRows: number;
  readonly learningRate: number;
}

/** Sums of a bin: gradient, curvature, rows. */
const STRIDE = 3;
/** Curvature of a leaf at least, as in scikit-learn. */
const MIN_CURVATURE = 1e-3;
/** Added to the curvature of a category where categories are put in order: rare ones lie in the middle (LightGBM). */
const SMOOTH = 10;
/** Codes are bytes. */
const CODES = 256;

interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly histogram: Float64Array;
  readonly totals: readonly [gradient: number, curvature: number, rows: number];
  readonly split: Split | null;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  /** 1 = goes left, by code. */
  readonly left: Uint8Array;
}

/** Memory that trees of the same features and rows grow in, one after the other. */
export class GrowBuffers {
  readonly spare: Float64Array[] = [];
  readonly rows: Uint32Array;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly #size: number;

  constructor(features: readonly Feature[], rows: number) {
    this.#size = STRIDE * features.reduce((sum, { bins }) => sum + bins, 0);
    this.rows = new Uint32Array(rows);
    this.gradient = new Float64Array(rows);
    this.curvature = new Float64Array(rows);
  }

  /** A histogram of zeros. */
  histogram(): Float64Array {
    return this.spare.pop()?.fill(0) ?? new Float64Array(this.#size);
  }
}

/**
 * One tree of gradient boosting, grown best leaf first on histograms of codes (Ke et al. 2017, "LightGBM"; as scikit-learn's
 * HistGradientBoosting). Of two new leaves, only the smaller one's histogram is counted.
 * @param gradient,curvature derivatives of the loss of each row by its sum
 * @param rows those that the tree learns of; they are put in the order of its leaves
 * @param used features that it may use
 * @param sums where given, each learned row's value is added to it
 */
export function growTree(
  features: readonly Feature[],
  gradient: Float64Array,
  curvature: Float64Array,
  rows: Uint32Array,
  used: readonly number[],
  settings: GrowSettings,
  sums: Float64Array | null,
  buffers: GrowBuffers = new GrowBuffers(features, rows.length),
): Tree {
  const growth = new Growth(features, gradient, curvature, rows, used, settings, buffers);
  return growth.grow(sums);
}

class Growth {
  readonly #feature: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #value: number[] = [];
  readonly #gain: number[] = [];
  readonly #goesLeft: (Uint8Array | null)[] = [];
  readonly #offsets: number[] = [];
  readonly #size: number;

  constructor(
    private readonly features: readonly Feature[],
    private readonly gradient: Float64Array,
    private readonly curvature: Float64Array,
    private readonly rows: Uint32Array,
    private readonly used: readonly number[],
    private readonly settings: GrowSettings,
    private readonly buffers: GrowBuffers,
  ) {
    let size = 0;
    for (const f of used) {
      this.#offsets.push(size);
      size += features[f]!.bins * STRIDE;
    }
    this.#size = size;
  }

  grow(sums: Float64Array | null): Tree {
    const { maxLeaves, learningRate } = this.settings;
    const histogram = this.#count(0, this.rows.length);
    const leaves: Leaf[] = [this.#leaf(0, this.rows.length, 0, histogram, this.#totals(0, this.rows.length))];
    while (leaves.length < maxLeaves) {
      let best = -1;
      for (let i = 0; i < leaves.length; i++) {
        const split = leaves[i]!.split;
        if (split && (best < 0 || split.gain > leaves[best]!.split!.gain)) best = i;
      }
      if (best < 0) break;
      const [leaf] = leaves.splice(best, 1);
      leaves.push(...this.#split(leaf!));
    }
    for (const { split, histogram: own } of leaves) if (split) this.buffers.spare.push(own);
    for (const {
      node,
      totals: [g, h],
      start,
      end,
    } of leaves) {
      const value = (-learningRate * g) / (h || 1);
      this.#value[node] = value;
      if (sums) for (let i = start; i < end; i++) sums[this.rows[i]!]! += value;
    }
    const goesLeft = new Uint8Array(this.#feature.length * CODES);
    this.#goesLeft.forEach((left, node) => {
      if (left) goesLeft.set(left, node * CODES);
    });
    return {
      feature: Int16Array.from(this.#feature),
      left: Int16Array.from(this.#left),
      right: Int16Array.from(this.#right),
      goesLeft,
      value: Float64Array.from(this.#value),
      gain: Float64Array.from(this.#gain),
    };
  }

  #leaf(start: number, end: number, depth: number, histogram: Float64Array, totals: Leaf['totals']): Leaf {
    const node = this.#feature.push(-1) - 1;
    this.#left.push(0);
    this.#right.push(0);
    this.#value.push(0);
    this.#gain.push(0);
    this.#goesLeft.push(null);
    const { minRows, maxDepth } = this.settings;
    const mayGrow = end - start >= 2 * minRows && depth < maxDepth && totals[1] >= MIN_CURVATURE;
    const split = mayGrow ? this.#bestSplit(histogram, totals) : null;
    return { node, start, end, depth, histogram, totals, split };
  }

  #split({ node, start, end, depth, histogram, split }: Leaf): [Leaf, Leaf] {
    const { feature, left } = split!;
    const { codes } = this.features[feature]!;
    const { rows } = this;
    let at = start;
    let others = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      if (left[codes[row]!]) rows[at++] = row;
      else this.buffers.rows[others++] = row;
    }
    rows.set(this.buffers.rows.subarray(0, others), at);
    const isLeftSmaller = at - start <= end - at;
    const small = isLeftSmaller ? this.#count(start, at) : this.#count(at, end);
    for (let i = 0; i < this.#size; i++) histogram[i]! -= small[i]!;
    const [leftHistogram, rightHistogram] = isLeftSmaller ? [small, histogram] : [histogram, small];
    const first = this.#leaf(start, at, depth + 1, leftHistogram, this.#totals(start, at));
    const second = this.#leaf(at, end, depth + 1, rightHistogram, this.#totals(at, end));
    for (const leaf of [first, second]) if (!leaf.split) this.buffers.spare.push(leaf.histogram);
    this.#feature[node] = feature;
    this.#gain[node] = split!.gain;
    this.#left[node] = first.node;
    this.#right[node] = second.node;
    this.#goesLeft[node] = left;
    return [first, second];
  }

  #count(start: number, end: number): Float64Array {
    const histogram = this.buffers.histogram();
    const { rows } = this;
    const { gradient: g, curvature: h } = this.buffers;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      g[i] = this.gradient[row]!;
      h[i] = this.curvature[row]!;
    }
    for (let k = 0; k < this.used.length; k++) {
      const { codes } = this.features[this.used[k]!]!;
      const offset = this.#offsets[k]!;
      for (let i = start; i < end; i++) {
        const at = offset + codes[rows[i]!]! * STRIDE;
        histogram[at]! += g[i]!;
        histogram[at + 1]! += h[i]!;
        histogram[at + 2]!++;
      }
    }
    return histogram;
  }

  #totals(start: number, end: number): [number, number, number] {
    let [g, h] = [0, 0];
    for (let i = start; i < end; i++) {
      g += this.gradient[this.rows[i]!]!;
      h += this.curvature[this.rows[i]!]!;
    }
    return [g, h, end - start];
  }

  #bestSplit(histogram: Float64Array, [G, H, N]: Leaf['totals']): Split | null {
    const { minRows } = this.settings;
    const base = (G * G) / H;
    let best = { gain: 1e-9, k: -1, upTo: -1, order: null as Uint8Array | null, isMissingLeft: false };
    for (let k = 0; k < this.used.length; k++) {
      const { bins, isCategory } = this.features[this.used[k]!]!;
      const offset = this.#offsets[k]!;
      const order = isCategory ? inOrder(histogram, offset, bins) : null;
      const last = order ? order.length : bins - 1;
      const missing = offset + (bins - 1) * STRIDE;
      const hasMissing = !order && histogram[missing + 2]! > 0.5;
      for (let way = 0; way < (hasMissing ? 2 : 1); way++) {
        let [g, h, n] =
          way === 1 ? [histogram[missing]!, histogram[missing + 1]!, histogram[missing + 2]!] : [0, 0, 0];
        // The last step puts all that have a value on one side and those without on the other.
        const steps = way === 0 && hasMissing ? last : last - 1;
        for (let step = 0; step < steps; step++) {
          const at = offset + (order ? order[step]! : step) * STRIDE;
          if (histogram[at + 2]! < 0.5) continue;
          g += histogram[at]!;
          h += histogram[at + 1]!;
          n += histogram[at + 2]!;
          if (n < minRows) continue;
          if (N - n < minRows) break;
          if (h < MIN_CURVATURE || H - h < MIN_CURVATURE) continue;
          const gain = (g * g) / h + ((G - g) * (G - g)) / (H - h) - base;
          if (gain > best.gain) best = { gain, k, upTo: step, order, isMissingLeft: way === 1 };
        }
      }
    }
    if (best.k < 0) return null;
    const feature = this.used[best.k]!;
    const left = new Uint8Array(CODES);
    for (let step = 0; step <= best.upTo; step++) left[best.order ? best.order[step]! : step] = 1;
    if (best.isMissingLeft) left[this.features[feature]!.bins - 1] = 1;
    return { gain: best.gain, feature, left };
  }
}

/** Codes that occur, by what their rows would add (Fisher 1958: the best set of two is a beginning of this order). */
function inOrder(histogram: Float64Array, offset: number, bins: number): Uint8Array {
  const present: number[] = [];
  for (let code = 0; code < bins; code++)
    if (histogram[offset + code * STRIDE + 2]! > 0.5) present.push(code);
  const ratio = (code: number) => {
    const at = offset + code * STRIDE;
    return histogram[at]! / (histogram[at + 1]! + SMOOTH);
  };
  return Uint8Array.from(present.sort((a, b) => ratio(a) - ratio(b)));
}

/** Adds the tree's values to the sums of rows. */
export function addTree(tree: Tree, features: readonly Feature[], sums: Float64Array): void {
  const { feature, left, right, goesLeft, value } = tree;
  for (let row = 0; row < sums.length; row++) {
    let node = 0;
    for (let f = feature[0]!; f >= 0; f = feature[node]!) {
      node = goesLeft[node * CODES + features[f]!.codes[row]!] ? left[node]! : right[node]!;
    }
    sums[row]! += value[node]!;
  }
}
