/**
 * Matrix products over the active hidden units of a tile: those above 0, about half of them. The others add nothing.
 * Columns are computed in blocks of 32, whose weights stay in the first-level cache for all rows of the tile. Sums run
 * in ascending order, as in `gemm`, so leaving zeros out changes no bit of a finite result.
 */
import * as context from './context';

/** Columns of a block. */
const BLOCK: i32 = 32;

/** How many of the columns are in whole blocks. */
@inline
export function blockedColumns(columns: i32): i32 {
  return columns & ~(BLOCK - 1);
}

/** Address of the list of a tile row's active units, as byte offsets; `activeEnd` is its end. */
@inline
export function activeList(r: i32): usize {
  return context.active + (<usize>(r * (context.hidden + 1)) << 2);
}

@inline
export function activeEnd(r: i32): usize {
  return <usize>load<u32>(context.activeEnds + (<usize>r << 2));
}

/** Lists the active units of the first `count` rows of the tile. */
export function listActive(count: i32): void {
  const bytes = <usize>context.hidden << 2;
  for (let r = 0; r < count; r++) {
    const units = context.hiddenTile + <usize>r * bytes;
    let end = activeList(r);
    for (let k: usize = 0; k < bytes; k += 4) {
      // Without a branch: the next offset overwrites that of an inactive unit.
      store<u32>(end, <u32>k);
      end += <usize>(load<f32>(units + k) > 0) << 2;
    }
    store<u32>(context.activeEnds + (<usize>r << 2), <u32>end);
  }
}

/** target[r] = outputBias + Σ_u hiddenTile[r][u] · output[u] in the first `columns` columns, a multiple of BLOCK. */
export function multiplyActive(count: i32, columns: i32, target: usize, stride: usize): void {
  const width = <usize>context.width;
  const hiddenBytes = <usize>context.hidden << 2;
  for (let n: usize = 0; n < <usize>columns << 2; n += 128) {
    const bias = context.outputBias + n;
    const output = context.output + n;
    for (let r = 0; r < count; r++) {
      const units = context.hiddenTile + <usize>r * hiddenBytes;
      const end = activeEnd(r);
      let s0 = v128.load(bias);
      let s1 = v128.load(bias, 16);
      let s2 = v128.load(bias, 32);
      let s3 = v128.load(bias, 48);
      let s4 = v128.load(bias, 64);
      let s5 = v128.load(bias, 80);
      let s6 = v128.load(bias, 96);
      let s7 = v128.load(bias, 112);
      for (let p = activeList(r); p < end; p += 4) {
        const unit = <usize>load<u32>(p);
        const h = v128.load32_splat(units + unit);
        const v = output + unit * width;
        s0 = f32x4.add(s0, f32x4.mul(h, v128.load(v)));
        s1 = f32x4.add(s1, f32x4.mul(h, v128.load(v, 16)));
        s2 = f32x4.add(s2, f32x4.mul(h, v128.load(v, 32)));
        s3 = f32x4.add(s3, f32x4.mul(h, v128.load(v, 48)));
        s4 = f32x4.add(s4, f32x4.mul(h, v128.load(v, 64)));
        s5 = f32x4.add(s5, f32x4.mul(h, v128.load(v, 80)));
        s6 = f32x4.add(s6, f32x4.mul(h, v128.load(v, 96)));
        s7 = f32x4.add(s7, f32x4.mul(h, v128.load(v, 112)));
      }
      const t = target + <usize>r * stride + n;
      v128.store(t, s0);
      v128.store(t, s1, 16);
      v128.store(t, s2, 32);
      v128.store(t, s3, 48);
      v128.store(t, s4, 64);
      v128.store(t, s5, 80);
      v128.store(t, s6, 96);
      v128.store(t, s7, 112);
    }
  }
}

/** gradOutput[u] += Σ_r hiddenTile[r][u] · deltas[r] in the first `columns` columns, a multiple of BLOCK. */
export function addActive(count: i32, columns: i32, deltas: usize, stride: usize, gradOutput: usize): void {
  const width = <usize>context.width;
  const hiddenBytes = <usize>context.hidden << 2;
  for (let n: usize = 0; n < <usize>columns << 2; n += 128) {
    const gradient = gradOutput + n;
    for (let r = 0; r < count; r++) {
      const units = context.hiddenTile + <usize>r * hiddenBytes;
      const end = activeEnd(r);
      const d = deltas + <usize>r * stride + n;
      const d0 = v128.load(d);
      const d1 = v128.load(d, 16);
      const d2 = v128.load(d, 32);
      const d3 = v128.load(d, 48);
      const d4 = v128.load(d, 64);
      const d5 = v128.load(d, 80);
      const d6 = v128.load(d, 96);
      const d7 = v128.load(d, 112);
      for (let p = activeList(r); p < end; p += 4) {
        const unit = <usize>load<u32>(p);
        const h = v128.load32_splat(units + unit);
        const g = gradient + unit * width;
        v128.store(g, f32x4.add(v128.load(g), f32x4.mul(h, d0)));
        v128.store(g, f32x4.add(v128.load(g, 16), f32x4.mul(h, d1)), 16);
        v128.store(g, f32x4.add(v128.load(g, 32), f32x4.mul(h, d2)), 32);
        v128.store(g, f32x4.add(v128.load(g, 48), f32x4.mul(h, d3)), 48);
        v128.store(g, f32x4.add(v128.load(g, 64), f32x4.mul(h, d4)), 64);
        v128.store(g, f32x4.add(v128.load(g, 80), f32x4.mul(h, d5)), 80);
        v128.store(g, f32x4.add(v128.load(g, 96), f32x4.mul(h, d6)), 96);
        v128.store(g, f32x4.add(v128.load(g, 112), f32x4.mul(h, d7)), 112);
      }
    }
  }
}
