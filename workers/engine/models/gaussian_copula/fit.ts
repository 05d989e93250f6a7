import { categoryOrder } from './category-order';
import { latentCorrelation } from './latent-correlation';
import { hermiteOf, type Marginal, marginalOf, scoresOf } from './marginal';
import { nearestCorrelation } from './matrix';

/** A sub-column of the training rows. */
export interface FittedColumn {
  /** Of training rows, or of a sample of them. */
  readonly codes: Uint16Array;
  /** Of all training rows by code. */
  readonly counts: Uint32Array;
  /** Codes follow the order of the values. */
  readonly ordinal: boolean;
  /** By code: what the natural logarithm of its frequency is changed by in what is kept. */
  readonly noise: Float32Array | null;
  /** Codes that are never drawn. */
  readonly forbidden: readonly number[];
}

export interface FittedCopula {
  readonly marginals: readonly Marginal[];
  /** [sub-column × sub-column] of the latents; positive definite. */
  readonly correlation: Float64Array;
}

/** Rounds of ordering categories, each by the scores of the round before. */
const ROUNDS = 2;

/**
 * Fits a Gaussian copula: every sub-column is a step function of a standard normal latent, with the shares of its codes, and
 * latents correlate so that the step functions have the covariances of the rows.
 * @param onPair told after each sub-column how many pairs are fitted; may end the fit by an error
 */
export async function fitCopula(
  columns: readonly FittedColumn[],
  onPair: (done: number, total: number) => Promise<void>,
): Promise<FittedCopula> {
  const size = columns.length;
  const total = (size * (size - 1)) / 2;
  const orders: (readonly number[] | null)[] = columns.map(({ ordinal, counts }) =>
    ordinal ? [...counts.keys()] : null,
  );
  const placed = columns.map((column, c) => (orders[c] ? scoreRows(column, orders[c]) : null));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [c, column] of columns.entries()) {
      if (column.ordinal) continue;
      await onPair(0, total);
      const others = placed.flatMap((other, k) => (other && k !== c ? [other.rows] : []));
      orders[c] = categoryOrder(column.codes, others, column.counts);
      placed[c] = scoreRows(column, orders[c]);
    }
  }
  const scored = placed.map((column) => column!);
  const correlation = new Float64Array(size * size);
  let done = 0;
  for (let i = 0; i < size; i++) {
    correlation[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      const covariance = covarianceOf(scored[i]!.rows, scored[j]!.rows);
      const latent = latentCorrelation(covariance, scored[i]!.hermite, scored[j]!.hermite);
      correlation[i * size + j] = latent;
      correlation[j * size + i] = latent;
    }
    done += i;
    await onPair(done, total);
  }
  const marginals = columns.map(({ counts, noise, forbidden }, c) => {
    const hidden = new Set(forbidden);
    const weights = Float64Array.from(counts, (count, code) =>
      hidden.has(code) ? 0 : count * Math.exp(noise?.[code] ?? 0),
    );
    return marginalOf(orders[c]!, weights);
  });
  return { marginals, correlation: nearestCorrelation(correlation, size) };
}

/** The rows of a sub-column as means of their latent, whose own mean is zero, and the Hermite coefficients of these. */
function scoreRows({ codes, counts }: FittedColumn, order: readonly number[]) {
  const marginal = marginalOf(order, counts);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const shares = marginal.order.map((code) => counts[code]! / rows);
  const scores = scoresOf(marginal, shares);
  const byCode = new Float64Array(counts.length);
  for (const [place, code] of marginal.order.entries()) byCode[code] = scores[place]!;
  return { rows: Float32Array.from(codes, (code) => byCode[code]!), hermite: hermiteOf(marginal, scores) };
}

function covarianceOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += a[row]! * b[row]!;
  return sum / Math.max(1, a.length);
}
