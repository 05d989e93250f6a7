/** Loss and gradients of one target over rows; the optimiser. */
import { addActive, blockedColumns } from './active';
import * as context from './context';
import { forwardTile } from './forward';
import { gemm } from './gemm';
import { rowLoss, rowLossGradient } from './loss';
import { classOfCode, memberGradients, memberLoss } from './members';

/** The first level's label of a code: its class, or the code itself without classes. */
@inline
export function headLabel(code: u32): u32 {
  return context.classOf == 0 ? code : classOfCode(code);
}

/** Σ −log p over rows 0 … count − 1 whose weight is not 0. */
export function evaluateRows(count: i32): f64 {
  let loss: f64 = 0;
  for (let first = 0; first < count; first += context.TILE) {
    const size = min(context.TILE, count - first);
    forwardTile(first, size, context.logitTile);
    for (let r = 0; r < size; r++) {
      if (load<f32>(context.weights + (<usize>(first + r) << 2)) == 0) continue;
      const code = context.labelOf(first + r);
      const row = context.logitTile + (<usize>(r * context.head) << 2);
      loss += rowLoss(row, context.head, headLabel(code));
      if (context.classOf != 0) loss += memberLoss(r, code);
    }
  }
  return loss;
}

/** Cross-entropy of the tile's first level: logits become their gradient, which is added to that of c. */
function outputGradient(first: i32, count: i32, gradOutputBias: usize): f64 {
  const bytes = <usize>context.head << 2;
  let loss: f64 = 0;
  for (let r = 0; r < count; r++) {
    const row = context.logitTile + <usize>r * bytes;
    const weight = load<f32>(context.weights + (<usize>(first + r) << 2));
    if (weight == 0) {
      memory.fill(row, 0, bytes);
      continue;
    }
    loss += rowLossGradient(row, context.head, headLabel(context.labelOf(first + r)), weight);
    for (let k: usize = 0; k < bytes; k += 16) {
      v128.store(gradOutputBias + k, f32x4.add(v128.load(gradOutputBias + k), v128.load(row + k)));
    }
  }
  return loss;
}

/** Back through dropout and relu: only units above 0 pass the gradient, rescaled. Adds to b's gradient. */
function hiddenGradient(count: i32, gradBias: usize): void {
  const bytes = <usize>context.hidden << 2;
  const scale = f32x4.splat(context.dropScale);
  const zero = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    let sum = v128.load(gradBias + k);
    for (let r = 0; r < count; r++) {
      const at = <usize>r * bytes + k;
      const open = f32x4.gt(v128.load(context.hiddenTile + at), zero);
      const delta = v128.and(open, f32x4.mul(scale, v128.load(context.deltaTile + at)));
      v128.store(context.deltaTile + at, delta);
      sum = f32x4.add(sum, delta);
    }
    v128.store(gradBias + k, sum);
  }
}

/** Adds the deltas of the tile's rows to b's gradient. */
export function sumDeltas(count: i32, gradBias: usize): void {
  const bytes = <usize>context.hidden << 2;
  for (let k: usize = 0; k < bytes; k += 16) {
    let sum = v128.load(gradBias + k);
    for (let r = 0; r < count; r++) sum = f32x4.add(sum, v128.load(context.deltaTile + <usize>r * bytes + k));
    v128.store(gradBias + k, sum);
  }
}

/** Adds each row's delta to the table gradients of its visible inputs, which lie `distance` bytes behind the tables. */
export function scatter(count: i32, distance: usize): void {
  const bytes = <usize>context.hidden << 2;
  for (let r = 0; r < count; r++) {
    const list = context.lists + (<usize>(r * context.inputCount) << 2);
    const end = list + (<usize>load<u32>(context.counts + (<usize>r << 2)) << 2);
    const delta = context.deltaTile + <usize>r * bytes;
    for (let p = list; p < end; p += 4) {
      const target = <usize>load<u32>(p) + distance;
      for (let k: usize = 0; k < bytes; k += 16) {
        v128.store(target + k, f32x4.add(v128.load(target + k), v128.load(delta + k)));
      }
    }
  }
}

/**
 * Loss (sum over weighted rows) and gradients of the current target over rows 0 … count − 1.
 * @param outputTransposed the first level's columns of V, transposed [head][hidden]
 * @param distance bytes from a table to its gradient, which is added to; so are the other three gradients
 */
export function accumulateGradients(
  count: i32,
  outputTransposed: usize,
  distance: usize,
  gradOutput: usize,
  gradBias: usize,
  gradOutputBias: usize,
): f64 {
  const hidden = context.hidden;
  const head = context.head;
  const hiddenBytes = <usize>hidden << 2;
  const headBytes = <usize>head << 2;
  const widthBytes = <usize>context.width << 2;
  const blocked = blockedColumns(head);
  const blockedBytes = <usize>blocked << 2;
  const logits = context.logitTile;
  let loss: f64 = 0;
  for (let first = 0; first < count; first += context.TILE) {
    const size = min(context.TILE, count - first);
    const blockRows = (size + 3) & ~3;
    forwardTile(first, size, logits);
    loss += outputGradient(first, size, gradOutputBias);
    // dV += hᵀ · dlogits, dh = dlogits · Vᵀ
    addActive(size, blocked, logits, headBytes, gradOutput);
    gemm(
      context.hiddenTile, 4, hiddenBytes, logits + blockedBytes, headBytes, gradOutput + blockedBytes, widthBytes,
      gradOutput + blockedBytes, widthBytes, hidden, head - blocked, size,
    );
    gemm(
      logits, headBytes, 4, outputTransposed, hiddenBytes,
      context.zeros, 0, context.deltaTile, hiddenBytes, blockRows, hidden, head,
    );
    if (context.classOf != 0) loss += memberGradients(first, size, gradOutput, gradOutputBias);
    hiddenGradient(size, gradBias);
    scatter(size, distance);
  }
  return loss;
}

/**
 * AdamW (Loshchilov & Hutter 2019) and the moving average, fused; the gradient is left 0.
 * p ← keep·p − rate·m/(√v + epsilon), average ← ema·average + (1 − ema)·p. Gradients below 1e-15 and moments and
 * averages below 1e-30 count as 0, or denormals would make the step 24 times slower (docs/kernels.md, Denormals).
 */
export function adamw(
  p: usize,
  m: usize,
  v: usize,
  average: usize,
  gradient: usize,
  floats: i32,
  keep: f32,
  rate: f32,
  epsilon: f32,
  beta1: f32,
  beta2: f32,
  ema: f32,
): void {
  const keeps = f32x4.splat(keep);
  const rates = f32x4.splat(rate);
  const epsilons = f32x4.splat(epsilon);
  const b1 = f32x4.splat(beta1);
  const c1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(beta2);
  const c2 = f32x4.splat(1 - beta2);
  const e = f32x4.splat(ema);
  const d = f32x4.splat(1 - ema);
  const smallGradient = f32x4.splat(1e-15);
  const small = f32x4.splat(1e-30);
  const zero = f32x4.splat(0);
  const bytes = <usize>floats << 2;
  for (let k: usize = 0; k < bytes; k += 16) {
    let g = v128.load(gradient + k);
    v128.store(gradient + k, zero);
    g = v128.and(g, f32x4.ge(f32x4.abs(g), smallGradient));
    let mk = f32x4.add(f32x4.mul(b1, v128.load(m + k)), f32x4.mul(c1, g));
    mk = v128.and(mk, f32x4.ge(f32x4.abs(mk), small));
    let vk = f32x4.add(f32x4.mul(b2, v128.load(v + k)), f32x4.mul(c2, f32x4.mul(g, g)));
    vk = v128.and(vk, f32x4.ge(vk, small));
    v128.store(m + k, mk);
    v128.store(v + k, vk);
    const update = f32x4.div(f32x4.mul(rates, mk), f32x4.add(f32x4.sqrt(vk), epsilons));
    const pk = f32x4.sub(f32x4.mul(keeps, v128.load(p + k)), update);
    v128.store(p + k, pk);
    const ak = f32x4.add(f32x4.mul(e, v128.load(average + k)), f32x4.mul(d, pk));
    v128.store(average + k, v128.and(ak, f32x4.ge(f32x4.abs(ak), small)));
  }
}
