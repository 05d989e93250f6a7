/** target += source, which is left 0; a multiple of 16 floats. */
export function moveSum(target: usize, source: usize, floats: i32): void {
  const zero = f32x4.splat(0);
  const bytes = <usize>floats << 2;
  for (let k: usize = 0; k < bytes; k += 64) {
    const to = target + k;
    const from = source + k;
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    v128.store(to, f32x4.add(v128.load(to, 16), v128.load(from, 16)), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), v128.load(from, 32)), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), v128.load(from, 48)), 48);
    v128.store(from, zero);
    v128.store(from, zero, 16);
    v128.store(from, zero, 32);
    v128.store(from, zero, 48);
  }
}
