import { SMALLEST_GRADIENT, SMALLEST_MOMENT } from '../network/numerics';
import { UPDATE_FLOATS } from '../webgpu/update-jobs';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/** AdamW and the moving average of every weight in one pass (formulas: `numerics.ts`, optimiserStep). */
export const ADAMW: Kernel = {
  name: 'adamw',
  bindings: [
    read('model', 'u32'),
    read('gradient', 'vec4f'),
    write('parameters', 'vec4f'),
    write('firstMoment', 'vec4f'),
    write('secondMoment', 'vec4f'),
    write('average', 'vec4f'),
  ],
  code: `
fn flush(value: vec4f, smallest: f32) -> vec4f {
  return select(value, vec4f(0.0), abs(value) < vec4f(smallest));
}

@compute @workgroup_size(${UPDATE_FLOATS / 4})
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  if (group >= c.jobCount) { return; }
  // A job takes two entries of the list.
  let index = jobWord(2u * group, 0u) + 4u * lane;
  if (index >= jobWord(2u * group, 1u)) { return; }
  let decays = index < jobWord(2u * group + 1u, 0u);
  let k = index / 4u;
  let g = flush(gradient[k], ${SMALLEST_GRADIENT});
  let m = flush(c.beta1 * firstMoment[k] + c.oneMinusBeta1 * g, ${SMALLEST_MOMENT});
  let v = flush(c.beta2 * secondMoment[k] + c.oneMinusBeta2 * g * g, ${SMALLEST_MOMENT});
  let p = select(1.0, c.keep, decays) * parameters[k] - c.rate * m / (sqrt(v) + c.epsilon);
  firstMoment[k] = m;
  secondMoment[k] = v;
  parameters[k] = p;
  average[k] = flush(c.ema * average[k] + (1.0 - c.ema) * p, ${SMALLEST_MOMENT});
}`,
};
