import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';
import { ADD_MEMBERS } from './members';

/** Lanes that share a tile of 16 × 4 rows, each with a quarter of the codes. */
const SPLITS = 4;
const LANES = 16 * SPLITS;

/** Adds |Vp − V_n|² of four codes n to `squares`, written out so that they stay in registers. */
function distances(): string {
  return ['x', 'y', 'z', 'w']
    .map(
      (code, k) =>
        `      let d${k} = select(vec4f(0.0), back - c.dropScale * v.${code}, open);\n      squares[${k}] += d${k} * d${k};`,
    )
    .join('\n');
}

/**
 * The factor of each row and target, and the gradients of logits and hidden units times it (docs/dp-sgd.md, The norm of a
 * row). Takes p where the logits of the first softmax were, and Vp, masked, as the gradient of the hidden units. The
 * largest norm is that over all codes the row could have; a second softmax counts with its worst row. Pads and rows of
 * numbers that broke become 0. A lane has 4 rows and every fourth code or unit.
 */
export const CLIP: Kernel = {
  name: 'clip',
  bindings: [
    read('model', 'u32'),
    read('batch', 'u32'),
    read('weights', 'vec4f'),
    read('inputs', 'u32'),
    read('bounds'),
    write('hidden', 'vec4f'),
    write('logits', 'vec4f'),
    write('hiddenGradient', 'vec4f'),
  ],
  code: `
${ADD_MEMBERS}

var<workgroup> tops: array<u32, ${4 * LANES}>;

// Numbers at least as large, infinite and broken ones among them.
const BROKEN = 0x7f000000u;

struct Rows {
  // Codes, or classes.
  labels: vec4u,
  keys: vec4u,
  real: vec4<bool>,
}

fn rowsOf(j: u32, rowQuad: u32) -> Rows {
  var rows: Rows;
  for (var r = 0u; r < 4u; r++) {
    let row = 4u * rowQuad + r;
    let word = inputs[j * c.codeStride + row];
    rows.labels[r] = word & 0xffffu;
    if (classCount(j) > 0u) { rows.labels[r] = classOf(j, word & 0xffffu); }
    rows.keys[r] = word >> 16u;
    rows.real[r] = false;
    if (row < c.rows) { rows.real[r] = batch[c.rowsAt + row] != NONE; }
  }
  return rows;
}

fn visibleInputs(j: u32, rowQuad: u32, keys: vec4u) -> vec4f {
  var visible = vec4f(0.0);
  let end = firstPair(j) + inputCount(j);
  for (var pair = firstPair(j); pair < end; pair++) {
    let at = inputOf(pair) * c.codeStride + 4u * rowQuad;
    let others = vec4u(inputs[at], inputs[at + 1u], inputs[at + 2u], inputs[at + 3u]) >> vec4u(16u);
    visible += select(vec4f(0.0), vec4f(1.0), others < keys);
  }
  return visible;
}

// Bits of the largest squared norm over every ${SPLITS}th quad of codes: ordered as the numbers, those that broke last.
fn largestNorms(j: u32, rowQuad: u32, split: u32, keys: vec4u) -> vec4u {
  let rowQuads = c.stride / 4u;
  let codeQuads = outputWidth(j) / 4u;
  let units = hiddenUnits(j);
  let hasClasses = classCount(j) > 0u;
  let codes = select(cardinality(j), classCount(j), hasClasses);
  let second = select(0.0, 2.0, hasClasses);
  let column = second * c.dropScale * bounds[2u * j + 1u];
  let unitsAt = hiddenAt(j) * rowQuads + rowQuad;
  let logitsAt = logitAt(j) * rowQuads + rowQuad;
  var length = vec4f(1.0);
  for (var unit = 0u; unit < units; unit++) {
    let h = hidden[unitsAt + unit * rowQuads];
    length += h * h;
  }
  var square = vec4f(1.0 + second);
  for (var code = 0u; code < codes; code++) {
    let p = logits[logitsAt + code * rowQuads];
    square += p * p;
  }
  let reach = 1.0 + bounds[2u * j] * visibleInputs(j, rowQuad, keys);
  var top = vec4u(0u);
  for (var codeQuad = split; 4u * codeQuad < codes; codeQuad += ${SPLITS}u) {
    var squares = array<vec4f, 4>();
    for (var unit = 0u; unit < units; unit++) {
      let at = unitsAt + unit * rowQuads;
      let open = hidden[at] > vec4f(0.0);
      let back = hiddenGradient[at];
      let v = weights[outputOf(j) / 4u + unit * codeQuads + codeQuad];
${distances()}
    }
    for (var k = 0u; k < min(4u, codes - 4u * codeQuad); k++) {
      let p = logits[logitsAt + (4u * codeQuad + k) * rowQuads];
      let back = sqrt(squares[k]) + column;
      let norm = (square - 2.0 * p) * length + back * back * reach;
      top = max(top, bitcast<vec4u>(norm) & vec4u(0x7fffffffu));
    }
  }
  return top;
}

fn factorsOf(top: vec4u, real: vec4<bool>) -> vec4f {
  let counts = real & (top < vec4u(BROKEN));
  let norm = 1.00001 * bitcast<vec4f>(select(vec4u(0u), top, counts));
  let factor = select(vec4f(1.0), vec4f(c.clip) / sqrt(norm), norm > vec4f(c.clip * c.clip));
  return select(vec4f(0.0), factor, counts);
}

fn isFinite(x: vec4f) -> vec4<bool> {
  return (bitcast<vec4u>(x) & vec4u(0x7fffffffu)) < vec4u(0x7f800000u);
}

fn scaleLogits(j: u32, rowQuad: u32, split: u32, labels: vec4u, factor: vec4f) {
  let rowQuads = c.stride / 4u;
  for (var code = split; code < logitWidth(j); code += ${SPLITS}u) {
    let at = (logitAt(j) + code) * rowQuads + rowQuad;
    let d = logits[at] - select(vec4f(0.0), vec4f(1.0), labels == vec4u(code));
    logits[at] = select(vec4f(0.0), factor * d, (factor > vec4f(0.0)) & isFinite(d));
  }
}

// V of four units and of each row's code, or class.
fn ownColumn(at: u32, labels: vec4u) -> vec4f {
  var v: vec4f;
  for (var r = 0u; r < 4u; r++) { v[r] = weights[at + labels[r] / 4u][labels[r] & 3u]; }
  return v;
}

fn scaleUnits(j: u32, rowQuad: u32, split: u32, labels: vec4u, factor: vec4f) {
  let rowQuads = c.stride / 4u;
  let codeQuads = outputWidth(j) / 4u;
  let keeps = factor > vec4f(0.0);
  for (var unit = 4u * split; unit < hiddenUnits(j); unit += ${4 * SPLITS}u) {
    let output = outputOf(j) / 4u + unit * codeQuads;
    var members = array<vec4f, 4>();
    if (classCount(j) > 0u) { addMembers(j, rowQuad, output, &members); }
    for (var k = 0u; k < 4u; k++) {
      let at = (hiddenAt(j) + unit + k) * rowQuads + rowQuad;
      let own = c.dropScale * ownColumn(output + k * codeQuads, labels);
      let delta = factor * (hiddenGradient[at] - own) + c.dropScale * members[k];
      let open = keeps & (hidden[at] > vec4f(0.0));
      hiddenGradient[at] = select(vec4f(0.0), delta, open);
      hidden[at] = select(vec4f(0.0), hidden[at], open);
    }
  }
}

@compute @workgroup_size(${LANES})
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  let tiles = (c.stride + 63u) / 64u;
  let j = group / tiles;
  if (j >= c.parts) { return; }
  let rowQuad = (group % tiles) * 16u + (lane & 15u);
  let split = lane >> 4u;
  let isInside = rowQuad < c.stride / 4u;
  var rows: Rows;
  if (isInside) {
    rows = rowsOf(j, rowQuad);
    let top = largestNorms(j, rowQuad, split, rows.keys);
    for (var r = 0u; r < 4u; r++) { tops[4u * lane + r] = top[r]; }
  }
  workgroupBarrier();
  var factor = vec4f(0.0);
  if (isInside) {
    var top = vec4u(0u);
    for (var s = 0u; s < ${SPLITS}u; s++) {
      let at = 4u * (16u * s + (lane & 15u));
      top = max(top, vec4u(tops[at], tops[at + 1u], tops[at + 2u], tops[at + 3u]));
    }
    factor = factorsOf(top, rows.real);
  }
  // Every lane has read p before any lane changes it, and members are read as they are then.
  storageBarrier();
  if (isInside) { scaleLogits(j, rowQuad, split, rows.labels, factor); }
  storageBarrier();
  if (isInside) { scaleUnits(j, rowQuad, split, rows.labels, factor); }
}`,
};
