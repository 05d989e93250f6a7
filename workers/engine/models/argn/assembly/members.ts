/**
 * The second level of a softmax: the members of one class. Computed row by row, because neighbouring rows rarely
 * share a class. Only active hidden units count: the others add nothing to the logits and pass no gradient.
 */
import { activeEnd, activeList } from './active';
import { sumLanes } from './arithmetic';
import * as context from './context';

/** Members of a class; a class of one has no second level. */
@inline
export function sizeOf(klass: u32): i32 {
  return <i32>load<u16>(context.sizes + (<usize>klass << 1));
}

@inline
export function classOfCode(code: u32): u32 {
  return <u32>load<u16>(context.classOf + (<usize>code << 1));
}

@inline
export function startOf(klass: u32): u32 {
  return <u32>load<u16>(context.starts + (<usize>klass << 1));
}

/** Bytes of the logits of a class's members, pads included. */
@inline
export function memberBytes(size: i32): usize {
  return <usize>((size + 3) & ~3) << 2;
}

@inline
function unitsOf(r: i32): usize {
  return context.hiddenTile + (<usize>(r * context.hidden) << 2);
}

/** Byte offset of a class's members from the start of a row of the output. */
@inline
export function columnOf(klass: u32): usize {
  return <usize>load<u32>(context.columns + (<usize>klass << 2)) << 2;
}

/**
 * out = c + Σ_u h[u] · V[u] over the members of a class.
 * @param r row of the tile
 */
export function memberLogits(r: i32, column: usize, bytes: usize, out: usize): void {
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
export function addMemberGradient(
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
