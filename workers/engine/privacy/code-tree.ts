import type { CodeMetric } from './code-points';

/*
 * Exact nearest neighbours in a `CodeMetric`: a k-d tree whose nodes have the bounding box of their points, searched
 * nearest box first. A code without order may lie in a box if it is between the box's lowest and highest code; a box
 * that cannot hold it is a whole width away. Distances are whole numbers, so bounds and ties are exact.
 */

const LEAF_SIZE = 24;
/** Points of a node that are sampled to choose its cut. */
const PROBES = 31;
const NONE = -1;

/** A tree over a copy of the points, in the order of its leaves. */
export interface CodeTree {
  readonly metric: CodeMetric;
  readonly points: Uint16Array;
  /** Index among the given points of each point of `points`. */
  readonly order: Uint32Array;
  /** By node: first and one-past-last point; the left child is the next node, `right` the other (−1 = leaf). */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly right: Int32Array;
  /** By node: lowest then highest coordinate of its points in every dimension. */
  readonly boxes: Uint16Array;
}

/** @param points of `metric`, row-major, at least one */
export function buildCodeTree(metric: CodeMetric, points: Uint16Array): CodeTree {
  const { dims } = metric;
  const rows = points.length / dims;
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  const start: number[] = [];
  const end: number[] = [];
  const right: number[] = [];
  const boxes: Uint16Array[] = [];
  const pending = [{ from: 0, to: rows, parent: NONE }];
  for (let task = pending.pop(); task; task = pending.pop()) {
    const { from, to, parent } = task;
    const node = boxes.length;
    if (parent !== NONE) right[parent] = node;
    start.push(from);
    end.push(to);
    right.push(NONE);
    const box = boxOf(points, dims, order, from, to);
    boxes.push(box);
    const middle = to - from > LEAF_SIZE ? cut(metric, points, order, from, to, box) : NONE;
    if (middle === NONE) continue;
    pending.push({ from: middle, to, parent: node }, { from, to: middle, parent: NONE });
  }
  const sorted = new Uint16Array(points.length);
  order.forEach((row, index) => {
    sorted.set(points.subarray(row * dims, (row + 1) * dims), index * dims);
  });
  const flat = new Uint16Array(boxes.length * 2 * dims);
  boxes.forEach((box, node) => {
    flat.set(box, node * 2 * dims);
  });
  return {
    metric,
    points: sorted,
    order,
    start: Int32Array.from(start),
    end: Int32Array.from(end),
    right: Int32Array.from(right),
    boxes: flat,
  };
}

function boxOf(points: Uint16Array, dims: number, order: Uint32Array, from: number, to: number): Uint16Array {
  const box = new Uint16Array(2 * dims);
  box.fill(0xffff, 0, dims);
  for (let index = from; index < to; index++) {
    const point = order[index]! * dims;
    for (let d = 0; d < dims; d++) {
      const value = points[point + d]!;
      if (value < box[d]!) box[d] = value;
      if (value > box[dims + d]!) box[dims + d] = value;
    }
  }
  return box;
}

/**
 * Partitions order[from…to) in the dimension and at the value that put most queries furthest from one half.
 * @returns where the second half begins; −1 if all points are equal
 */
function cut(
  { dims, ordinals, widths }: CodeMetric,
  points: Uint16Array,
  order: Uint32Array,
  from: number,
  to: number,
  box: Uint16Array,
): number {
  let best = 0;
  let dimension = 0;
  let threshold = 0;
  const probes = new Uint16Array(PROBES);
  for (let d = 0; d < dims; d++) {
    const low = box[d]!;
    const high = box[dims + d]!;
    if (low === high) continue;
    for (let i = 0; i < PROBES; i++) {
      const index = from + Math.floor(((i + 0.5) * (to - from)) / PROBES);
      probes[i] = points[order[index]! * dims + d]!;
    }
    probes.sort();
    const middle = Math.max(probes[PROBES >> 1]!, low + 1);
    const below = probes.findIndex((value) => value >= middle);
    const balance = Math.min(below < 0 ? PROBES : below, PROBES - below) + 0.5;
    const gain = balance * (d < ordinals ? (high - low) / 4 : widths[d]!);
    if (gain <= best) continue;
    best = gain;
    dimension = d;
    threshold = middle;
  }
  if (best === 0) return NONE;
  let low = from;
  let high = to - 1;
  while (low <= high) {
    const row = order[low]!;
    if (points[row * dims + dimension]! < threshold) low++;
    else {
      order[low] = order[high]!;
      order[high--] = row;
    }
  }
  return low;
}

/** Searches one tree. The inner loops take nearly all the time, so they work on local variables. */
export class CodeSearch {
  readonly #tree: CodeTree;
  readonly #query: Uint16Array;
  readonly #found: Uint32Array;
  #best = 0;
  #ties = 0;

  constructor(tree: CodeTree) {
    this.#tree = tree;
    this.#query = new Uint16Array(tree.metric.dims);
    this.#found = new Uint32Array(tree.order.length);
  }

  /** All nearest points of a point, as indices among those given; the next call overwrites them. */
  nearest(points: Uint16Array, at: number): Uint32Array {
    for (let d = 0; d < this.#query.length; d++) this.#query[d] = points[at + d]!;
    this.#best = Number.MAX_SAFE_INTEGER;
    this.#ties = 0;
    this.#descend(0);
    return this.#found.subarray(0, this.#ties);
  }

  #descend(node: number): void {
    const right = this.#tree.right[node]!;
    if (right === NONE) {
      this.#scan(this.#tree.start[node]!, this.#tree.end[node]!);
      return;
    }
    const toLeft = this.#bound(node + 1);
    const toRight = this.#bound(right);
    if (toLeft <= toRight) {
      if (toLeft <= this.#best) this.#descend(node + 1);
      if (toRight <= this.#best) this.#descend(right);
    } else {
      if (toRight <= this.#best) this.#descend(right);
      if (toLeft <= this.#best) this.#descend(node + 1);
    }
  }

  /** Distance to the node's box, or anything above the best so far. */
  #bound(node: number): number {
    const { boxes, metric } = this.#tree;
    const { dims, ordinals, widths } = metric;
    const query = this.#query;
    const best = this.#best;
    const low = node * 2 * dims;
    const high = low + dims;
    let sum = 0;
    for (let d = dims - 1; d >= ordinals && sum <= best; d--) {
      const value = query[d]!;
      if (value < boxes[low + d]! || value > boxes[high + d]!) sum += widths[d]!;
    }
    for (let d = 0; d < ordinals && sum <= best; d++) {
      const value = query[d]!;
      const under = boxes[low + d]! - value;
      const over = value - boxes[high + d]!;
      if (under > 0) sum += under;
      else if (over > 0) sum += over;
    }
    return sum;
  }

  #scan(from: number, to: number): void {
    const { points, order, metric } = this.#tree;
    const { dims, ordinals, widths } = metric;
    const query = this.#query;
    const found = this.#found;
    let best = this.#best;
    let ties = this.#ties;
    for (let index = from, point = from * dims; index < to; index++, point += dims) {
      let sum = 0;
      for (let d = dims - 1; d >= ordinals && sum <= best; d--) {
        if (query[d] !== points[point + d]) sum += widths[d]!;
      }
      for (let d = 0; d < ordinals && sum <= best; d++) {
        const difference = query[d]! - points[point + d]!;
        sum += difference < 0 ? -difference : difference;
      }
      if (sum > best) continue;
      if (sum < best) ties = 0;
      best = sum;
      found[ties++] = order[index]!;
    }
    this.#best = best;
    this.#ties = ties;
  }
}
