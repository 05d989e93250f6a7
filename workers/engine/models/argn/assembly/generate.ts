/** Probabilities of the current target and draws from them. */
import { sumLanes } from './arithmetic';
import * as context from './context';
import { forwardTile } from './forward';
import { exponentiate, rowMaximum } from './loss';

/** row = (row + shift) · scale; shift 0 means none. */
function adjust(row: usize, bytes: usize, shift: usize, scale: f32): void {
  const scales = f32x4.splat(scale);
  for (let k: usize = 0; k < bytes; k += 16) {
    let z = v128.load(row + k);
    if (shift != 0) z = f32x4.add(z, v128.load(shift + k));
    v128.store(row + k, f32x4.mul(z, scales));
  }
}

/** The most likely code gets 1, the lowest among equals; all others get 0. */
function keepLargest(row: usize, bytes: usize): void {
  const top = rowMaximum(row, bytes);
  let found = false;
  for (let k: usize = 0; k < bytes; k += 4) {
    const first = !found && load<f32>(row + k) == top;
    if (first) found = true;
    store<f32>(row + k, first ? 1 : 0);
  }
}

/** Σ of the entries at or above a threshold. */
function massFrom(row: usize, bytes: usize, threshold: f32): f32 {
  const thresholds = f32x4.splat(threshold);
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const p = v128.load(row + k);
    sum = f32x4.add(sum, v128.and(p, f32x4.ge(p, thresholds)));
  }
  return sumLanes(sum);
}

/**
 * Nucleus: keeps the smallest set of most likely codes whose mass reaches topP of the total, and sets the others to 0.
 * Bisection over the bit patterns of f32, which are ordered like their values, finds the largest threshold that keeps
 * enough. Codes exactly at the threshold are kept in code order until the mass suffices.
 */
function keepNucleus(row: usize, bytes: usize, total: f32, topP: f32): void {
  const wanted = total * topP;
  let low: u32 = 1;
  let high = reinterpret<u32>(<f32>1) + 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (massFrom(row, bytes, reinterpret<f32>(middle)) >= wanted) low = middle;
    else high = middle;
  }
  const threshold = reinterpret<f32>(low);
  let mass = massFrom(row, bytes, reinterpret<f32>(low + 1));
  for (let k: usize = 0; k < bytes; k += 4) {
    const p = load<f32>(row + k);
    if (p > threshold) continue;
    if (p == threshold && mass < wanted) mass += p;
    else store<f32>(row + k, 0);
  }
}

/** Σ p·code / Σ p. */
export function expectedCode(row: usize, bytes: usize): f32 {
  let code = f32x4(0, 1, 2, 3);
  const four = f32x4.splat(4);
  let sum = f32x4.splat(0);
  let mass = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const p = v128.load(row + k);
    sum = f32x4.add(sum, f32x4.mul(p, code));
    mass = f32x4.add(mass, p);
    code = f32x4.add(code, four);
  }
  return sumLanes(sum) / sumLanes(mass);
}

/** Logits become unnormalised probabilities: `shift`, `scale` and `topP` of `probabilityRows`. */
export function shapeRow(row: usize, bytes: usize, shift: usize, scale: f32, topP: f32): void {
  if (shift != 0 || scale != 1) adjust(row, bytes, shift, scale == 0 ? 1 : scale);
  if (scale == 0) {
    keepLargest(row, bytes);
    return;
  }
  const total = exponentiate(row, bytes, rowMaximum(row, bytes));
  if (topP < 1) keepNucleus(row, bytes, total, topP);
}

/** Gives the codes whose bit in a mask is 0 the logit −∞. @param from bit of the row's first code */
export function restrictRow(row: usize, codes: i32, mask: usize, from: u32): void {
  let k: u32 = 0;
  while (k < <u32>codes) {
    const bit = from + k;
    const count = min<u32>(32 - (bit & 31), <u32>codes - k);
    // Bits of forbidden codes: most rows have few.
    let closed = ~(load<u32>(mask + (<usize>(bit >> 5) << 2)) >> (bit & 31)) & (0xffffffff >> (32 - count));
    while (closed != 0) {
      store<f32>(row + (<usize>(k + ctz<u32>(closed)) << 2), -<f32>Infinity);
      closed &= closed - 1;
    }
    k += count;
  }
}

/**
 * Unnormalised probabilities of the current target's first level for rows 0 … count − 1.
 * @param probabilities out [count rounded up to 4][head]
 * @param shift added to the logits [head], or 0
 * @param scale 1 / temperature; 0 means the most likely code
 * @param expected out [count] expected codes or classes, or 0
 * @param masks bits of the codes that each row may take, [count][maskBytes], or 0
 */
export function probabilityRows(
  count: i32,
  probabilities: usize,
  shift: usize,
  scale: f32,
  topP: f32,
  expected: usize,
  masks: usize,
  maskBytes: usize,
): void {
  const bytes = <usize>context.head << 2;
  for (let first = 0; first < count; first += context.TILE) {
    const size = min(context.TILE, count - first);
    const tile = probabilities + <usize>first * bytes;
    forwardTile(first, size, tile);
    for (let r = 0; r < size; r++) {
      const row = tile + <usize>r * bytes;
      if (masks != 0) restrictRow(row, context.head, masks + <usize>(first + r) * maskBytes, 0);
      shapeRow(row, bytes, shift, scale, topP);
      if (expected != 0) store<f32>(expected + (<usize>(first + r) << 2), expectedCode(row, bytes));
    }
  }
}

/** Address of the target's code of a row that is being drawn. */
@inline
export function drawnCode(row: i32): usize {
  const at = <usize>load<u32>(context.rowIndex + (<usize>row << 2)) * <usize>context.parts;
  return context.codes + ((at + <usize>context.part) << 1);
}

/** First entry whose cumulated mass exceeds u · total. Blocks of 16 are skipped whole. */
export function drawIndex(row: usize, bytes: usize, u: f32): u32 {
  let sums = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) sums = f32x4.add(sums, v128.load(row + k));
  const target = u * sumLanes(sums);
  let cumulated: f32 = 0;
  let k: usize = 0;
  for (; k + 64 <= bytes; k += 64) {
    const block = sumLanes(
      f32x4.add(
        f32x4.add(v128.load(row + k), v128.load(row + k, 16)),
        f32x4.add(v128.load(row + k, 32), v128.load(row + k, 48)),
      ),
    );
    if (cumulated + block > target) break;
    cumulated += block;
  }
  for (let at = k; at < bytes; at += 4) {
    cumulated += load<f32>(row + at);
    if (cumulated > target) return <u32>(at >> 2);
  }
  // Rounding put the target beyond the sum: take the last entry above 0.
  let last: usize = bytes - 4;
  while (last > 0 && !(load<f32>(row + last) > 0)) last -= 4;
  return <u32>(last >> 2);
}

/** Draws a code or class of the current target for rows 0 … count − 1 into the rows' codes. */
export function drawRows(count: i32, probabilities: usize, uniforms: usize): void {
  const bytes = <usize>context.head << 2;
  for (let r = 0; r < count; r++) {
    const code = drawIndex(probabilities + <usize>r * bytes, bytes, load<f32>(uniforms + (<usize>r << 2)));
    store<u16>(drawnCode(r), <u16>code);
  }
}
