/** Training with differential privacy: rows' gradients are clipped before they are added up, and noise is added to the sum. */
import { activeEnd, activeList, addActive, blockedColumns, listActive } from './active';
import { logarithm, maxLanes, sumLanes } from './arithmetic';
import * as context from './context';
import { forwardTile } from './forward';
import { gemm } from './gemm';
import { rowLossGradient } from './loss';
import { addMembers } from './members';
import { headLabel, scatter, sumDeltas } from './train';

/** Sum of squares of `bytes`, a multiple of 16. */
function squares(row: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const x = v128.load(row + k);
    sum = f32x4.add(sum, f32x4.mul(x, x));
  }
  return sumLanes(sum);
}

/** Logits of a tile become the probabilities p of each row, and 0 where the row is a pad. Returns the loss. */
function probabilities(first: i32, count: i32): f64 {
  const bytes = <usize>context.head << 2;
  let loss: f64 = 0;
  for (let r = 0; r < count; r++) {
    const row = context.logitTile + <usize>r * bytes;
    if (load<f32>(context.weights + (<usize>(first + r) << 2)) == 0) {
      memory.fill(row, 0, bytes);
      continue;
    }
    const label = headLabel(context.labelOf(first + r));
    loss += rowLossGradient(row, context.head, label, 1);
    const at = row + (<usize>label << 2);
    store<f32>(at, load<f32>(at) + 1);
  }
  return loss;
}

/** Back through dropout and relu: only units above 0 pass the gradient, rescaled. */
function maskDeltas(count: i32): void {
  const bytes = <usize>(context.hidden * count) << 2;
  const scale = f32x4.splat(context.dropScale);
  const zero = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const open = f32x4.gt(v128.load(context.hiddenTile + k), zero);
    v128.store(context.deltaTile + k, v128.and(open, f32x4.mul(scale, v128.load(context.deltaTile + k))));
  }
}

/** Biases below this belong to pads, which are no codes. */
const PAD: f32 = -1e29;

/**
 * The largest squared norm that the gradient of a tile's row can have, whatever its code y is:
 * |p − y|²·`units` + |V(p − y)|²·`inputs` over the active units, where V(p − y) has the squared norm |Vp|² − 2 Vp·V_y + |V_y|².
 * A second level adds as much as a row of it can at most.
 * @param back Vp of the row, through relu and dropout
 */
function largestNorm(r: i32, row: usize, back: usize, units: f32, inputs: f32, column: f32): f32 {
  const headBytes = <usize>context.head << 2;
  const width = <usize>context.width;
  const scale = context.dropScale;
  const scales = f32x4.splat(scale * scale);
  const start = activeList(r);
  const end = activeEnd(r);
  const second: f32 = context.classOf == 0 ? 0 : 2;
  const outer = f32x4.splat(1 + squares(row, headBytes) + second);
  const square = f32x4.splat(squares(back, <usize>context.hidden << 2));
  const more = f32x4.splat(second * column);
  const zero = f32x4.splat(0);
  let top = zero;
  for (let n: usize = 0; n < headBytes; n += 16) {
    let sum = zero;
    for (let p = start; p < end; p += 4) {
      const unit = <usize>load<u32>(p);
      const v = v128.load(context.output + n + unit * width);
      const twice = f32x4.splat(2 * scale * load<f32>(back + unit));
      sum = f32x4.add(sum, f32x4.mul(v, f32x4.sub(f32x4.mul(scales, v), twice)));
    }
    const length = f32x4.add(more, f32x4.sqrt(f32x4.pmax(zero, f32x4.add(square, sum))));
    const out = f32x4.sub(outer, f32x4.mul(f32x4.splat(2), v128.load(row + n)));
    const norm = f32x4.add(
      f32x4.mul(out, f32x4.splat(units)),
      f32x4.mul(f32x4.mul(length, length), f32x4.splat(inputs)),
    );
    const isCode = f32x4.gt(v128.load(context.outputBias + n), f32x4.splat(PAD));
    // Numbers that broke come through: the row is then left out.
    top = v128.bitselect(top, norm, f32x4.ge(top, v128.and(norm, isCode)));
  }
  return maxLanes(top);
}

/**
 * Finds the factor of each row that keeps its gradient of W, V, b and c together within `clip`, whatever its code is: a
 * factor that depended on the code would favour frequent ones. deltaTile holds Vp, logitTile p.
 */
function findFactors(first: i32, count: i32, clip: f32, reach: f32, column: f32, factors: usize): void {
  const hiddenBytes = <usize>context.hidden << 2;
  const headBytes = <usize>context.head << 2;
  for (let r = 0; r < count; r++) {
    const visible = <f32>load<u32>(context.counts + (<usize>r << 2));
    const units: f32 = 1 + squares(context.hiddenTile + <usize>r * hiddenBytes, hiddenBytes);
    const row = context.logitTile + <usize>r * headBytes;
    const back = context.deltaTile + <usize>r * hiddenBytes;
    const norm: f32 = 1.00001 * largestNorm(r, row, back, units, 1 + reach * visible, column);
    let factor: f32 = norm > clip * clip ? clip / sqrt<f32>(norm) : 1;
    // Of numbers that broke, nothing is added: whatever a row holds, its part is bounded.
    if (!(norm < f32.MAX_VALUE)) factor = 0;
    if (load<f32>(context.weights + (<usize>(first + r) << 2)) == 0) factor = 0;
    store<f32>(factors + (<usize>r << 2), factor);
  }
}

/** From p and Vp to the gradients of the logits and of the hidden units, times the rows' factors. */
function scaleTile(first: i32, count: i32, factors: usize, outputTransposed: usize): void {
  const hiddenBytes = <usize>context.hidden << 2;
  const headBytes = <usize>context.head << 2;
  const scale = f32x4.splat(context.dropScale);
  const zero = f32x4.splat(0);
  for (let r = 0; r < count; r++) {
    const factor = load<f32>(factors + (<usize>r << 2));
    const delta = context.deltaTile + <usize>r * hiddenBytes;
    const row = context.logitTile + <usize>r * headBytes;
    if (factor == 0) {
      memory.fill(delta, 0, hiddenBytes);
      memory.fill(row, 0, headBytes);
      continue;
    }
    const label = <usize>headLabel(context.labelOf(first + r));
    const own = outputTransposed + label * hiddenBytes;
    const units = context.hiddenTile + <usize>r * hiddenBytes;
    const factorLanes = f32x4.splat(factor);
    for (let k: usize = 0; k < hiddenBytes; k += 16) {
      const open = f32x4.gt(v128.load(units + k), zero);
      const v = v128.and(open, f32x4.mul(scale, v128.load(own + k)));
      v128.store(delta + k, f32x4.mul(factorLanes, f32x4.sub(v128.load(delta + k), v)));
    }
    const at = row + (label << 2);
    store<f32>(at, load<f32>(at) - 1);
    for (let k: usize = 0; k < headBytes; k += 16) v128.store(row + k, f32x4.mul(factorLanes, v128.load(row + k)));
  }
}

function addOutputBias(count: i32, gradOutputBias: usize): void {
  const bytes = <usize>context.head << 2;
  for (let r = 0; r < count; r++) {
    const row = context.logitTile + <usize>r * bytes;
    for (let k: usize = 0; k < bytes; k += 16) {
      v128.store(gradOutputBias + k, f32x4.add(v128.load(gradOutputBias + k), v128.load(row + k)));
    }
  }
}

/**
 * `accumulateGradients` with the gradient of each row clipped. Weights of rows are 1, and 0 for pads.
 * @param clip largest norm of a row's gradient of the target
 * @param reach largest squared norm of a row of an embedding of the target
 * @param column largest norm of a column of V, rescaled as dropout does
 * @param factors scratch, f32 [TILE]
 */
export function accumulateClipped(
  count: i32,
  outputTransposed: usize,
  distance: usize,
  gradOutput: usize,
  gradBias: usize,
  gradOutputBias: usize,
  clip: f32,
  reach: f32,
  column: f32,
  factors: usize,
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
    forwardTile(first, size, logits);
    if (context.classOf == 0 && blocked == 0) listActive(size);
    loss += probabilities(first, size);
    gemm(
      logits, headBytes, 4, outputTransposed, hiddenBytes,
      context.zeros, 0, context.deltaTile, hiddenBytes, (size + 3) & ~3, hidden, head,
    );
    maskDeltas(size);
    findFactors(first, size, clip, reach, column, factors);
    scaleTile(first, size, factors, outputTransposed);
    addOutputBias(size, gradOutputBias);
    addActive(size, blocked, logits, headBytes, gradOutput);
    gemm(
      context.hiddenTile, 4, hiddenBytes, logits + blockedBytes, headBytes, gradOutput + blockedBytes, widthBytes,
      gradOutput + blockedBytes, widthBytes, hidden, head - blocked, size,
    );
    if (context.classOf != 0) loss += addMembers(first, size, factors, gradOutput, gradOutputBias);
    sumDeltas(size, gradBias);
    scatter(size, distance);
  }
  return loss;
}

/** Words below this are looked at more closely: the tail of the normal distribution is in them. */
const TAIL: u32 = 0x1_0000;

/** −2·ln u per lane for u = (w + 1) / 2³², by the logarithm of Cephes (`logf`, relative error 1e-7). */
@inline
function squaredRadius(w: v128): v128 {
  const unit = f32x4.splat(2.3283064365386963e-10);
  const u = f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(w), f32x4.splat(1)), unit);
  // Near 1 the distance to 1 is known to more digits than u.
  const near = f32x4.ge(u, f32x4.splat(0.70710678));
  const missing = f32x4.neg(f32x4.mul(f32x4.convert_i32x4_u(v128.not(w)), unit));
  let exponent = i32x4.sub(i32x4.shr_u(u, 23), i32x4.splat(126));
  let m = v128.or(v128.and(u, i32x4.splat(0x007f_ffff)), i32x4.splat(0x3f00_0000));
  const low = f32x4.lt(m, f32x4.splat(0.70710678));
  exponent = i32x4.add(exponent, low);
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), f32x4.splat(1));
  m = v128.bitselect(missing, m, near);
  const e = f32x4.convert_i32x4_s(v128.andnot(exponent, near));
  const q = f32x4.mul(m, m);
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, m), q);
  y = f32x4.add(y, f32x4.mul(e, f32x4.splat(-2.12194440e-4)));
  y = f32x4.sub(y, f32x4.mul(f32x4.splat(0.5), q));
  const log = f32x4.add(f32x4.add(m, y), f32x4.mul(e, f32x4.splat(0.693359375)));
  return f32x4.mul(f32x4.splat(-2), log);
}

/** The same of one word below TAIL, with a second word for the digits behind it. */
function tailSquare(word: u32, next: u32): f32 {
  const u = (<f64>(((<u64>word) << 32) | <u64>next) + 0.5) * 5.421010862427522e-20;
  return <f32>(-2 * logarithm(u));
}

/**
 * gradient ← (gradient rounded to multiples of `grid`, plus normal noise likewise) · scale. Noise has a deviation of 2²⁰
 * steps of the grid: Box & Muller 1958 on 32 bits of radius, 64 in its tail, and 32 bits of angle. Because the sum lies on
 * the grid before the noise comes, no digit behind it tells of the sum (docs/dp-sgd.md).
 * @param floats a multiple of 4
 * @param words u32 [floats rounded up to 8] independent bits, then as many as tails may need
 * @param reserve address of these, `words` before it
 */
export function addNoise(
  gradient: usize,
  floats: i32,
  words: usize,
  reserve: usize,
  reserveEnd: usize,
  grid: f32,
  scale: f32,
): void {
  const inverse = f32x4.splat(1 / grid);
  const factor = f32x4.splat(grid * scale);
  const deviation = f32x4.splat(1_048_576);
  const limit = f32x4.splat(1_073_741_824);
  const lowest = f32x4.splat(-1_073_741_824);
  const end = gradient + (<usize>floats << 2);
  const turn = f32x4.splat(1.4629180792671596e-9);
  let spare = reserve;
  for (let at = gradient; at < end; at += 32) {
    const w = v128.load(words);
    let square = squaredRadius(w);
    if (v128.any_true(i32x4.lt_u(w, i32x4.splat(TAIL)))) {
      if (spare + 16 > reserveEnd) unreachable();
      if (<u32>i32x4.extract_lane(w, 0) < TAIL)
        square = f32x4.replace_lane(square, 0, tailSquare(i32x4.extract_lane(w, 0), load<u32>(spare)));
      if (<u32>i32x4.extract_lane(w, 1) < TAIL)
        square = f32x4.replace_lane(square, 1, tailSquare(i32x4.extract_lane(w, 1), load<u32>(spare, 4)));
      if (<u32>i32x4.extract_lane(w, 2) < TAIL)
        square = f32x4.replace_lane(square, 2, tailSquare(i32x4.extract_lane(w, 2), load<u32>(spare, 8)));
      if (<u32>i32x4.extract_lane(w, 3) < TAIL)
        square = f32x4.replace_lane(square, 3, tailSquare(i32x4.extract_lane(w, 3), load<u32>(spare, 12)));
      spare += 16;
    }
    const radius = f32x4.mul(deviation, f32x4.sqrt(square));
    // The angle: the nearest quarter turn, and what is left, within an eighth of a turn.
    const angle = v128.load(words, 16);
    const quarter = i32x4.shr_u(i32x4.add(angle, i32x4.splat(0x2000_0000)), 30);
    const x = f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(angle, i32x4.shl(quarter, 30))), turn);
    const q = f32x4.mul(x, x);
    let s = f32x4.splat(-1.9515295891e-4);
    s = f32x4.add(f32x4.mul(s, q), f32x4.splat(8.3321608736e-3));
    s = f32x4.add(f32x4.mul(s, q), f32x4.splat(-1.6666654611e-1));
    s = f32x4.add(x, f32x4.mul(f32x4.mul(s, q), x));
    let c = f32x4.splat(2.443315711809948e-5);
    c = f32x4.add(f32x4.mul(c, q), f32x4.splat(-1.388731625493765e-3));
    c = f32x4.add(f32x4.mul(c, q), f32x4.splat(4.166664568298827e-2));
    c = f32x4.add(f32x4.sub(f32x4.splat(1), f32x4.mul(f32x4.splat(0.5), q)), f32x4.mul(f32x4.mul(c, q), q));
    const odd = i32x4.ne(v128.and(quarter, i32x4.splat(1)), i32x4.splat(0));
    const flipCosine = i32x4.shl(v128.and(i32x4.add(quarter, i32x4.splat(1)), i32x4.splat(2)), 30);
    const flipSine = i32x4.shl(v128.and(quarter, i32x4.splat(2)), 30);
    const cosine = v128.xor(v128.bitselect(s, c, odd), flipCosine);
    const sine = v128.xor(v128.bitselect(c, s, odd), flipSine);
    store4(at, f32x4.mul(radius, cosine), inverse, factor, limit, lowest);
    if (at + 16 < end) store4(at + 16, f32x4.mul(radius, sine), inverse, factor, limit, lowest);
    words += 32;
  }
}

@inline
function store4(at: usize, noise: v128, inverse: v128, factor: v128, limit: v128, lowest: v128): void {
  const steps = f32x4.mul(v128.load(at), inverse);
  const clamped = f32x4.pmax(lowest, f32x4.pmin(limit, steps));
  const sum = i32x4.trunc_sat_f32x4_s(f32x4.nearest(clamped));
  const drawn = i32x4.trunc_sat_f32x4_s(f32x4.nearest(noise));
  v128.store(at, f32x4.mul(factor, f32x4.convert_i32x4_s(i32x4.add(sum, drawn))));
}
