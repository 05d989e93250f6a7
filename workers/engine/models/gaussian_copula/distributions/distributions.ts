import { normalCdf } from '../../../privacy/dp/normal';
import type { Distribution } from '../family';
import { minimise } from './minimise';
import { betaBelow, gammaBelow, logGamma } from './special';

/** A distribution of numbers, fitted. */
export interface Fitted {
  readonly name: Exclude<Distribution, 'empirical'>;
  readonly parameters: Readonly<Record<string, number>>;
  /** Share below x. */
  below(x: number): number;
  /** Sum of −ln density of the values it was fitted to; null where it has no parameters to choose. */
  readonly loss: number | null;
}

const LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
/** How far beyond the values a bounded distribution ends at least, by their range: at a value itself its density has no bound. */
const MARGIN = 1e-3;
/** Largest shape of a gamma or beta distribution: beyond it both are normal. */
const MAX_SHAPE = 1e4;

/**
 * Fits a distribution by maximum likelihood; one of a single value, or a fit that comes to nothing, is normal.
 * @param values finite, at least one
 */
export function fitDistribution(name: Exclude<Distribution, 'empirical'>, values: Float64Array): Fitted {
  const moments = momentsOf(values);
  if (moments.min === moments.max) return normal(values, { ...moments, mean: moments.min, deviation: 0 });
  const fitted = FITS[name](values, moments);
  const isSound =
    Object.values(fitted.parameters).every(Number.isFinite) && Number.isFinite(fitted.below(moments.mean));
  return isSound ? fitted : normal(values, moments);
}

interface Moments {
  readonly mean: number;
  /** Of the population. */
  readonly deviation: number;
  readonly skewness: number;
  readonly min: number;
  readonly max: number;
}

function momentsOf(values: Float64Array): Moments {
  let [mean, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    mean += value / values.length;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  let [second, third] = [0, 0];
  for (const value of values) {
    second += (value - mean) ** 2 / values.length;
    third += (value - mean) ** 3 / values.length;
  }
  return { mean, deviation: Math.sqrt(second), skewness: second > 0 ? third / second ** 1.5 : 0, min, max };
}

const FITS: Readonly<
  Record<Exclude<Distribution, 'empirical'>, (values: Float64Array, moments: Moments) => Fitted>
> = { norm: normal, uniform, beta, truncnorm: truncatedNormal, gamma, gaussian_kde: kernels };

function normal(values: Float64Array, { mean, deviation }: Moments): Fitted {
  return {
    name: 'norm',
    parameters: { loc: mean, scale: deviation },
    below: (x) => (deviation > 0 ? normalCdf((x - mean) / deviation) : Number(x >= mean)),
    loss: deviation > 0 ? values.length * (LOG_ROOT_TWO_PI + Math.log(deviation) + 0.5) : null,
  };
}

function uniform(values: Float64Array, { min, max }: Moments): Fitted {
  return {
    name: 'uniform',
    parameters: { loc: min, scale: max - min },
    below: (x) => Math.min(1, Math.max(0, (x - min) / (max - min))),
    loss: values.length * Math.log(max - min),
  };
}

/** Four parameters: the ends are moved outwards from the values by shares of their range, on a logarithmic scale. */
function beta(values: Float64Array, { mean, deviation, min, max }: Moments): Fitted {
  const range = max - min;
  const read = ([a, b, low, high]: readonly number[]) => {
    const loc = min - range * (MARGIN + Math.exp(low!));
    return { a: Math.exp(a!), b: Math.exp(b!), loc, scale: max + range * (MARGIN + Math.exp(high!)) - loc };
  };
  const lossAt = (point: readonly number[]) => {
    const { a, b, loc, scale } = read(point);
    if (Math.max(a, b) > MAX_SHAPE) return Number.POSITIVE_INFINITY;
    let logs = 0;
    for (const value of values) {
      const x = (value - loc) / scale;
      logs += (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x);
    }
    return values.length * (logGamma(a) + logGamma(b) - logGamma(a + b) + Math.log(scale)) - logs;
  };
  const start = (margin: number) => {
    const scale = range * (1 + 2 * margin);
    const share = (mean - min + margin * range) / scale;
    const sum = Math.max(0.1, (share * (1 - share) * scale ** 2) / deviation ** 2 - 1);
    return [Math.log(share * sum), Math.log((1 - share) * sum), Math.log(margin), Math.log(margin)];
  };
  const point = bestOf(lossAt, [start(0.01), start(0.3)], [0.5, 0.5, 1, 1]);
  const { a, b, loc, scale } = read(point);
  return {
    name: 'beta',
    parameters: { a, b, loc, scale },
    below: (x) => betaBelow(a, b, (x - loc) / scale),
    loss: lossAt(point),
  };
}

/** Between the smallest and the largest value. */
function truncatedNormal(values: Float64Array, { mean, deviation, min, max }: Moments): Fitted {
  const massOf = (loc: number, scale: number) => between((min - loc) / scale, (max - loc) / scale);
  const lossAt = ([loc, log]: readonly number[]) => {
    const scale = Math.exp(log!);
    if (scale > 100 * (max - min) || Math.abs(loc! - mean) > 100 * (max - min))
      return Number.POSITIVE_INFINITY;
    let squares = 0;
    for (const value of values) squares += (value - loc!) ** 2;
    return (
      values.length * (LOG_ROOT_TWO_PI + log! + Math.log(massOf(loc!, scale))) + squares / (2 * scale ** 2)
    );
  };
  const point = bestOf(lossAt, [[mean, Math.log(deviation)]], [deviation, 0.5]);
  const [loc, scale] = [point[0]!, Math.exp(point[1]!)];
  return {
    name: 'truncnorm',
    parameters: { a: (min - loc) / scale, b: (max - loc) / scale, loc, scale },
    below: (x) =>
      x <= min ? 0 : x >= max ? 1 : between((min - loc) / scale, (x - loc) / scale) / massOf(loc, scale),
    loss: lossAt(point),
  };
}

/** Three parameters: shape, scale, and a lower end below the values. */
function gamma(values: Float64Array, { mean, deviation, skewness, min, max }: Moments): Fitted {
  const range = max - min;
  const read = ([a, low, scale]: readonly number[]) => ({
    a: Math.exp(a!),
    loc: min - range * (MARGIN + Math.exp(low!)),
    scale: Math.exp(scale!),
  });
  const lossAt = (point: readonly number[]) => {
    const { a, loc, scale } = read(point);
    if (a > MAX_SHAPE) return Number.POSITIVE_INFINITY;
    let [logs, sum] = [0, 0];
    for (const value of values) {
      const x = (value - loc) / scale;
      logs += Math.log(x);
      sum += x;
    }
    return values.length * (logGamma(a) + Math.log(scale)) - (a - 1) * logs + sum;
  };
  const start = (margin: number) => {
    const above = mean - min + margin * range;
    return [2 * Math.log(above / deviation), Math.log(margin), Math.log(deviation ** 2 / above)];
  };
  const bySkewness =
    skewness > 0.01 ? Math.max(0.01, ((2 * deviation) / skewness - (mean - min)) / range) : 1;
  const point = bestOf(lossAt, [start(0.01), start(bySkewness)], [0.5, 1, 0.5]);
  const { a, loc, scale } = read(point);
  return {
    name: 'gamma',
    parameters: { a, loc, scale },
    below: (x) => gammaBelow(a, (x - loc) / scale),
    loss: lossAt(point),
  };
}

/** Scott's bandwidth (Scott 1992, "Multivariate Density Estimation"). */
function kernels(values: Float64Array, { deviation }: Moments): Fitted {
  const n = values.length;
  const h = n ** -0.2 * deviation * Math.sqrt(n / Math.max(1, n - 1));
  return {
    name: 'gaussian_kde',
    parameters: { h },
    below: (x) => {
      let sum = 0;
      for (const value of values) sum += normalCdf((x - value) / h);
      return sum / n;
    },
    loss: null,
  };
}

/** Share of the standard normal distribution between two bounds, exact in the tails. */
function between(from: number, to: number): number {
  return from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from);
}

function bestOf(
  lossAt: (point: readonly number[]) => number,
  starts: readonly (readonly number[])[],
  sides: readonly number[],
): readonly number[] {
  const found = starts.map((start) => minimise(lossAt, start, sides));
  return found.reduce((best, point) => (lossAt(point) < lossAt(best) ? point : best));
}
