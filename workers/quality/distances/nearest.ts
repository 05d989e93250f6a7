import type { Pacer } from '../pacing';
import type { PointSet } from './encode';

/*
 * Exact nearest neighbours of many points: a k-d tree whose nodes carry the tight box of their points, searched nearest
 * box first. Every bound is summed in the same order as the distance itself, so rounding never prunes the true
 * neighbour, and the result equals the exhaustive search bit for bit.
 */

/** Queries that tell how much work a search is. */
const TRIAL_QUERIES = 100;
/** Leaves are large, because scanning a point takes little longer than bounding a box. */
const LEAF_SIZE = 64;
const NONE = -1;

/** A tree over a copy of the points, in the order of its leaves. */
export interface PointTree {
  readonly dims: number;
  readonly points: Float64Array;
  /** By node: first and one-past-last point; the left child is the next node, `right` the other (−1 = leaf). */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly right: Int32Array;
  /** By node: lowest then highest coordinate of its points in every dimension. */
  readonly boxes: Float64Array;
  /** Row of the point set, by position in `points`. */
  readonly order: Uint32Array;
}

/** Builds the tree: widest dimension first, cut in the middle of its range. */
export async function buildTree(set: PointSet, pacer: Pacer): Promise<PointTree> {
  const { rows, dims, data } = set;
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  const capacity = Math.max(1, 2 * rows);
  const start = new Int32Array(capacity);
  const end = new Int32Array(capacity);
  const right = new Int32Array(capacity).fill(NONE);
  const boxes: Float64Array[] = [];
  const pending: { from: number; to: number; parent: number }[] = [{ from: 0, to: rows, parent: NONE }];
  for (let task = pending.pop(); task; task = pending.pop()) {
    if (pacer.advance(0)) await pacer.yield();
    const node = boxes.length;
    if (task.parent !== NONE) right[task.parent] = node;
    start[node] = task.from;
    end[node] = task.to;
    const box = boxOf(data, dims, order, task.from, task.to);
    boxes.push(box);
    const middle = task.to - task.from > LEAF_SIZE ? split(data, dims, order, task.from, task.to, box) : NONE;
    if (middle === NONE) continue;
    pending.push({ from: middle, to: task.to, parent: node });
    pending.push({ from: task.from, to: middle, parent: NONE });
  }
  const points = new Float64Array(rows * dims);
  order.forEach((row, i) => {
    points.set(data.subarray(row * dims, (row + 1) * dims), i * dims);
  });
  const flat = new Float64Array(boxes.length * 2 * dims);
  boxes.forEach((box, node) => {
    flat.set(box, node * 2 * dims);
  });
  const nodes = boxes.length;
  return {
    dims,
    points,
    start: start.slice(0, nodes),
    end: end.slice(0, nodes),
    right: right.slice(0, nodes),
    boxes: flat,
    order,
  };
}

function boxOf(data: Float64Array, dims: number, order: Uint32Array, from: number, to: number): Float64Array {
  const box = new Float64Array(2 * dims);
  box.fill(Number.POSITIVE_INFINITY, 0, dims).fill(Number.NEGATIVE_INFINITY, dims);
  for (let i = from; i < to; i++) {
    const point = order[i]! * dims;
    for (let d = 0; d < dims; d++) {
      const value = data[point + d]!;
      if (value < box[d]!) box[d] = value;
      if (value > box[dims + d]!) box[dims + d] = value;
    }
  }
  return box;
}

/** Partitions order[from…to) and returns the border, or −1 if all points are equal. */
function split(
  data: Float64Array,
  dims: number,
  order: Uint32Array,
  from: number,
  to: number,
  box: Float64Array,
): number {
  let widest = 0;
  let width = 0;
  for (let d = 0; d < dims; d++) {
    const range = box[dims + d]! - box[d]!;
    if (range > width) {
      width = range;
      widest = d;
    }
  }
  const cut = box[widest]! + width / 2;
  if (!(cut > box[widest]!)) return NONE;
  let low = from;
  let high = to - 1;
  while (low <= high) {
    const row = order[low]!;
    if (data[row * dims + widest]! < cut) low++;
    else {
      order[low] = order[high]!;
      order[high--] = row;
    }
  }
  return low;
}

/** The nearest points of some queries, and how far the next ones are. */
export interface NearestPoints {
  readonly distances: Float64Array;
  /** Distances of the second nearest; +Infinity where there is none. */
  readonly second: Float64Array;
  /** Rows of the point set that was searched; of several equally near ones, any. */
  readonly rows: Uint32Array;
}

/**
 * Nearest points of `tree` to the queries at positions `from` … `to` − 1, in that order. Euclidean distances, exact in
 * f64; +Infinity if the tree is empty.
 * @param queries as a tree too, so that neighbours follow each other and start from a good guess
 */
export function nearestPoints(queries: PointTree, tree: PointTree, from: number, to: number): NearestPoints {
  const distances = new Float64Array(to - from).fill(Number.POSITIVE_INFINITY);
  const second = distances.slice();
  const rows = new Uint32Array(to - from);
  if (tree.order.length === 0) return { distances, second, rows };
  const search = new Search(tree);
  for (let i = from; i < to; i++) {
    distances[i - from] = search.nearest(queries.points, i * queries.dims);
    second[i - from] = search.second();
    rows[i - from] = tree.order[search.bestPoint]!;
  }
  return { distances, second, rows };
}

/** Terms (one coordinate of one point or box) that a query looks at, on average over some spread queries. */
export async function termsPerQuery(queries: PointTree, tree: PointTree, pacer: Pacer): Promise<number> {
  const search = new Search(tree);
  const used = Math.min(TRIAL_QUERIES, queries.order.length);
  for (let i = 0; i < used; i++) {
    const query = Math.floor((i * queries.order.length) / used);
    search.nearest(queries.points, query * queries.dims);
    if (pacer.advance(0)) await pacer.yield();
  }
  return used === 0 ? 0 : (search.visits * tree.dims) / used;
}

/** Searches one tree. The inner loops take nearly all the time: they use local variables, four terms at a time. */
class Search {
  readonly #tree: PointTree;
  readonly #query: Float64Array;
  /** Squared distance of the best point so far … */
  #best = 0;
  /** … and of the second best, which nothing that is further away can change. */
  #second = 0;
  /** Position of the point that was found last. */
  bestPoint = 0;
  /** Points and boxes looked at so far. */
  visits = 0;

  constructor(tree: PointTree) {
    this.#tree = tree;
    this.#query = new Float64Array(tree.dims);
  }

  nearest(points: Float64Array, query: number): number {
    for (let d = 0; d < this.#query.length; d++) this.#query[d] = points[query + d]!;
    this.#best = Number.POSITIVE_INFINITY;
    this.#second = Number.POSITIVE_INFINITY;
    const guess = this.bestPoint;
    this.bestPoint = NONE;
    this.#scan(guess, guess + 1);
    this.#descend(0);
    return Math.sqrt(this.#best);
  }

  /** Distance of the second nearest point of the last query. */
  second(): number {
    return Math.sqrt(this.#second);
  }

  #descend(node: number): void {
    const right = this.#tree.right[node]!;
    if (right === NONE) {
      this.#scan(this.#tree.start[node]!, this.#tree.end[node]!);
      return;
    }
    this.visits += 2;
    const toLeft = this.#bound(node + 1);
    const toRight = this.#bound(right);
    if (toLeft <= toRight) {
      if (toLeft < this.#second) this.#descend(node + 1);
      if (toRight < this.#second) this.#descend(right);
    } else {
      if (toRight < this.#second) this.#descend(right);
      if (toLeft < this.#second) this.#descend(node + 1);
    }
  }

  /** Squared distance to the node's box, or anything ≥ the second best so far. */
  #bound(node: number): number {
    const { dims, boxes } = this.#tree;
    const query = this.#query;
    const limit = this.#second;
    const low = node * 2 * dims;
    const high = low + dims;
    let sum = 0;
    for (let d = 0; d < dims && sum < limit; d++) {
      const value = query[d]!;
      const under = boxes[low + d]! - value;
      const over = value - boxes[high + d]!;
      if (under > 0) sum += under * under;
      else if (over > 0) sum += over * over;
    }
    return sum;
  }

  #scan(from: number, to: number): void {
    const { dims, points } = this.#tree;
    const query = this.#query;
    const fours = dims & ~3;
    let best = this.#best;
    let second = this.#second;
    this.visits += to - from;
    for (let i = from, point = from * dims; i < to; i++, point += dims) {
      let sum = 0;
      let d = 0;
      for (; d < fours && sum < second; d += 4) {
        const a = query[d]! - points[point + d]!;
        const b = query[d + 1]! - points[point + d + 1]!;
        const c = query[d + 2]! - points[point + d + 2]!;
        const e = query[d + 3]! - points[point + d + 3]!;
        sum = sum + a * a + b * b + c * c + e * e;
      }
      // The point that the search began with comes again in its leaf.
      if (sum >= second || i === this.bestPoint) continue;
      for (; d < dims; d++) {
        const a = query[d]! - points[point + d]!;
        sum += a * a;
      }
      if (sum < best) {
        second = best;
        best = sum;
        this.bestPoint = i;
      } else if (sum < second) second = sum;
    }
    this.#best = best;
    this.#second = second;
  }
}
