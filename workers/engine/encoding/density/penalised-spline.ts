/**
 * Log-densities as penalised splines (Eilers & Marx 1996, "Flexible smoothing with B-splines and penalties",
 * doi:10.1214/ss/1038425655): cubic B-splines at equal distances, third differences of their weights penalised. Without
 * limit on the penalty a log-density becomes a parabola: uniform, exponential and normal need no weight of their own.
 */

/** Counts of cells along an axis. */
export interface CellCounts {
  readonly counts: Float64Array;
  /** Middle of each cell, 0…1, ascending. */
  readonly positions: Float64Array;
  /** What a flat density puts into each cell, in any unit, above 0. */
  readonly sizes: Float64Array;
}

export interface SplineFit {
  /** Expected counts by cell; they add up to the counts. */
  readonly expected: Float64Array;
  /** Effective number of parameters. */
  readonly parameters: number;
}

/** Distance of two penalties, as a factor, their number, and the least one for each row of a segment. */
const PENALTY_STEP = 10;
const PENALTIES = 10;
const LEAST_PENALTY = 0.1;
const MAX_ROUNDS = 15;
const MAX_LOG = 600;
/** Weights of a spline that overlap: the diagonal and 3 beside it. */
const BAND = 4;

/**
 * The fit of the penalty with the least Bayesian information criterion (Schwarz 1978). Where counts vary more than by
 * chance, as those of heaped values do, a parameter costs as much more.
 * @param segments of the axis; there are 3 splines more
 */
export function fitSpline(cells: CellCounts, segments: number): SplineFit {
  const { counts } = cells;
  let rows = 0;
  for (const count of counts) rows += count;
  const spline = new Spline(cells, segments);
  const least = LEAST_PENALTY * (rows / segments);
  const loosest = spline.fit(least);
  const free = counts.length - loosest.parameters;
  const dispersion = free < 5 ? 1 : Math.max(1, pearson(counts, loosest.expected) / free);
  const cost = Math.log(rows) * dispersion;
  const criterionOf = (fit: SplineFit) => -2 * likelihood(counts, fit.expected) + cost * fit.parameters;
  let best: SplineFit | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  let worse = 0;
  // From the stiffest on: most columns need no more than that.
  for (let k = PENALTIES - 1; k >= 0 && worse < 2; k--) {
    const fit = k === 0 ? loosest : spline.fit(least * PENALTY_STEP ** k);
    const criterion = criterionOf(fit);
    if (criterion < lowest) {
      lowest = criterion;
      best = fit;
      worse = 0;
    } else worse++;
  }
  return best ?? { expected: evenly(cells, rows), parameters: 1 };
}

function evenly({ sizes }: CellCounts, rows: number): Float64Array {
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sizes.map((size) => (size * rows) / sum);
}

/** Poisson log-likelihood, up to what all fits share. */
function likelihood(counts: Float64Array, expected: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i]! > 0) sum += counts[i]! * Math.log(Math.max(expected[i]!, Number.MIN_VALUE));
  }
  return sum;
}

/** Pearson's χ² of counts. */
export function pearson(counts: Float64Array, expected: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    sum += (counts[i]! - expected[i]!) ** 2 / Math.max(expected[i]!, 0.1);
  }
  return sum;
}

/** Iteratively reweighted least squares with warm starts. Matrices are symmetric bands, [row · BAND + distance]. */
class Spline {
  readonly #cells: CellCounts;
  readonly #size: number;
  /** First spline of each cell, and the values of four. */
  readonly #first: Uint32Array;
  readonly #basis: Float64Array;
  readonly #logSizes: Float64Array;
  readonly #penalty: Float64Array;
  /** Logarithms of expected counts by cell. */
  readonly #logs: Float64Array;

  constructor(cells: CellCounts, segments: number) {
    const { counts, positions, sizes } = cells;
    this.#cells = cells;
    this.#size = segments + BAND - 1;
    this.#first = Uint32Array.from(positions, (t) => Math.min(segments - 1, Math.floor(t * segments)));
    this.#basis = new Float64Array(BAND * counts.length);
    positions.forEach((t, i) => {
      const r = t * segments - this.#first[i]!;
      this.#basis.set(
        [
          (1 - r) ** 3 / 6,
          (3 * r ** 3 - 6 * r * r + 4) / 6,
          (-3 * r ** 3 + 3 * r * r + 3 * r + 1) / 6,
          r ** 3 / 6,
        ],
        BAND * i,
      );
    });
    this.#logSizes = sizes.map(Math.log);
    this.#logs = counts.map((count) => Math.log(count + 0.5));
    this.#penalty = thirdDifferences(this.#size);
  }

  fit(penalty: number): SplineFit {
    const { counts } = this.#cells;
    const expected = new Float64Array(counts.length);
    let information: Float64Array = new Float64Array(0);
    let factor: Float64Array = information;
    let before = Number.POSITIVE_INFINITY;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      for (let i = 0; i < counts.length; i++) expected[i] = Math.exp(this.#logs[i]!);
      information = new Float64Array(BAND * this.#size);
      const right = new Float64Array(this.#size);
      for (let i = 0; i < counts.length; i++) {
        const weight = expected[i]!;
        const target = weight * (this.#logs[i]! - this.#logSizes[i]!) + counts[i]! - weight;
        for (let a = 0; a < BAND; a++) {
          const value = this.#basis[BAND * i + a]!;
          const at = this.#first[i]! + a;
          right[at]! += value * target;
          for (let b = 0; b + a < BAND; b++) {
            information[BAND * at + b]! += value * weight * this.#basis[BAND * i + a + b]!;
          }
        }
      }
      factor = decompose(information.map((value, i) => value + penalty * this.#penalty[i]!));
      const weights = solve(factor, right);
      let change = 0;
      for (let i = 0; i < counts.length; i++) {
        let sum = this.#logSizes[i]!;
        for (let a = 0; a < BAND; a++) sum += this.#basis[BAND * i + a]! * weights[this.#first[i]! + a]!;
        sum = Math.max(-MAX_LOG, Math.min(sum, Math.log(counts.length) + MAX_LOG));
        change += expected[i]! * Math.abs(sum - this.#logs[i]!);
        this.#logs[i] = sum;
      }
      if (change < 1e-4 * before && round > 0 && change < 1e-3 * counts.length) break;
      before = Math.min(before, change);
    }
    let sum = 0;
    let rows = 0;
    for (let i = 0; i < counts.length; i++) {
      expected[i] = Math.exp(this.#logs[i]!);
      sum += expected[i]!;
      rows += counts[i]!;
    }
    for (let i = 0; i < counts.length; i++) expected[i]! *= rows / sum;
    return { expected, parameters: trace(factor, information) };
  }
}

/** D′D of third differences, and a hint of a ridge that keeps it invertible where no row is. */
function thirdDifferences(size: number): Float64Array {
  const band = new Float64Array(BAND * size);
  const difference = [-1, 3, -3, 1];
  for (let i = 0; i + 3 < size; i++) {
    for (let a = 0; a < BAND; a++) {
      for (let b = 0; a + b < BAND; b++) band[BAND * (i + a) + b]! += difference[a]! * difference[a + b]!;
    }
  }
  for (let i = 0; i < size; i++) band[BAND * i]! += 1e-12;
  return band;
}

/** Cholesky factor of a band: L with its diagonal, [row · BAND + distance] as L[row + distance, row]. */
function decompose(band: Float64Array): Float64Array {
  const factor = Float64Array.from(band);
  const size = band.length / BAND;
  for (let i = 0; i < size; i++) {
    const root = Math.sqrt(Math.max(factor[BAND * i]!, 1e-300));
    for (let b = 0; b < BAND; b++) factor[BAND * i + b]! /= root;
    for (let a = 1; a < BAND && i + a < size; a++) {
      for (let b = a; b < BAND && i + b < size; b++) {
        factor[BAND * (i + a) + b - a]! -= factor[BAND * i + a]! * factor[BAND * i + b]!;
      }
    }
  }
  return factor;
}

function solve(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const found = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    found[i]! /= factor[BAND * i]!;
    for (let b = 1; b < BAND && i + b < size; b++) found[i + b]! -= factor[BAND * i + b]! * found[i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let b = 1; b < BAND && i + b < size; b++) found[i]! -= factor[BAND * i + b]! * found[i + b]!;
    found[i]! /= factor[BAND * i]!;
  }
  return found;
}

/** Trace of A⁻¹·G for bands: A as its factor. */
function trace(factor: Float64Array, band: Float64Array): number {
  const size = band.length / BAND;
  let sum = 0;
  for (let column = 0; column < size; column++) {
    const right = new Float64Array(size);
    for (let row = Math.max(0, column - BAND + 1); row < Math.min(size, column + BAND); row++) {
      right[row] = band[BAND * Math.min(row, column) + Math.abs(row - column)]!;
    }
    sum += solve(factor, right)[column]!;
  }
  return sum;
}
