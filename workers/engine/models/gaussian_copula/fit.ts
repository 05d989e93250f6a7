import { normalQuantile } from '../../privacy/dp/normal';
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
  /** Code 0 stands for a missing value, and others for values. */
  readonly hasNull: boolean;
  /** By code: what the natural logarithm of its frequency is changed by in what is kept. */
  readonly noise: Float32Array | null;
  /** How often codes are drawn where a distribution says so; null = as often as rows have them. */
  readonly weights: Float64Array | null;
  /** Codes that are never drawn. */
  readonly forbidden: readonly number[];
}

export interface FittedCopula {
  /** Per sub-column, of its values. */
  readonly marginals: readonly Marginal[];
  /** Per sub-column: a value is missing where a latent of its own lies above this; null = it has no such latent. */
  readonly missing: readonly (number | null)[];
  /** Of the latents, [size × size]: those of the sub-columns, then those of missing values; positive definite. */
  readonly correlation: Float64Array;
}

/** Rounds of ordering categories, each by the scores of the round before. */
const ROUNDS = 2;

/**
 * Fits a Gaussian copula: every sub-column is a step function of a standard normal latent, with the shares of its codes; whether
 * its value is missing is one of another latent. Latents correlate so that the step functions have the covariances of the rows.
 * @param onPair told after each sub-column how many pairs are fitted; may end the fit by an error
 */
export async function fitCopula(
  columns: readonly FittedColumn[],
  onPair: (done: number, total: number) => Promise<void>,
): Promise<FittedCopula> {
  const latents = [...columns, ...columns.filter(({ hasNull }) => hasNull).map(missingOf)];
  const size = latents.length;
  const total = (size * (size - 1)) / 2;
  const orders: (readonly number[] | null)[] = latents.map(({ ordinal, counts }) =>
    ordinal ? [...counts.keys()] : null,
  );
  const scoredLatents = latents.map((latent, i) => (orders[i] ? scoreRows(latent, orders[i]) : null));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, latent] of latents.entries()) {
      if (latent.ordinal) continue;
      await onPair(0, total);
      const others = scoredLatents.flatMap((other, k) => (other && k !== i ? [other.rows] : []));
      orders[i] = categoryOrder(latent.codes, others, latent.counts);
      scoredLatents[i] = scoreRows(latent, orders[i]);
    }
  }
  const scored = scoredLatents.map((latent) => latent!);
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
  const kept = columns.map((column, c) => {
    const weights = keptWeights(column);
    const [missing] = weights;
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return {
      marginal: marginalOf(orders[c]!, column.hasNull ? weights.fill(0, 0, 1) : weights),
      missing: column.hasNull ? -normalQuantile(missing! / sum) : null,
    };
  });
  return {
    marginals: kept.map(({ marginal }) => marginal),
    missing: kept.map(({ missing }) => missing),
    correlation: nearestCorrelation(correlation, size),
  };
}

/** How often codes are drawn. */
function keptWeights({ counts, noise, forbidden, weights: shaped }: FittedColumn): Float64Array {
  const weights = Float64Array.from(
    shaped ?? counts,
    (weight, code) => weight * Math.exp(noise?.[code] ?? 0),
  );
  for (const code of forbidden) weights[code] = 0;
  return weights;
}

/** Whether values are missing, as a sub-column of its own. */
function missingOf({ codes, counts }: FittedColumn): FittedColumn {
  const present = counts.reduce((sum, count, code) => (code === 0 ? sum : sum + count), 0);
  return {
    codes: codes.map((code) => Number(code === 0)),
    counts: Uint32Array.of(present, counts[0]!),
    ...{ ordinal: true, hasNull: false, noise: null, weights: null, forbidden: [] },
  };
}

/**
 * The rows of a sub-column as means of their latent, which is zero on average, and the Hermite coefficients of these means.
 * Rows without a value have none.
 */
function scoreRows({ codes, counts, hasNull }: FittedColumn, order: readonly number[]) {
  const present = hasNull ? counts.slice().fill(0, 0, 1) : counts;
  const rows = present.reduce((sum, count) => sum + count, 0);
  const marginal = marginalOf(order, present);
  const scores = scoresOf(
    marginal,
    marginal.order.map((code) => counts[code]! / rows),
  );
  const byCode = new Float32Array(counts.length).fill(Number.NaN);
  for (const [index, code] of marginal.order.entries()) byCode[code] = scores[index]!;
  return { rows: Float32Array.from(codes, (code) => byCode[code]!), hermite: hermiteOf(marginal, scores) };
}

/** Of the rows that have both. */
function covarianceOf(a: Float32Array, b: Float32Array): number {
  let [sum, sumA, sumB, rows] = [0, 0, 0, 0];
  for (let row = 0; row < a.length; row++) {
    const product = a[row]! * b[row]!;
    if (Number.isNaN(product)) continue;
    sum += product;
    sumA += a[row]!;
    sumB += b[row]!;
    rows++;
  }
  return rows === 0 ? 0 : sum / rows - (sumA / rows) * (sumB / rows);
}
