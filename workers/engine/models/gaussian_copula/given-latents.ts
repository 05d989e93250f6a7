import type { RandomStream } from '../../../../src/domain/random';
import { cholesky, inverseOf } from './matrix';
import { truncatedNormal } from './truncated-normal';

/** Passes over the given latents; their draws agree with the exact distribution to within noise after a few. */
const PASSES = 12;

/** How latents are drawn of which some lie in known stretches. */
export interface Conditional {
  /** Indices of the given latents. */
  readonly given: readonly number[];
  readonly rest: readonly number[];
  /** Inverse of the correlation of the given ones. */
  readonly precision: Float64Array;
  /** [rest × given] regression of the rest on the given ones. */
  readonly weights: Float64Array;
  /** Lower triangle of the rest's covariance given them. */
  readonly lower: Float64Array;
}

/** @param correlation [size × size], positive definite */
export function conditionalOn(
  correlation: Float64Array,
  size: number,
  given: readonly number[],
): Conditional {
  const isGiven = new Set(given);
  const rest = [...Array(size).keys()].filter((part) => !isGiven.has(part));
  const entry = (i: number, j: number) => correlation[i * size + j]!;
  const [g, r] = [given.length, rest.length];
  const own = Float64Array.from({ length: g * g }, (_, i) => entry(given[Math.floor(i / g)]!, given[i % g]!));
  const precision = inverseOf(cholesky(own, g)!, g);
  const weights = new Float64Array(r * g);
  for (let i = 0; i < r; i++)
    for (let k = 0; k < g; k++)
      for (let l = 0; l < g; l++) weights[i * g + k]! += entry(rest[i]!, given[l]!) * precision[l * g + k]!;
  const covariance = new Float64Array(r * r);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) {
      let value = entry(rest[i]!, rest[j]!);
      for (let k = 0; k < g; k++) value -= weights[i * g + k]! * entry(rest[j]!, given[k]!);
      // Rounding may leave a variance of nothing where the given ones decide.
      covariance[i * r + j] = i === j ? Math.max(value, 1e-9) : value;
    }
  }
  return { given, rest, precision, weights, lower: cholesky(covariance, r) ?? diagonalOf(covariance, r) };
}

/**
 * All latents of a row of which some lie in stretches: the given ones by Gibbs sampling (Geman & Geman 1984) of the normal
 * distribution cut to the stretches, the others from theirs given these.
 * @param stretches [given] bounds
 * @param latents [size] receives them
 */
export function drawGiven(
  { given, rest, precision, weights, lower }: Conditional,
  stretches: readonly (readonly [number, number])[],
  stream: RandomStream,
  latents: Float64Array,
): void {
  const [g, r] = [given.length, rest.length];
  const known = Float64Array.from(stretches, ([from, to]) => truncatedNormal(from, to, stream));
  for (let pass = 0; pass < (g > 1 ? PASSES : 0); pass++) {
    for (let k = 0; k < g; k++) {
      let pull = 0;
      for (let l = 0; l < g; l++) if (l !== k) pull += precision[k * g + l]! * known[l]!;
      const mean = -pull / precision[k * g + k]!;
      const deviation = 1 / Math.sqrt(precision[k * g + k]!);
      const [from, to] = stretches[k]!;
      const drawn = truncatedNormal((from - mean) / deviation, (to - mean) / deviation, stream);
      known[k] = mean + deviation * drawn;
    }
  }
  for (let k = 0; k < g; k++) latents[given[k]!] = known[k]!;
  const noise = Float64Array.from({ length: r }, () => stream.normal());
  for (let i = 0; i < r; i++) {
    let value = 0;
    for (let k = 0; k < g; k++) value += weights[i * g + k]! * known[k]!;
    for (let j = 0; j <= i; j++) value += lower[i * r + j]! * noise[j]!;
    latents[rest[i]!] = value;
  }
}

function diagonalOf(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((value, i) => (i % (size + 1) === 0 ? Math.sqrt(value) : 0));
}
