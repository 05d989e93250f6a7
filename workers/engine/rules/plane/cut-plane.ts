import type { PlaneBox, PlaneCells, PlaneSplit } from '../../models/plane-cells';

/** Values whose mean stands for an edge. */
const AVERAGED = 5;
/**
 * An edge lies beyond the mean of the outer five rows by so much of the distance to that of the next five. Rows at equal
 * distances end .6 beyond; most held-back likelihood comes from 1.4 to 2, where tails of towns are inside.
 */
const BEYOND = 1.6;
/** Edges are rounded to a power of ten of at most this share of their cell's width. */
const ROUNDED = 1 / 20;
/** A cut leaves at least this share of the rows on either side, so that the tree stays flat. */
const MIN_SIDE = 1 / 8;

export interface CutOptions {
  /** Rows of a cell, at least. With value protection 20 or more: edges are functions of ten rows. */
  readonly minRows: number;
  /** Distance of neighbouring values, in x and y; 0 = values lie on no grid. */
  readonly grid: readonly [number, number];
  /** Values that no edge exceeds: [lowest x, highest x, lowest y, highest y]. */
  readonly bounds: PlaneBox;
}

/** Rows of a part of the plane, in the order of x and in that of y. */
type Orders = readonly [Uint32Array, Uint32Array];

/**
 * Cuts the plane where the density of points changes most: each cut maximises the likelihood of uniform densities in the
 * two bounding boxes that it leaves (Ram & Gray 2011, "Density estimation trees", with boxes instead of halves), so gaps
 * are cut off first. A cell's box is as wide as its rows, without the outermost.
 * @param x finite, [rows]
 * @param y finite, [rows]
 */
export function cutPlane(x: Float64Array, y: Float64Array, options: CutOptions): PlaneCells {
  const values = [x, y] as const;
  const splits: { axis: 0 | 1; at: number; below: number; above: number }[] = [];
  const boxes: PlaneBox[] = [];
  const grow = (orders: Orders, region: PlaneBox): number => {
    const cut = bestCut(orders, values, options);
    const parts = cut && partition(orders, values[cut.axis], cut.at, options.minRows);
    if (!parts) {
      boxes.push(boxOf(orders, values, options.grid, region));
      return -boxes.length;
    }
    const split = { axis: cut.axis, at: cut.at, below: 0, above: 0 };
    const index = splits.push(split) - 1;
    const [lowX, highX, lowY, highY] = region;
    const { axis, at } = cut;
    split.below = grow(parts[0], axis === 0 ? [lowX, at, lowY, highY] : [lowX, highX, lowY, at]);
    split.above = grow(parts[1], axis === 0 ? [at, highX, lowY, highY] : [lowX, highX, at, highY]);
    return index;
  };
  const rows = Uint32Array.from(x.keys());
  const ordered: Orders = [
    rows.slice().sort((a, b) => x[a]! - x[b]! || a - b),
    rows.slice().sort((a, b) => y[a]! - y[b]! || a - b),
  ];
  grow(ordered, options.bounds);
  return { splits: splits as PlaneSplit[], boxes };
}

function bestCut(
  orders: Orders,
  values: readonly [Float64Array, Float64Array],
  { minRows, grid }: CutOptions,
): { axis: 0 | 1; at: number } | null {
  const n = orders[0].length;
  const side = Math.max(minRows, Math.ceil(n * MIN_SIDE));
  if (n < 2 * side) return null;
  let best: { axis: 0 | 1; at: number } | null = null;
  let bestGain = Number.NEGATIVE_INFINITY;
  for (const axis of [0, 1] as const) {
    const order = orders[axis];
    const [own, other] = [values[axis], values[1 - axis]!];
    const smallest = [
      smallestWidth(orders, values, grid, axis),
      smallestWidth(orders, values, grid, 1 - axis),
    ];
    // Least and largest of the other value from the end up to each row.
    const [above, below] = [new Float64Array(n + 1), new Float64Array(n + 1)];
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = n - 1; i >= 0; i--) {
      const value = other[order[i]!]!;
      if (value < low) low = value;
      if (value > high) high = value;
      below[i] = low;
      above[i] = high;
    }
    [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const [first, last] = [own[order[0]!]!, own[order[n - 1]!]!];
    for (let i = 1; i <= n - side; i++) {
      const value = other[order[i - 1]!]!;
      if (value < low) low = value;
      if (value > high) high = value;
      if (i < side || own[order[i]!] === own[order[i - 1]!]) continue;
      const left = (own[order[i - 1]!]! - first + smallest[0]!) * (high - low + smallest[1]!);
      const right = (last - own[order[i]!]! + smallest[0]!) * (above[i]! - below[i]! + smallest[1]!);
      const gain = i * Math.log(i / left) + (n - i) * Math.log((n - i) / right);
      if (gain <= bestGain) continue;
      bestGain = gain;
      const [from, to] = [upperEdge(order, own, 0, i), lowerEdge(order, own, i, n)];
      const at = roundEdge(from / 2 + to / 2, last - first, grid[axis]);
      best = { axis, at };
    }
  }
  return best;
}

/** What is added to the width of a box, so that equal values fill one. */
function smallestWidth(
  orders: Orders,
  values: readonly [Float64Array, Float64Array],
  grid: readonly [number, number],
  axis: number,
): number {
  const order = orders[axis]!;
  const width = values[axis]![order[order.length - 1]!]! - values[axis]![order[0]!]!;
  return Math.max(grid[axis]!, width * 1e-6, Number.MIN_VALUE * 1e6);
}

/** The rows below and above a cut, or null if one side has too few. */
function partition(
  orders: Orders,
  values: Float64Array,
  at: number,
  minRows: number,
): [Orders, Orders] | null {
  const below = orders.map((order) => order.filter((row) => values[row]! < at));
  const count = below[0]!.length;
  if (count < minRows || orders[0].length - count < minRows) return null;
  const above = orders.map((order) => order.filter((row) => !(values[row]! < at)));
  return [
    [below[0]!, below[1]!],
    [above[0]!, above[1]!],
  ];
}

function boxOf(
  orders: Orders,
  values: readonly [Float64Array, Float64Array],
  grid: CutOptions['grid'],
  region: PlaneBox,
): PlaneBox {
  const [lowX, highX] = extent(orders[0], values[0], grid[0], region[0], region[1]);
  const [lowY, highY] = extent(orders[1], values[1], grid[1], region[2], region[3]);
  return [lowX, highX, lowY, highY];
}

function extent(
  order: Uint32Array,
  values: Float64Array,
  grid: number,
  lowest: number,
  highest: number,
): [number, number] {
  const low = lowerEdge(order, values, 0, order.length);
  const high = upperEdge(order, values, 0, order.length);
  const clip = (edge: number) => Math.min(Math.max(edge, lowest), highest);
  const width = Math.max(high - low, 0);
  return [clip(roundEdge(low, width, grid, -1)), clip(roundEdge(high, width, grid, 1))];
}

/** Where rows from … to begin: a little below the mean of the first five, by what the next five say. */
function lowerEdge(order: Uint32Array, values: Float64Array, from: number, to: number): number {
  const near = meanOf(order, values, from, Math.min(from + AVERAGED, to));
  const next = meanOf(order, values, Math.min(from + AVERAGED, to - 1), Math.min(from + 2 * AVERAGED, to));
  return near - BEYOND * (next - near);
}

function upperEdge(order: Uint32Array, values: Float64Array, from: number, to: number): number {
  const near = meanOf(order, values, Math.max(to - AVERAGED, from), to);
  const next = meanOf(order, values, Math.max(to - 2 * AVERAGED, from), Math.max(to - AVERAGED, from + 1));
  return near + BEYOND * (near - next);
}

function meanOf(order: Uint32Array, values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[order[i]!]! / (to - from);
  return sum;
}

/** Rounded, and between two values of the grid: inwards or outwards by the direction. */
function roundEdge(edge: number, width: number, grid: number, direction: -1 | 0 | 1 = 0): number {
  const exponent = Math.floor(Math.log10(width * ROUNDED));
  const unit = Number.isFinite(exponent) ? Math.max(10 ** exponent, grid) : grid;
  if (unit === 0) return edge;
  const round = direction < 0 ? Math.floor : direction > 0 ? Math.ceil : Math.round;
  const rounded = round(edge / unit) * unit;
  const off = grid > 0 ? grid / 2 : unit / 7;
  return rounded + (direction < 0 ? -off : off);
}
