/** Softmax and cross-entropy, in place on logits. */
import { expNegative, logarithm, maxLanes, sumLanes } from './arithmetic';

/** Largest logit of a row. */
@inline
export function rowMaximum(row: usize, bytes: usize): f32 {
  let top = v128.load(row);
  for (let k: usize = 16; k < bytes; k += 16) top = f32x4.pmax(top, v128.load(row + k));
  return maxLanes(top);
}

/** row = e^(row − top); the sum is returned. */
@inline
export function exponentiate(row: usize, bytes: usize, top: f32): f32 {
  const shift = f32x4.splat(top);
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const e = expNegative(f32x4.sub(v128.load(row + k), shift));
    v128.store(row + k, e);
    sum = f32x4.add(sum, e);
  }
  return sumLanes(sum);
}

/** −log softmax(row)[label]. */
export function rowLoss(row: usize, width: i32, label: u32): f64 {
  const bytes = <usize>width << 2;
  const top = rowMaximum(row, bytes);
  const own = load<f32>(row + (<usize>label << 2));
  const shift = f32x4.splat(top);
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    sum = f32x4.add(sum, expNegative(f32x4.sub(v128.load(row + k), shift)));
  }
  return logarithm(<f64>sumLanes(sum)) + <f64>(top - own);
}

/** The loss of a row; the row becomes weight · (softmax − onehot(label)). */
export function rowLossGradient(row: usize, width: i32, label: u32, weight: f32): f64 {
  const bytes = <usize>width << 2;
  const top = rowMaximum(row, bytes);
  const own = load<f32>(row + (<usize>label << 2));
  const sum = exponentiate(row, bytes, top);
  const scale = f32x4.splat(weight / sum);
  for (let k: usize = 0; k < bytes; k += 16) v128.store(row + k, f32x4.mul(scale, v128.load(row + k)));
  const at = row + (<usize>label << 2);
  store<f32>(at, load<f32>(at) - weight);
  return logarithm(<f64>sum) + <f64>(top - own);
}
