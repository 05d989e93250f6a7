/** Forward pass of one target over a tile of rows: visible table rows → hidden units → logits. */
import { blockedColumns, listActive, multiplyActive } from './active';
import { pcg } from './arithmetic';
import * as context from './context';
import { gemm } from './gemm';

/** Writes, per row of the tile, the addresses of the visible inputs' table rows. */
function listVisible(first: i32, count: i32): void {
  const inputCount = context.inputCount;
  const inputs = context.inputs;
  const rowBytes = <usize>context.hidden << 2;
  const tables = context.tables;
  const tableOffsets = context.tableOffsets;
  const part = <usize>context.part << 1;
  for (let r = 0; r < count; r++) {
    const row = <usize>(first + r);
    const code = context.codes + <usize>load<u32>(context.rowIndex + (row << 2)) * (<usize>context.parts << 1);
    const key = context.keys + row * context.keyStride;
    const own = <u32>load<u16>(key + part);
    const list = context.lists + (<usize>(r * inputCount) << 2);
    let end = list;
    for (let p: usize = 0; p < <usize>inputCount << 2; p += 4) {
      const i = <usize>load<u32>(inputs + p) << 1;
      // Without a branch: the next address overwrites that of an input not visible.
      store<u32>(end, <u32>(tables + <usize>load<u32>(tableOffsets + p) + <usize>load<u16>(code + i) * rowBytes));
      end += <usize>(<u32>load<u16>(key + i) < own) << 2;
    }
    store<u32>(context.counts + (<usize>r << 2), <u32>((end - list) >> 2));
  }
}

/** hiddenTile = relu(b + Σ visible table rows). */
function gather(count: i32): void {
  const rowBytes = <usize>context.hidden << 2;
  const bias = context.bias;
  const zero = f32x4.splat(0);
  for (let r = 0; r < count; r++) {
    const list = context.lists + (<usize>(r * context.inputCount) << 2);
    const end = list + (<usize>load<u32>(context.counts + (<usize>r << 2)) << 2);
    const target = context.hiddenTile + <usize>r * rowBytes;
    let k: usize = 0;
    for (; k + 64 <= rowBytes; k += 64) {
      let s0 = v128.load(bias + k);
      let s1 = v128.load(bias + k, 16);
      let s2 = v128.load(bias + k, 32);
      let s3 = v128.load(bias + k, 48);
      for (let p = list; p < end; p += 4) {
        const t = <usize>load<u32>(p) + k;
        s0 = f32x4.add(s0, v128.load(t));
        s1 = f32x4.add(s1, v128.load(t, 16));
        s2 = f32x4.add(s2, v128.load(t, 32));
        s3 = f32x4.add(s3, v128.load(t, 48));
      }
      v128.store(target + k, f32x4.pmax(zero, s0));
      v128.store(target + k, f32x4.pmax(zero, s1), 16);
      v128.store(target + k, f32x4.pmax(zero, s2), 32);
      v128.store(target + k, f32x4.pmax(zero, s3), 48);
    }
    for (; k < rowBytes; k += 16) {
      let s = v128.load(bias + k);
      for (let p = list; p < end; p += 4) s = f32x4.add(s, v128.load(<usize>load<u32>(p) + k));
      v128.store(target + k, f32x4.pmax(zero, s));
    }
  }
}

/** Drops and rescales hidden units. One hash decides on four of them, a byte each. */
function dropHidden(first: i32, count: i32): void {
  const rowBytes = <usize>context.hidden << 2;
  const threshold = i32x4.splat(context.dropThreshold);
  const scale = f32x4.splat(context.dropScale);
  for (let r = 0; r < count; r++) {
    const base = pcg(context.dropBase + context.dropFirstRow + <u32>(first + r));
    const target = context.hiddenTile + <usize>r * rowBytes;
    for (let k: usize = 0; k < rowBytes; k += 16) {
      const word = pcg(base + <u32>(k >> 4));
      let bytes = i32x4.splat(word & 0xff);
      bytes = i32x4.replace_lane(bytes, 1, (word >> 8) & 0xff);
      bytes = i32x4.replace_lane(bytes, 2, (word >> 16) & 0xff);
      bytes = i32x4.replace_lane(bytes, 3, word >> 24);
      const kept = i32x4.ge_s(bytes, threshold);
      v128.store(target + k, v128.and(kept, f32x4.mul(scale, v128.load(target + k))));
    }
  }
}

/** Fills hiddenTile for `count` ≤ TILE rows from `first` on, and lists their active units if a product needs them. */
export function hiddenRows(first: i32, count: i32): void {
  listVisible(first, count);
  gather(count);
  if (context.dropThreshold > 0) dropHidden(first, count);
  if (context.classOf != 0 || blockedColumns(context.head) > 0) listActive(count);
}

/** The same, and first-level logits into `logits` [count rounded up to 4][head]. */
export function forwardTile(first: i32, count: i32, logits: usize): void {
  hiddenRows(first, count);
  const hidden = context.hidden;
  const stride = <usize>context.head << 2;
  const blocked = blockedColumns(context.head);
  const from = <usize>blocked << 2;
  multiplyActive(count, blocked, logits, stride);
  gemm(
    context.hiddenTile,
    <usize>hidden << 2,
    4,
    context.output + from,
    <usize>context.width << 2,
    context.outputBias + from,
    0,
    logits + from,
    stride,
    (count + 3) & ~3,
    context.head - blocked,
    hidden,
  );
}
