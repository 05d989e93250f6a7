/** From logits to a code. */
import { logitScale } from '../network/generation-request';
import { exponentiate } from './reference-network';

/**
 * Logits become unnormalised probabilities: bias, temperature, nucleus.
 * @param bias added first; −Infinity forbids a code
 */
export function shapeLogits(
  logits: Float64Array,
  bias: Float32Array | null | undefined,
  temperature: number,
  topP: number,
): void {
  const scale = logitScale(temperature);
  for (let code = 0; code < logits.length; code++) {
    logits[code] = (logits[code]! + (bias?.[code] ?? 0)) * (scale || 1);
  }
  if (scale === 0) {
    const best = logits.indexOf(logits.reduce((a, b) => Math.max(a, b)));
    logits.fill(0);
    logits[best] = 1;
    return;
  }
  const { sum } = exponentiate(logits);
  if (topP < 1) keepNucleus(logits, topP * sum);
}

/** The most likely codes, ties in code order, keep their mass until it reaches `wanted`. */
function keepNucleus(mass: Float64Array, wanted: number): void {
  const ranked = Array.from(mass.keys()).sort((a, b) => mass[b]! - mass[a]! || a - b);
  let reached = 0;
  for (const code of ranked) {
    if (reached >= wanted) mass[code] = 0;
    reached += mass[code]!;
  }
}

/** Σ p·code / Σ p. */
export function expectedCode(mass: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let code = 0; code < mass.length; code++) {
    sum += mass[code]! * code;
    total += mass[code]!;
  }
  return sum / total;
}

/** Inverse distribution function in code order: the first code whose cumulated mass exceeds u · total. */
export function drawCode(mass: Float64Array, u: number): number {
  const target = u * mass.reduce((a, b) => a + b, 0);
  let cumulated = 0;
  let last = 0;
  for (let code = 0; code < mass.length; code++) {
    if (mass[code] === 0) continue;
    cumulated += mass[code]!;
    last = code;
    if (cumulated > target) return code;
  }
  return last;
}
