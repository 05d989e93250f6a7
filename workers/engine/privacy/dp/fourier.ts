/**
 * Discrete Fourier transform in place (Cooley & Tukey 1965, radix 2), without scaling.
 * @param real [size], a power of two
 * @param sign −1 forward, 1 backward
 */
export function transform(real: Float64Array, imaginary: Float64Array, sign: -1 | 1): void {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j]!, real[i]!];
      [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
    }
  }
  // Roots of unity from sines of their own: products of roots would lose digits.
  const cosines = new Float64Array(size >> 1);
  const sines = new Float64Array(size >> 1);
  for (let k = 0; k < size >> 1; k++) {
    cosines[k] = Math.cos((2 * Math.PI * k) / size);
    sines[k] = sign * Math.sin((2 * Math.PI * k) / size);
  }
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const [a, b] = [start + k, start + k + half];
        const c = cosines[k * stride]!;
        const s = sines[k * stride]!;
        const re = real[b]! * c - imaginary[b]! * s;
        const im = real[b]! * s + imaginary[b]! * c;
        real[b] = real[a]! - re;
        imaginary[b] = imaginary[a]! - im;
        real[a]! += re;
        imaginary[a]! += im;
      }
    }
  }
}
