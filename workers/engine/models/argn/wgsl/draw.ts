import { EXPONENT_CUTOFF } from '../network/numerics';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/** Bits of `mode`. */
export const DRAW_MODE = {
  /** Logits become masses: bias, temperature, nucleus. */
  shape: 1,
  /** Temperature 0: all mass on the most likely code. */
  coldest: 2,
  /** Expected codes into `expected`. */
  expect: 4,
  /** Codes into `inputs`. */
  draw: 8,
  /** Members of the classes drawn before are drawn, not classes (nor codes of a target without classes). */
  members: 16,
} as const;

/**
 * From logits to codes, one row per lane (semantics: `reference/draw.ts`). The nucleus needs no sorting: the smallest
 * mass kept is bisected over the bits of f32, which sort like integers for positive numbers. With classes the kernel
 * runs twice: `inputs` first receives the first code of the drawn class, then the code.
 */
export const DRAW: Kernel = {
  name: 'draw',
  bindings: [
    read('model', 'u32'),
    read('auxiliary'),
    write('inputs', 'u32'),
    write('logits'),
    write('expected'),
  ],
  code: `
fn massAbove(at: u32, codes: u32, bound: f32) -> f32 {
  var sum = 0.0;
  for (var code = 0u; code < codes; code++) {
    let mass = logits[at + code * c.stride];
    sum += select(0.0, mass, mass > bound);
  }
  return sum;
}

fn keepNucleus(at: u32, codes: u32, wanted: f32) {
  var low = 0u;
  var high = 0x3f800000u;
  while (low < high) {
    let middle = (low + high) / 2u;
    if (massAbove(at, codes, bitcast<f32>(middle)) < wanted) { high = middle; } else { low = middle + 1u; }
  }
  let edge = bitcast<f32>(low);
  var reached = massAbove(at, codes, edge);
  for (var code = 0u; code < codes; code++) {
    let index = at + code * c.stride;
    let mass = logits[index];
    if (mass > edge) { continue; }
    if (mass < edge || reached >= wanted) { logits[index] = 0.0; }
    if (mass == edge) { reached += mass; }
  }
}

// If there are biases, that of code 0 is at bias.
fn shape(at: u32, codes: u32, bias: u32) {
  var top = -3.0e38;
  var best = 0u;
  for (var code = 0u; code < codes; code++) {
    let index = at + code * c.stride;
    var logit = logits[index];
    if (c.biasAt != NONE) { logit += auxiliary[bias + code]; }
    logit *= c.logitScale;
    logits[index] = logit;
    if (logit > top) {
      top = logit;
      best = code;
    }
  }
  let coldest = (c.mode & ${DRAW_MODE.coldest}u) != 0u;
  var sum = 0.0;
  for (var code = 0u; code < codes; code++) {
    let index = at + code * c.stride;
    let x = logits[index] - top;
    var mass = select(exp(x), 0.0, x < ${EXPONENT_CUTOFF}.0);
    if (coldest) { mass = select(0.0, 1.0, code == best); }
    logits[index] = mass;
    sum += mass;
  }
  if (c.topP < 1.0 && !coldest) { keepNucleus(at, codes, c.topP * sum); }
}

fn drawCode(at: u32, codes: u32, u: f32) -> u32 {
  let goal = u * massAbove(at, codes, 0.0);
  var reached = 0.0;
  var last = 0u;
  for (var code = 0u; code < codes; code++) {
    let mass = logits[at + code * c.stride];
    if (mass == 0.0) { continue; }
    reached += mass;
    last = code;
    if (reached > goal) { break; }
  }
  return last;
}

// One softmax, of which code 0 stands for the code start. Returns the code drawn, or 0 where none is to be.
fn draw(row: u32, at: u32, codes: u32, bias: u32, start: u32, stream: u32) -> u32 {
  let index = c.codeFirst + row;
  if ((c.mode & ${DRAW_MODE.shape}u) != 0u) { shape(at, codes, bias); }
  if ((c.mode & ${DRAW_MODE.expect}u) != 0u) {
    var sum = 0.0;
    var total = 0.0;
    for (var code = 0u; code < codes; code++) {
      let mass = logits[at + code * c.stride];
      sum += mass * f32(code);
      total += mass;
    }
    expected[index] = f32(start) + sum / total;
  }
  if ((c.mode & ${DRAW_MODE.draw}u) == 0u) { return 0u; }
  // A product with 2^-24 is exact, a quotient need not be: WGSL allows it 2.5 ULP, and u must stay below 1.
  var u = f32(hash(c.seed, c.row0 + index, stream) >> 8u) * ${2 ** -24};
  if (c.uniformsAt != NONE) { u = auxiliary[c.uniformsAt + index]; }
  return drawCode(at, codes, u);
}

@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let row = (${GROUP}) * 64u + lane;
  if (row >= c.rows) { return; }
  let j = c.part;
  let at = logitAt(j) * c.stride + row;
  let word = j * c.codeStride + c.codeFirst + row;
  let classes = classCount(j);
  var code = inputs[word] & 0xffffu;
  if ((c.mode & ${DRAW_MODE.members}u) != 0u) {
    let k = classOf(j, code);
    let start = classStart(j, k);
    let size = classSize(j, k);
    if (size == 1u) {
      if ((c.mode & ${DRAW_MODE.expect}u) != 0u) { expected[c.codeFirst + row] = f32(start); }
      return;
    }
    code = start + draw(row, at + firstWidth(j) * c.stride, size, c.biasAt + start, start, c.parts + j);
  } else if (classes > 0u) {
    code = classStart(j, draw(row, at, classes, c.biasAt, 0u, j));
  } else {
    code = draw(row, at, cardinality(j), c.biasAt, 0u, j);
  }
  if ((c.mode & ${DRAW_MODE.draw}u) != 0u) { inputs[word] = (inputs[word] & 0xffff0000u) | code; }
}`,
};
