/**
 * The second level of a softmax: the members of one class. Computed row by row, because neighbouring rows rarely
 * share a class. Only active hidden units count: the others add nothing to the logits and pass no gradient.
 */
import { activeEnd, activeList } from './active';
import { sumLanes } from './arithmetic';
import * as context from './context';
import { hiddenRows } from './forward';
import { drawIndex, drawnCode, expectedCode, restrictRow, shapeRow } from './generate';
import { rowLoss, rowLossGradient } from './loss';

/** Members of a class; a class of one has no second level. */
@inline
function sizeOf(klass: u32): i32 {
  return <i32>load<u16>(context.sizes + (<usize>klass << 1));
}

@inline
export function classOfCode(code: u32): u32 {
  return <u32>load<u16>(context.classOf + (<usize>code << 1));
}

@inline
function startOf(klass: u32): u32 {
  return <u32>load<u16>(context.starts + (<usize>klass << 1));
}

/** Bytes of the logits of a class's members, pads included. */
@inline
function memberBytes(size: i32): usize {
  return <usize>((size + 3) & ~3) << 2;
}

@inline
function unitsOf(r: i32): usize {
  return context.hiddenTile + (<usize>(r * context.hidden) << 2);
}

/** Byte offset of a class's members from the start of a row of the output. */
@inline
function columnOf(klass: u32): usize {
  return <usize>load<u32>(context.columns + (<usize>klass << 2)) << 2;
}

/**
 * out = c + Σ_u h[u] · V[u] over the members of a class.
 * @param r row of the tile
 */
function memberLogits(r: i32, column: usize, bytes: usize, out: usize): void {
  const units = unitsOf(r);
  const start = activeList(r);
  const end = activeEnd(r);
  const width = <usize>context.width;
  const output = context.output + column;
  const bias = context.outputBias + column;
  let k: usize = 0;
  for (; k + 128 <= bytes; k += 128) {
    let s0 = v128.load(bias + k);
    let s1 = v128.load(bias + k, 16);
    let s2 = v128.load(bias + k, 32);
    let s3 = v128.load(bias + k, 48);
    let s4 = v128.load(bias + k, 64);
    let s5 = v128.load(bias + k, 80);
    let s6 = v128.load(bias + k, 96);
    let s7 = v128.load(bias + k, 112);
    for (let p = start; p < end; p += 4) {
      const unit = <usize>load<u32>(p);
      const h = v128.load32_splat(units + unit);
      const v = output + k + unit * width;
      s0 = f32x4.add(s0, f32x4.mul(h, v128.load(v)));
      s1 = f32x4.add(s1, f32x4.mul(h, v128.load(v, 16)));
      s2 = f32x4.add(s2, f32x4.mul(h, v128.load(v, 32)));
      s3 = f32x4.add(s3, f32x4.mul(h, v128.load(v, 48)));
      s4 = f32x4.add(s4, f32x4.mul(h, v128.load(v, 64)));
      s5 = f32x4.add(s5, f32x4.mul(h, v128.load(v, 80)));
      s6 = f32x4.add(s6, f32x4.mul(h, v128.load(v, 96)));
      s7 = f32x4.add(s7, f32x4.mul(h, v128.load(v, 112)));
    }
    v128.store(out + k, s0);
    v128.store(out + k, s1, 16);
    v128.store(out + k, s2, 32);
    v128.store(out + k, s3, 48);
    v128.store(out + k, s4, 64);
    v128.store(out + k, s5, 80);
    v128.store(out + k, s6, 96);
    v128.store(out + k, s7, 112);
  }
  for (; k + 32 <= bytes; k += 32) {
    let s0 = v128.load(bias + k);
    let s1 = v128.load(bias + k, 16);
    for (let p = start; p < end; p += 4) {
      const unit = <usize>load<u32>(p);
      const h = v128.load32_splat(units + unit);
      const v = output + k + unit * width;
      s0 = f32x4.add(s0, f32x4.mul(h, v128.load(v)));
      s1 = f32x4.add(s1, f32x4.mul(h, v128.load(v, 16)));
    }
    v128.store(out + k, s0);
    v128.store(out + k, s1, 16);
  }
  for (; k < bytes; k += 16) {
    let s = v128.load(bias + k);
    for (let p = start; p < end; p += 4) {
      const unit = <usize>load<u32>(p);
      s = f32x4.add(s, f32x4.mul(v128.load32_splat(units + unit), v128.load(output + k + unit * width)));
    }
    v128.store(out + k, s);
  }
}

/**
 * Backpropagates the gradient of a row's member logits: gradOutput += h ⊗ delta, gradOutputBias += delta and
 * deltaTile[r][u] += V[u] · delta for the active units.
 */
function addMemberGradient(
  r: i32,
  column: usize,
  bytes: usize,
  delta: usize,
  gradOutput: usize,
  gradOutputBias: usize,
): void {
  const units = unitsOf(r);
  const deltas = context.deltaTile + (<usize>(r * context.hidden) << 2);
  const end = activeEnd(r);
  const width = <usize>context.width;
  const output = context.output + column;
  const gradient = gradOutput + column;
  const gradBias = gradOutputBias + column;
  for (let k: usize = 0; k < bytes; k += 16) {
    v128.store(gradBias + k, f32x4.add(v128.load(gradBias + k), v128.load(delta + k)));
  }
  for (let p = activeList(r); p < end; p += 4) {
    const unit = <usize>load<u32>(p);
    const h = v128.load32_splat(units + unit);
    const v = output + unit * width;
    const g = gradient + unit * width;
    let sum = f32x4.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const d = v128.load(delta + k);
      sum = f32x4.add(sum, f32x4.mul(d, v128.load(v + k)));
      v128.store(g + k, f32x4.add(v128.load(g + k), f32x4.mul(h, d)));
    }
    store<f32>(deltas + unit, load<f32>(deltas + unit) + sumLanes(sum));
  }
}

/** −log p of a tile row's code within its class. */
export function memberLoss(r: i32, code: u32): f64 {
  const klass = classOfCode(code);
  const size = sizeOf(klass);
  if (size == 1) return 0;
  const bytes = memberBytes(size);
  memberLogits(r, columnOf(klass), bytes, context.memberRow);
  return rowLoss(context.memberRow, <i32>(bytes >> 2), code - startOf(klass));
}

/** Cross-entropy of the second level of the tile's rows, backpropagated to the hidden units. */
export function memberGradients(first: i32, count: i32, gradOutput: usize, gradOutputBias: usize): f64 {
  let loss: f64 = 0;
  for (let r = 0; r < count; r++) {
    const weight = load<f32>(context.weights + (<usize>(first + r) << 2));
    const code = context.labelOf(first + r);
    const klass = classOfCode(code);
    const size = sizeOf(klass);
    if (weight == 0 || size == 1) continue;
    const bytes = memberBytes(size);
    const column = columnOf(klass);
    memberLogits(r, column, bytes, context.memberRow);
    loss += rowLossGradient(context.memberRow, <i32>(bytes >> 2), code - startOf(klass), weight);
    addMemberGradient(r, column, bytes, context.memberRow, gradOutput, gradOutputBias);
  }
  return loss;
}

/**
 * Cross-entropy of the second level of the tile's rows, each times its factor, backpropagated to the hidden units: after
 * the gradients of the first level, through dropout and relu.
 */
export function addMembers(
  first: i32,
  count: i32,
  factors: usize,
  gradOutput: usize,
  gradOutputBias: usize,
): f64 {
  let loss: f64 = 0;
  for (let r = 0; r < count; r++) {
    const factor = load<f32>(factors + (<usize>r << 2));
    const code = context.labelOf(first + r);
    const klass = classOfCode(code);
    const size = sizeOf(klass);
    if (factor == 0 || size == 1) continue;
    const bytes = memberBytes(size);
    const column = columnOf(klass);
    const row = context.memberRow;
    memberLogits(r, column, bytes, row);
    loss += rowLossGradient(row, <i32>(bytes >> 2), code - startOf(klass), factor);
    const deltas = context.deltaTile + (<usize>(r * context.hidden) << 2);
    const gradBias = gradOutputBias + column;
    for (let k: usize = 0; k < bytes; k += 16) {
      v128.store(gradBias + k, f32x4.add(v128.load(gradBias + k), v128.load(row + k)));
    }
    const end = activeEnd(r);
    for (let p = activeList(r); p < end; p += 4) {
      const unit = <usize>load<u32>(p);
      const h = v128.load32_splat(unitsOf(r) + unit);
      const v = context.output + column + unit * <usize>context.width;
      const g = gradOutput + column + unit * <usize>context.width;
      let sum = f32x4.splat(0);
      for (let k: usize = 0; k < bytes; k += 16) {
        const d = v128.load(row + k);
        sum = f32x4.add(sum, f32x4.mul(d, v128.load(v + k)));
        v128.store(g + k, f32x4.add(v128.load(g + k), f32x4.mul(h, d)));
      }
      store<f32>(deltas + unit, load<f32>(deltas + unit) + context.dropScale * sumLanes(sum));
    }
  }
  return loss;
}

/**
 * Unnormalised probabilities of the members of each row's class, for rows 0 … count − 1 as `probabilityRows` gives those of
 * the first level. The row's code holds the class.
 * @param probabilities out [count][stride bytes]; untouched where a class has one member
 * @param shift added to the logits, by code, and readable beyond the last up to a multiple of 4; or 0
 * @param expected out [count] expected codes: first code of the class + expected member, or 0
 * @param masks bits of the codes that each row may take, [count][maskBytes], or 0
 */
export function memberProbabilityRows(
  count: i32,
  probabilities: usize,
  stride: usize,
  shift: usize,
  scale: f32,
  topP: f32,
  expected: usize,
  masks: usize,
  maskBytes: usize,
): void {
  for (let first = 0; first < count; first += context.TILE) {
    const tile = min(context.TILE, count - first);
    hiddenRows(first, tile);
    for (let r = 0; r < tile; r++) {
      const klass = <u32>load<u16>(drawnCode(first + r));
      const size = sizeOf(klass);
      const start = startOf(klass);
      let member: f32 = 0;
      if (size > 1) {
        const row = probabilities + <usize>(first + r) * stride;
        const bytes = memberBytes(size);
        memberLogits(r, columnOf(klass), bytes, row);
        if (masks != 0) restrictRow(row, size, masks + <usize>(first + r) * maskBytes, start);
        shapeRow(row, bytes, shift == 0 ? 0 : shift + (<usize>start << 2), scale, topP);
        member = expectedCode(row, bytes);
      }
      if (expected != 0) store<f32>(expected + (<usize>(first + r) << 2), <f32>start + member);
    }
  }
}

/** Draws a member of the class that each row's code holds, and replaces the class by the member's code. */
export function drawMembers(count: i32, probabilities: usize, stride: usize, uniforms: usize): void {
  for (let r = 0; r < count; r++) {
    const at = drawnCode(r);
    const klass = <u32>load<u16>(at);
    const size = sizeOf(klass);
    let code = startOf(klass);
    if (size > 1) {
      const u = load<f32>(uniforms + (<usize>r << 2));
      code += drawIndex(probabilities + <usize>r * stride, memberBytes(size), u);
    }
    store<u16>(at, <u16>code);
  }
}
