import { cellOf, isInside } from '../../models/plane-cells';
import { cutPlane } from './cut-plane';

/** Rows of a cell while pairs are compared. */
const ROWS_PER_CELL = 20;
/** Levels of each column by which a smooth dependency is told. */
const LEVELS = 8;
/** A pair of levels counts so much more than each of the eight beside it. */
const OWN_WEIGHT = 2;
/** Share of the density that is the same everywhere: rows outside all cells or bins have it. */
const EVERYWHERE = 0.02;

/**
 * How much more likely held-back rows are when a plane is cut into cells than with the smooth dependency that a table of
 * 8 × 8 levels tells, which any network learns: towns, curves and narrow bands gain, correlated amounts do not. Both
 * densities are relative to independent columns, and in ranks.
 * @param x finite, [rows]: the first half of the rows is cut, the second one held back
 * @returns mean gain in nats and its standard error
 */
export function planeGain(
  x: Float64Array,
  y: Float64Array,
): { readonly mean: number; readonly error: number } {
  const known = x.length >> 1;
  const [ownX, ownY] = [x.subarray(0, known), y.subarray(0, known)];
  const [rankX, rankY] = [ranker(ownX), ranker(ownY)];
  const cells = cutPlane(ownX, ownY, {
    minRows: ROWS_PER_CELL,
    grid: [0, 0],
    bounds: [
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ],
  });
  const rows = new Uint32Array(cells.boxes.length);
  for (let row = 0; row < known; row++) rows[cellOf(cells, x[row]!, y[row]!)]!++;
  const density = cells.boxes.map(([lowX, highX, lowY, highY], cell) => {
    const area = (rankX.upTo(highX) - rankX.upTo(lowX)) * (rankY.upTo(highY) - rankY.upTo(lowY));
    return area > 0 ? rows[cell]! / known / area : 0;
  });
  const smooth = new SmoothDensity(ownX.map(rankX.of), ownY.map(rankY.of));
  let [sum, squares] = [0, 0];
  const held = x.length - known;
  for (let row = known; row < x.length; row++) {
    const [a, b] = [x[row]!, y[row]!];
    const cell = cellOf(cells, a, b);
    const own = isInside(cells.boxes[cell]!, a, b) ? density[cell]! : 0;
    const other = smooth.at(rankX.of(a), rankY.of(b));
    const gain = Math.log(((1 - EVERYWHERE) * own + EVERYWHERE) / ((1 - EVERYWHERE) * other + EVERYWHERE));
    sum += gain;
    squares += gain * gain;
  }
  const mean = sum / held;
  return { mean, error: Math.sqrt(Math.max(squares / held - mean * mean, 0) / held) };
}

interface Ranker {
  /** Middle rank of a value, 0 … 1. */
  of(value: number): number;
  /** Share of values below. */
  upTo(value: number): number;
}

function ranker(values: Float64Array): Ranker {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const below = (value: number, orEqual: boolean) => {
    let [low, high] = [0, n];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (orEqual ? sorted[middle]! <= value : sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low / n;
  };
  return {
    of: (value) => (below(value, false) + below(value, true)) / 2,
    upTo: (value) => below(value, false),
  };
}

/** Density against independence as a smooth dependency has it: pairs of levels with those beside them, interpolated. */
class SmoothDensity {
  readonly #levels: Float64Array;

  /** @param ranks of x and of y, [rows] */
  constructor(x: Float64Array, y: Float64Array) {
    const counts = new Float64Array(LEVELS * LEVELS);
    const ofX = new Float64Array(LEVELS);
    const ofY = new Float64Array(LEVELS);
    for (let row = 0; row < x.length; row++) {
      const [a, b] = [levelOf(x[row]!), levelOf(y[row]!)];
      counts[a * LEVELS + b]!++;
      ofX[a]!++;
      ofY[b]!++;
    }
    this.#levels = counts.map((_, pair) => {
      const [a, b] = [Math.floor(pair / LEVELS), pair % LEVELS];
      let [rows, expected] = [0, 0];
      for (let i = Math.max(0, a - 1); i <= Math.min(LEVELS - 1, a + 1); i++) {
        for (let k = Math.max(0, b - 1); k <= Math.min(LEVELS - 1, b + 1); k++) {
          const weight = i === a && k === b ? OWN_WEIGHT : 1;
          rows += weight * counts[i * LEVELS + k]!;
          expected += (weight * ofX[i]! * ofY[k]!) / x.length;
        }
      }
      return expected > 0 ? rows / expected : 0;
    });
  }

  at(x: number, y: number): number {
    const [i, a] = middlesAround(x);
    const [k, b] = middlesAround(y);
    const level = (p: number, q: number) => this.#levels[p * LEVELS + q]!;
    const first = (1 - b) * level(i, k) + b * level(i, k + 1);
    const second = (1 - b) * level(i + 1, k) + b * level(i + 1, k + 1);
    return (1 - a) * first + a * second;
  }
}

function levelOf(rank: number): number {
  return Math.min(LEVELS - 1, Math.floor(rank * LEVELS));
}

/** The level whose middle is below a rank, and how far the rank is on the way to the next one's. */
function middlesAround(rank: number): [number, number] {
  const at = Math.min(Math.max(rank * LEVELS - 0.5, 0), LEVELS - 1);
  const level = Math.min(Math.floor(at), LEVELS - 2);
  return [level, at - level];
}
