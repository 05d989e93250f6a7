import type { Hyperparameters, TrainingState } from '../network/network-backend';
import { type OptimiserStep, SMALLEST_GRADIENT, SMALLEST_MOMENT } from '../network/numerics';
import type { Layout } from '../network/weight-layout';

/** AdamW and the moving average on block j (formulas: `optimiserStep`); the state is rounded to f32. Begins at float `first`. */
export function updateBlock(
  layout: Layout,
  state: TrainingState,
  gradient: Float64Array,
  j: number,
  { beta1, beta2 }: Hyperparameters,
  step: OptimiserStep,
  first = 0,
): void {
  const start = layout.blockStart(j);
  const decayed = layout.decayedSize(j);
  const { parameters, firstMoment, secondMoment, average } = state;
  for (let k = first; k < layout.blockSize(j); k++) {
    const at = start + k;
    const g = flush(gradient[k]!, SMALLEST_GRADIENT);
    const m = flush(beta1 * firstMoment[at]! + (1 - beta1) * g, SMALLEST_MOMENT);
    const v = flush(beta2 * secondMoment[at]! + (1 - beta2) * g * g, SMALLEST_MOMENT);
    const keep = k < decayed ? step.keep : 1;
    const p = keep * parameters[at]! - (step.rate * m) / (Math.sqrt(v) + step.epsilon);
    firstMoment[at] = m;
    secondMoment[at] = v;
    parameters[at] = p;
    average[at] = flush(step.ema * average[at]! + (1 - step.ema) * p, SMALLEST_MOMENT);
  }
}

function flush(value: number, smallest: number): number {
  return Math.abs(value) < smallest ? 0 : value;
}
