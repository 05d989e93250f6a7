import { transform } from './fourier';
import { normalCdf } from './normal';
import { epsilonOfRenyi, ORDERS, type SampledSteps } from './renyi';

/**
 * Numerical composition of privacy losses (Gopi, Lee & Wutschitz 2021, https://arxiv.org/abs/2106.02848, algorithm 1):
 * the loss of one step is cut to an interval and rounded to a mesh so that its mean stays, the sum of all steps is a
 * power of its Fourier transform.
 */

/** The error of ε and δ that the mesh keeps. */
export interface LossPrecision {
  /** In ε. */
  readonly epsilonError: number;
  /** As a share of δ. */
  readonly deltaError: number;
}

const PRECISION: LossPrecision = { epsilonError: 0.005, deltaError: 1e-3 };
/** Enough for a bound. */
const FEW_ORDERS = ORDERS.filter((_, k) => k % 8 === 0);
/** Mesh points at most. */
const MAX_POINTS = 2 ** 21;

/**
 * The smallest ε for a δ, an upper bound of it that is at most twice the precision away. Both directions count: a
 * subject added and a subject removed.
 * @param pause called between transforms, each of which takes up to 0.1 s
 */
export async function epsilonOfLosses(
  phases: readonly SampledSteps[],
  delta: number,
  precision: Partial<LossPrecision> = {},
  pause: () => Promise<void> = async () => {},
): Promise<number> {
  const used = phases.filter(({ steps, rate }) => steps > 0 && rate > 0);
  if (used.length === 0) return 0;
  const exact = { ...PRECISION, ...precision };
  const removed = await epsilonOneWay(used, delta, exact, 'removed', pause);
  return Math.max(removed, await epsilonOneWay(used, delta, exact, 'added', pause));
}

type Direction = 'removed' | 'added';

/**
 * Probability that the loss of one step is at most t. Removed: x ~ (1 − q) N(0, σ²) + q N(1, σ²) and the loss is
 * log(1 − q + q e^((2x−1)/2σ²)), which rises with x. Added: x ~ N(0, σ²) and the loss is the negative of that.
 */
function lossCdf({ noise, rate }: SampledSteps, t: number, direction: Direction): number {
  const ratio = Math.expm1(direction === 'removed' ? t : -t) / rate + 1;
  if (ratio <= 0) return direction === 'removed' ? 0 : 1;
  const x = noise * noise * Math.log(ratio) + 0.5;
  if (direction === 'added') return normalCdf(-x / noise);
  return (1 - rate) * normalCdf(x / noise) + rate * normalCdf((x - 1) / noise);
}

async function epsilonOneWay(
  phases: readonly SampledSteps[],
  delta: number,
  { epsilonError, deltaError }: LossPrecision,
  direction: Direction,
  pause: () => Promise<void>,
): Promise<number> {
  const lost = delta * deltaError;
  const steps = phases.reduce((sum, phase) => sum + phase.steps, 0);
  // All sums but a share of `lost` stay within what the Rényi account says for it, and so does each step.
  const half = Math.max(
    epsilonOfRenyi(phases, lost / 4, FEW_ORDERS),
    ...phases.map((phase) => epsilonOfRenyi([{ ...phase, steps: 1 }], lost / (8 * steps), FEW_ORDERS)),
  );
  const length = half + 3;
  const wanted = epsilonError / Math.sqrt((steps / 2) * Math.log(12 / lost));
  const size = Math.min(MAX_POINTS, 2 ** Math.ceil(Math.log2((2 * length) / wanted)));
  const mesh = (2 * length) / size;
  const error = epsilonError * Math.max(1, mesh / wanted);
  const sums = await composeLosses(phases, size, mesh, direction, pause);
  return quantileOf(sums, mesh, delta - lost) + error;
}

/** Distribution of the summed losses: value (k − size/2) · mesh + offset. */
interface Losses {
  readonly mass: Float64Array;
  readonly offset: number;
}

async function composeLosses(
  phases: readonly SampledSteps[],
  size: number,
  mesh: number,
  direction: Direction,
  pause: () => Promise<void>,
): Promise<Losses> {
  const real = new Float64Array(size).fill(1);
  const imaginary = new Float64Array(size);
  let offset = 0;
  for (const phase of phases) {
    const { mass, shift } = discretise(phase, size, mesh, direction);
    await pause();
    offset += phase.steps * shift;
    const im = new Float64Array(size);
    transform(mass, im, -1);
    await pause();
    for (let k = 0; k < size; k++) {
      const radius = Math.hypot(mass[k]!, im[k]!) ** phase.steps;
      const angle = Math.atan2(im[k]!, mass[k]!) * phase.steps;
      const [c, s] = [radius * Math.cos(angle), radius * Math.sin(angle)];
      const [a, b] = [real[k]!, imaginary[k]!];
      real[k] = a * c - b * s;
      imaginary[k] = a * s + b * c;
    }
  }
  await pause();
  transform(real, imaginary, 1);
  await pause();
  // Index 0 is the loss 0, the upper half of the indices the negative ones.
  const mass = new Float64Array(size);
  for (let k = 0; k < size; k++) mass[(k + size / 2) % size] = Math.max(0, real[k]! / size);
  return { mass, offset };
}

/** One step's loss on the mesh, index 0 the loss 0; all its values are `shift` too low, so that the mean is right. */
function discretise(
  phase: SampledSteps,
  size: number,
  mesh: number,
  direction: Direction,
): { mass: Float64Array; shift: number } {
  const mass = new Float64Array(size);
  const low = -(size / 2);
  const below = lossCdf(phase, (low - 0.5) * mesh, direction);
  let before = below;
  let total = 0;
  let rounded = 0;
  // Mean of the true loss by parts: upper end − ∫ cdf, with the trapezoid rule on a mesh twice as fine (Simpson).
  let area = 0;
  for (let k = low; k < size / 2; k++) {
    const middle = lossCdf(phase, k * mesh, direction);
    const after = lossCdf(phase, (k + 0.5) * mesh, direction);
    area += (mesh * (before + 4 * middle + after)) / 6;
    const p = after - before;
    mass[(k + size) % size] = p;
    total += p;
    rounded += p * k * mesh;
    before = after;
  }
  for (let k = 0; k < size; k++) mass[k]! /= total;
  const top = (size / 2 - 0.5) * mesh;
  const bottom = (low - 0.5) * mesh;
  const mean = (top * before - bottom * below - area) / total;
  return { mass, shift: mean - rounded / total };
}

/** The ε at which E[(1 − e^(ε − loss))₊] falls to δ. */
function quantileOf({ mass, offset }: Losses, mesh: number, delta: number): number {
  const size = mass.length;
  const deltaAt = (epsilon: number) => {
    let sum = 0;
    const first = Math.max(0, Math.ceil((epsilon - offset) / mesh + size / 2));
    for (let k = first; k < size; k++) {
      const loss = (k - size / 2) * mesh + offset;
      sum -= mass[k]! * Math.expm1(epsilon - loss);
    }
    return sum;
  };
  let [low, high] = [0, (size / 2) * mesh + offset];
  if (deltaAt(low) <= delta) return 0;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (deltaAt(middle) <= delta) high = middle;
    else low = middle;
  }
  return high;
}
