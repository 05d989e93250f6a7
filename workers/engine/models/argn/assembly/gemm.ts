/**
 * C[m][n] = init[m][n] + Σ_k A[m][k] · B[k][n], f32, every sum in ascending k.
 *
 * A is addressed by two byte strides (`aRow` per m, `aStep` per k), so that a transposed A costs nothing; B, C and
 * init are row-major with byte strides, columns contiguous and a multiple of 4. `init` with stride 0 is a bias row
 * (or a row of zeros); `init = c` accumulates and then needs rows to be a multiple of 4, because the last rows of
 * another count are computed again as part of a whole block of 4.
 *
 * Register tile 4 × 8 (8 accumulators, 2 of B, 1 of A: the 16 registers of SSE and AVX). The text is written out
 * because AssemblyScript's inlined functions cannot change the locals of their caller.
 */
export function gemm(
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStride: usize,
  init: usize,
  initStride: usize,
  c: usize,
  cStride: usize,
  rows: i32,
  columns: i32,
  inner: i32,
): void {
  const aRow2 = aRow << 1;
  const aRow3 = aRow2 + aRow;
  let n = 0;
  for (; n + 8 <= columns; n += 8) {
    const b0 = b + (<usize>n << 2);
    let m = 0;
    while (m < rows) {
      if (rows - m < 4 && rows >= 4) m = rows - 4;
      const a0 = a + <usize>m * aRow;
      const c0 = c + <usize>m * cStride + (<usize>n << 2);
      const init0 = init + <usize>m * initStride + (<usize>n << 2);
      if (rows >= 4) {
        let s00 = v128.load(init0 + 0 * initStride);
        let s01 = v128.load(init0 + 0 * initStride, 16);
        let s10 = v128.load(init0 + 1 * initStride);
        let s11 = v128.load(init0 + 1 * initStride, 16);
        let s20 = v128.load(init0 + 2 * initStride);
        let s21 = v128.load(init0 + 2 * initStride, 16);
        let s30 = v128.load(init0 + 3 * initStride);
        let s31 = v128.load(init0 + 3 * initStride, 16);
        let pa = a0;
        let pb = b0;
        for (let k = 0; k < inner; k++) {
          const w0 = v128.load(pb);
          const w1 = v128.load(pb, 16);
          const x0 = v128.load32_splat(pa);
          s00 = f32x4.add(s00, f32x4.mul(x0, w0));
          s01 = f32x4.add(s01, f32x4.mul(x0, w1));
          const x1 = v128.load32_splat(pa + aRow);
          s10 = f32x4.add(s10, f32x4.mul(x1, w0));
          s11 = f32x4.add(s11, f32x4.mul(x1, w1));
          const x2 = v128.load32_splat(pa + aRow2);
          s20 = f32x4.add(s20, f32x4.mul(x2, w0));
          s21 = f32x4.add(s21, f32x4.mul(x2, w1));
          const x3 = v128.load32_splat(pa + aRow3);
          s30 = f32x4.add(s30, f32x4.mul(x3, w0));
          s31 = f32x4.add(s31, f32x4.mul(x3, w1));
          pa += aStep;
          pb += bStride;
        }
        v128.store(c0, s00);
        v128.store(c0, s01, 16);
        v128.store(c0 + cStride, s10);
        v128.store(c0 + cStride, s11, 16);
        v128.store(c0 + 2 * cStride, s20);
        v128.store(c0 + 2 * cStride, s21, 16);
        v128.store(c0 + 3 * cStride, s30);
        v128.store(c0 + 3 * cStride, s31, 16);
        m += 4;
      } else {
        let s00 = v128.load(init0);
        let s01 = v128.load(init0, 16);
        let pa = a0;
        let pb = b0;
        for (let k = 0; k < inner; k++) {
          const w0 = v128.load(pb);
          const w1 = v128.load(pb, 16);
          const x0 = v128.load32_splat(pa);
          s00 = f32x4.add(s00, f32x4.mul(x0, w0));
          s01 = f32x4.add(s01, f32x4.mul(x0, w1));
          pa += aStep;
          pb += bStride;
        }
        v128.store(c0, s00);
        v128.store(c0, s01, 16);
        m += 1;
      }
    }
  }
  if (n < columns) {
    const b0 = b + (<usize>n << 2);
    let m = 0;
    while (m < rows) {
      if (rows - m < 4 && rows >= 4) m = rows - 4;
      const a0 = a + <usize>m * aRow;
      const c0 = c + <usize>m * cStride + (<usize>n << 2);
      const init0 = init + <usize>m * initStride + (<usize>n << 2);
      if (rows >= 4) {
        let s00 = v128.load(init0 + 0 * initStride);
        let s10 = v128.load(init0 + 1 * initStride);
        let s20 = v128.load(init0 + 2 * initStride);
        let s30 = v128.load(init0 + 3 * initStride);
        let pa = a0;
        let pb = b0;
        for (let k = 0; k < inner; k++) {
          const w0 = v128.load(pb);
          const x0 = v128.load32_splat(pa);
          s00 = f32x4.add(s00, f32x4.mul(x0, w0));
          const x1 = v128.load32_splat(pa + aRow);
          s10 = f32x4.add(s10, f32x4.mul(x1, w0));
          const x2 = v128.load32_splat(pa + aRow2);
          s20 = f32x4.add(s20, f32x4.mul(x2, w0));
          const x3 = v128.load32_splat(pa + aRow3);
          s30 = f32x4.add(s30, f32x4.mul(x3, w0));
          pa += aStep;
          pb += bStride;
        }
        v128.store(c0, s00);
        v128.store(c0 + cStride, s10);
        v128.store(c0 + 2 * cStride, s20);
        v128.store(c0 + 3 * cStride, s30);
        m += 4;
      } else {
        let s00 = v128.load(init0);
        let pa = a0;
        let pb = b0;
        for (let k = 0; k < inner; k++) {
          const w0 = v128.load(pb);
          const x0 = v128.load32_splat(pa);
          s00 = f32x4.add(s00, f32x4.mul(x0, w0));
          pa += aStep;
          pb += bStride;
        }
        v128.store(c0, s00);
        m += 1;
      }
    }
  }
}

/** Row r of the target ← row list[r] of the source; rows of `bytes`, a multiple of 16. */
export function gatherRows(source: usize, list: usize, count: i32, target: usize, bytes: usize): void {
  for (let r: usize = 0; r < <usize>count; r++) {
    const from = source + <usize>load<u32>(list + (r << 2)) * bytes;
    for (let k: usize = 0; k < bytes; k += 16) v128.store(target + k, v128.load(from + k));
    target += bytes;
  }
}

/** Row list[r] of the target ← row r of the source. */
export function scatterRows(source: usize, list: usize, count: i32, target: usize, bytes: usize): void {
  for (let r: usize = 0; r < <usize>count; r++) {
    const to = target + <usize>load<u32>(list + (r << 2)) * bytes;
    for (let k: usize = 0; k < bytes; k += 16) v128.store(to + k, v128.load(source + k));
    source += bytes;
  }
}
