import { roundTo } from './distribution';

/*
 * φK (Baak, Koopman, Snoek & Klous 2020, "A new correlation coefficient between categorical, ordinal and interval variables
 * with Pearson characteristics"): the correlation of a normal distribution of two variables that would show as much χ² in a
 * table of as many rows and columns. 0 = independent, 1 = one column determines the other.
 */

/** Steps of the angle from independence to a straight line. */
const STEPS = 96;
/** The normal distribution is cut into equal cells within so many standard deviations. */
const REACH = 5;
/** Gauss–Legendre on [−1, 1] with four nodes. */
const NODES = [
  [-0.8611363115940526, 0.3478548451374538],
  [-0.3399810435848563, 0.6521451548625461],
  [0.3399810435848563, 0.6521451548625461],
  [0.8611363115940526, 0.3478548451374538],
] as const;

/**
 * φK of a table of counts, rounded to 5 decimals; 0 where a row or column is all there is.
 * @param counts row-major [rows][columns], with empty ones: they count, as in the reference
 */
export function phiK(counts: ArrayLike<number>, rows: number, columns: number): number {
  const { chi2, pedestal, total } = chiSquareOf(counts, rows, columns);
  const limit = total * (Math.min(rows, columns) - 1);
  if (total === 0 || limit <= 0 || chi2 <= pedestal) return 0;
  if (chi2 >= limit) return 1;
  const curve = curveOf(Math.min(rows, columns), Math.max(rows, columns));
  const wanted = ((chi2 - pedestal) / (limit - pedestal)) * curve.at(-1)!;
  return roundTo(Math.min(1, Math.sin(angleOf(curve, wanted))), 5);
}

/** Pearson's χ² (with Yates' correction of a 2 × 2 table), and the χ² of chance alone. */
function chiSquareOf(
  counts: ArrayLike<number>,
  rows: number,
  columns: number,
): { chi2: number; pedestal: number; total: number } {
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  let total = 0;
  for (let r = 0, cell = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, cell++) {
      const count = counts[cell]!;
      rowSums[r]! += count;
      columnSums[c]! += count;
      total += count;
    }
  }
  const usedRows = rowSums.filter((sum) => sum > 0).length;
  const usedColumns = columnSums.filter((sum) => sum > 0).length;
  const yates = (usedRows - 1) * (usedColumns - 1) === 1;
  let chi2 = 0;
  if (usedRows > 1 && usedColumns > 1) {
    for (let r = 0, cell = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++, cell++) {
        const expected = (rowSums[r]! * columnSums[c]!) / total;
        if (expected === 0) continue;
        const gap = Math.abs(counts[cell]! - expected);
        const used = yates ? gap - Math.min(0.5, gap) : gap;
        chi2 += (used * used) / expected;
      }
    }
  }
  const empty = rows * columns - usedRows * usedColumns;
  return { chi2, pedestal: Math.max(0, rows * columns - rows - columns + 1 - empty), total };
}

const curves = new Map<number, Float64Array>();

/** φ² of the normal distribution in so many cells, at each step of the angle whose sine is the correlation. */
function curveOf(rows: number, columns: number): Float64Array {
  const key = rows * 65_536 + columns;
  let curve = curves.get(key);
  if (!curve) {
    curve = computeCurve(rows, columns);
    curves.set(key, curve);
  }
  return curve;
}

/**
 * The distribution function grows by the density over the correlation (Plackett 1954); over the angle, the density of the
 * standard normal distribution of two variables is exp(−(x² + y² − 2xy·sin θ)/(2 cos² θ))/2π.
 */
function computeCurve(rows: number, columns: number): Float64Array {
  const [x, y] = [edges(rows), edges(columns)];
  const [px, py] = [x.map(normalBelow), y.map(normalBelow)];
  const below = new Float64Array(x.length * y.length);
  x.forEach((_, i) => {
    y.forEach((_, j) => {
      below[i * y.length + j] = px[i]! * py[j]!;
    });
  });
  const independent = massesOf(below, rows, columns);
  const curve = new Float64Array(STEPS + 1);
  const width = Math.PI / 2 / STEPS;
  for (let step = 1; step < STEPS; step++) {
    for (const [node, weight] of NODES) {
      const angle = (step - 0.5 + node / 2) * width;
      const [sine, cosine2] = [Math.sin(angle), 2 * Math.cos(angle) ** 2];
      const factor = (weight * width) / 4 / Math.PI;
      for (let i = 0; i < x.length; i++) {
        for (let j = 0; j < y.length; j++) {
          const exponent = (x[i]! * x[i]! + y[j]! * y[j]! - 2 * x[i]! * y[j]! * sine) / cosine2;
          if (exponent < 40) below[i * y.length + j]! += factor * Math.exp(-exponent);
        }
      }
    }
    curve[step] = phiSquare(massesOf(below, rows, columns), independent);
  }
  const line = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      line[i * columns + j] = Math.max(0, Math.min(px[i + 1]!, py[j + 1]!) - Math.max(px[i]!, py[j]!));
    }
  }
  curve[STEPS] = phiSquare(line, independent);
  return curve;
}

function edges(cells: number): Float64Array {
  return Float64Array.from({ length: cells + 1 }, (_, i) => REACH * ((2 * i) / cells - 1));
}

function massesOf(below: Float64Array, rows: number, columns: number): Float64Array {
  const masses = new Float64Array(rows * columns);
  const width = columns + 1;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = i * width + j;
      masses[i * columns + j] = below[at + width + 1]! - below[at + 1]! - below[at + width]! + below[at]!;
    }
  }
  return masses;
}

function phiSquare(masses: Float64Array, independent: Float64Array): number {
  let sum = 0;
  for (let cell = 0; cell < masses.length; cell++) {
    if (independent[cell]! > 0) sum += (masses[cell]! - independent[cell]!) ** 2 / independent[cell]!;
  }
  return sum;
}

/** The angle at which the curve, which rises, has a value: by a cubic through the four steps around it. */
function angleOf(curve: Float64Array, wanted: number): number {
  let [low, high] = [0, STEPS];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (curve[middle]! <= wanted) low = middle;
    else high = middle;
  }
  const first = Math.max(0, Math.min(STEPS - 3, low - 1));
  const cubic = (at: number) => {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      let weight = 1;
      for (let j = 0; j < 4; j++) if (j !== i) weight *= (at - first - j) / (i - j);
      value += weight * curve[first + i]!;
    }
    return value;
  };
  let [from, to] = [low, low + 1];
  for (let i = 0; i < 40; i++) {
    const middle = (from + to) / 2;
    if (cubic(middle) <= wanted) from = middle;
    else to = middle;
  }
  return (((from + to) / 2) * Math.PI) / 2 / STEPS;
}

/** Distribution function of the standard normal, to some 1e-15 (Marsaglia 2004, "Evaluating the normal distribution"). */
function normalBelow(x: number): number {
  let sum = x;
  let term = x;
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && i < 400; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.9189385332046728);
}
