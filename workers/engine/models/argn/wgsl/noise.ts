import { GRID_STEPS } from '../network/gradient-noise';
import { CHACHA, KEYSTREAM, TAIL } from '../network/keystream';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/** Quarter rounds of the four columns of a state of ChaCha20 at once. */
const KEYSTREAM_WORDS = `
struct Block { a: vec4u, b: vec4u, c: vec4u, d: vec4u }

fn rotate(x: vec4u, bits: u32) -> vec4u { return (x << vec4u(bits)) | (x >> vec4u(32u - bits)); }

fn quarters(state: Block) -> Block {
  var s = state;
  s.a += s.b; s.d = rotate(s.d ^ s.a, 16u);
  s.c += s.d; s.b = rotate(s.b ^ s.c, 12u);
  s.a += s.b; s.d = rotate(s.d ^ s.a, 8u);
  s.c += s.d; s.b = rotate(s.b ^ s.c, 7u);
  return s;
}

// 16 words of the keystream.
fn keystream(counter: u32, kind: u32) -> Block {
  let start = Block(vec4u(${CHACHA.map((word) => `${word}u`).join(', ')}), noiseKey[0], noiseKey[1], vec4u(counter, c.step, kind, 0u));
  var s = start;
  for (var round = 0u; round < 10u; round++) {
    s = quarters(s);
    s.b = s.b.yzwx; s.c = s.c.zwxy; s.d = s.d.wxyz;
    s = quarters(s);
    s.b = s.b.wxyz; s.c = s.c.zwxy; s.d = s.d.yzwx;
  }
  return Block(s.a + start.a, s.b + start.b, s.c + start.c, s.d + start.d);
}`;

/** Box & Muller 1958, by the polynomials of Cephes (\`logf\`, \`sinf\`, \`cosf\`): those built into WGSL may err by 2⁻¹¹. */
const NORMALS = `
// −2·ln u for u = (word + 1) / 2³², or for 64 bits of word and next where word is small.
fn squaredRadius(word: u32, next: u32) -> f32 {
  // u = f · 2^e
  var f = f32(word) + 1.0;
  var e = -32;
  if (word == 0u) {
    f = f32(next) + 0.5;
    e = -64;
  } else if (word < ${TAIL}u) {
    let zeros = countLeadingZeros(word);
    f = f32((word << zeros) | (next >> (32u - zeros)));
    e = -32 - i32(zeros);
  }
  let bits = bitcast<u32>(f);
  e += i32(bits >> 23u) - 126;
  var m = bitcast<f32>((bits & 0x007fffffu) | 0x3f000000u);
  if (m < 0.70710678) {
    e -= 1;
    m = m + m - 1.0;
  } else {
    m -= 1.0;
  }
  // Near 1 the distance to 1 is known to more digits than u.
  if (word >= 3037000498u) {
    e = 0;
    m = -2.3283064365386963e-10 * f32(~word);
  }
  var p = 7.0376836292e-2;
  p = p * m - 1.1514610310e-1;
  p = p * m + 1.1676998740e-1;
  p = p * m - 1.2420140846e-1;
  p = p * m + 1.4249322787e-1;
  p = p * m - 1.6668057665e-1;
  p = p * m + 2.0000714765e-1;
  p = p * m - 2.4999993993e-1;
  p = p * m + 3.3333331174e-1;
  let y = p * m * (m * m) - 2.12194440e-4 * f32(e) - 0.5 * m * m;
  return -2.0 * (m + y + 0.693359375 * f32(e));
}

struct Normals { cosines: vec4f, sines: vec4f }

// Eight normal numbers, in steps of the grid.
fn normals(words: vec4u, next: vec4u, angles: vec4u) -> Normals {
  var square: vec4f;
  for (var k = 0u; k < 4u; k++) { square[k] = squaredRadius(words[k], next[k]); }
  let radius = ${GRID_STEPS}.0 * sqrt(square);
  // The angle: the nearest quarter turn, and what is left, within an eighth of a turn.
  let quarter = (angles + vec4u(0x20000000u)) >> vec4u(30u);
  let x = 1.4629180792671596e-9 * vec4f(bitcast<vec4i>(angles - (quarter << vec4u(30u))));
  let q = x * x;
  let sine = x + x * q * ((-1.9515295891e-4 * q + 8.3321608736e-3) * q - 1.6666654611e-1);
  let cosine = 1.0 - 0.5 * q +
    q * q * ((2.443315711809948e-5 * q - 1.388731625493765e-3) * q + 4.166664568298827e-2);
  let odd = (quarter & vec4u(1u)) == vec4u(1u);
  let flipCosine = ((quarter + vec4u(1u)) & vec4u(2u)) == vec4u(2u);
  let flipSine = (quarter & vec4u(2u)) == vec4u(2u);
  let first = select(cosine, sine, odd);
  let other = select(sine, cosine, odd);
  return Normals(radius * select(first, -first, flipCosine), radius * select(other, -other, flipSine));
}`;

/**
 * The sum of clipped gradients becomes their noisy mean: rounded to the grid of the noise, plus a whole number of its
 * steps (docs/dp-sgd.md, Noise). Number k of the parameters has the k-th normal number of the step's keystream; a lane has
 * 16 of them, which are one block of ChaCha20. Pads get none.
 */
export const NOISE: Kernel = {
  name: 'noise',
  bindings: [
    read('model', 'u32'),
    read('noiseKey', 'vec4u'),
    read('pads', 'u32'),
    write('gradient', 'vec4f'),
  ],
  code: `
${KEYSTREAM_WORDS}
${NORMALS}

fn addNoise(at: u32, noise: vec4f) {
  let sum = gradient[at / 4u];
  let isFinite = (bitcast<vec4u>(sum) & vec4u(0x7fffffffu)) < vec4u(0x7f800000u);
  let steps = clamp(select(vec4f(0.0), sum, isFinite) * c.inverseGrid, vec4f(-1073741824.0), vec4f(1073741824.0));
  let total = vec4i(round(steps)) + vec4i(round(noise));
  let isPad = ((vec4u(pads[at / 32u]) >> (vec4u(at & 31u) + vec4u(0u, 1u, 2u, 3u))) & vec4u(1u)) == vec4u(1u);
  gradient[at / 4u] = select(c.noiseScale * vec4f(total), vec4f(0.0), isPad);
}

@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  if (group >= c.jobCount) { return; }
  // A job takes two entries of the list.
  let first = jobWord(2u * group, 0u);
  let end = jobWord(2u * group, 1u);
  let counter = first / 16u + lane;
  let at = 16u * counter;
  if (at >= end) { return; }
  var noise = array<vec4f, 4>();
  if (c.inverseGrid > 0.0) {
    let words = keystream(counter, ${KEYSTREAM.words}u);
    var tails: Block;
    if (any(words.a < vec4u(${TAIL}u)) || any(words.c < vec4u(${TAIL}u))) { tails = keystream(counter, ${KEYSTREAM.tails}u); }
    let low = normals(words.a, tails.a, words.b);
    let high = normals(words.c, tails.c, words.d);
    noise = array<vec4f, 4>(low.cosines, low.sines, high.cosines, high.sines);
  }
  for (var quad = 0u; quad < 4u; quad++) {
    let index = at + 4u * quad;
    if (index < first || index >= end) { continue; }
    if (c.inverseGrid > 0.0) {
      addNoise(index, noise[quad]);
    } else {
      gradient[index / 4u] *= c.noiseScale;
    }
  }
}`,
};
