/** What all backends must share to agree: cut-offs against denormals, dropout, the optimiser's constants. */
import { hash, pcg } from '../../../../../src/domain/random';
import type { Hyperparameters, StepPlan } from './network-backend';

/** e^x of a softmax is 0 below this: beside the largest term, 1, it is lost in f32 (docs/kernels.md, Denormals). */
export const EXPONENT_CUTOFF = -64;
/** Gradients smaller than this count as 0, so that their squares are no denormals. */
export const SMALLEST_GRADIENT = 1e-15;
/** Moments and averages smaller than this become 0. */
export const SMALLEST_MOMENT = 1e-30;

/** e^x for x ≤ 0 with the cut-off. */
export function expNegative(x: number): number {
  return x < EXPONENT_CUTOFF ? 0 : Math.exp(x);
}

/** Dropout in steps of 1/256. */
export interface Dropout {
  /** A unit is dropped when its byte is below this; 0 turns dropout off. */
  readonly threshold: number;
  /** Factor of the units kept. */
  readonly scale: number;
}

/** @param share of hidden units to drop, in [0, 1) */
export function dropoutOf(share: number): Dropout {
  const threshold = Math.min(255, Math.max(0, Math.round(share * 256)));
  return { threshold, scale: 256 / (256 - threshold) };
}

/** The hash that all masks of one target in one step derive from. */
export function dropoutBase(plan: StepPlan, step: number, j: number): number {
  return hash(plan.seed, plan.firstStep + step, j);
}

/** Byte that decides whether a hidden unit of a batch row is dropped. One hash serves four neighbouring units. */
export function dropoutByte(base: number, row: number, unit: number): number {
  return (pcg((pcg((base + row) >>> 0) + (unit >>> 2)) >>> 0) >>> ((unit & 3) * 8)) & 0xff;
}

/** Constants of one AdamW step, bias corrections folded in. */
export interface OptimiserStep {
  /** Factor of decayed parameters: 1 − learning rate · weight decay. */
  readonly keep: number;
  /** Factor of m / (√v + epsilon). */
  readonly rate: number;
  readonly epsilon: number;
  readonly ema: number;
}

/**
 * With t = number of the step from 1: p ← keep·p − rate·m/(√v + epsilon), which equals Loshchilov & Hutter (2019),
 * algorithm 2, with m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ) multiplied out.
 */
export function optimiserStep(hyper: Hyperparameters, plan: StepPlan, step: number): OptimiserStep {
  const t = plan.firstStep + step + 1;
  const learningRate = plan.learningRate[step]!;
  const correction = Math.sqrt(1 - hyper.beta2 ** t);
  return {
    keep: 1 - learningRate * hyper.weightDecay,
    rate: (learningRate * correction) / (1 - hyper.beta1 ** t),
    epsilon: hyper.epsilon * correction,
    ema: plan.emaDecay[step]!,
  };
}
