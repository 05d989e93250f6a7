/** target[column][row] = source[row][column]; strides in bytes; `columns` is a multiple of 4. */
export function transpose(
  source: usize,
  sourceStride: usize,
  target: usize,
  targetStride: usize,
  rows: i32,
  columns: i32,
): void {
  const blocks = rows & ~3;
  for (let column = 0; column < columns; column += 4) {
    const from = source + (<usize>column << 2);
    const to = target + <usize>column * targetStride;
    for (let row = 0; row < blocks; row += 4) {
      let p = from + <usize>row * sourceStride;
      const a = v128.load(p);
      p += sourceStride;
      const b = v128.load(p);
      p += sourceStride;
      const c = v128.load(p);
      p += sourceStride;
      const d = v128.load(p);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      let q = to + (<usize>row << 2);
      v128.store(q, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
      q += targetStride;
      v128.store(q, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
      q += targetStride;
      v128.store(q, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5));
      q += targetStride;
      v128.store(q, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7));
    }
    for (let row = blocks; row < rows; row++) {
      let p = from + <usize>row * sourceStride;
      let q = to + (<usize>row << 2);
      for (let k = 0; k < 4; k++) {
        store<f32>(q, load<f32>(p));
        p += 4;
        q += targetStride;
      }
    }
  }
}
