/** The second level of a softmax in WGSL: what the kernels of logits, loss and hidden units add for members. */
import { MEMBER_TILE, MEMBER_UNITS } from '../webgpu/workgroup-jobs';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/** Value of `mode`: compute losses only and leave the logits as they are. */
export const LOSS_ONLY = 1;
/** Value of `mode`: p instead of p − y of the first softmax, and its part alone of the gradient of the hidden units. */
export const CLIPPED = 2;

/** For `softmax`: loss and gradient of a row of a target with classes. Calls `softmax` and `clear`. */
export const LOSS_OF_CLASSES = `fn ofClasses(j: u32, at: u32, code: u32) -> f32 {
  let k = classOf(j, code);
  let loss = softmax(at, classCount(j), firstWidth(j), k, firstHot());
  let members = at + firstWidth(j) * c.stride;
  let width = logitWidth(j) - firstWidth(j);
  let size = classSize(j, k);
  if (size > 1u) { return loss + softmax(members, size, width, code - classStart(j, k), c.inverseReal); }
  if (c.mode != ${LOSS_ONLY}u) { clear(members, 0u, width); }
  return loss;
}`;

/** For `logits`: those of the members of each row's class. */
export const MEMBER_LOGITS = `/** Per row, the quad of V's columns that holds a quad of members; the first where the row's class has no such members. */
fn columnQuads(j: u32, rowQuad: u32, quad: u32) -> vec4u {
  var columns = vec4u(0u);
  for (var r = 0u; r < 4u; r++) {
    let k = classOf(j, inputs[j * c.codeStride + c.codeFirst + 4u * rowQuad + r] & 0xffffu);
    let size = classSize(j, k);
    if (size > 1u && 4u * quad < size) { columns[r] = classColumn(j, k) / 4u + quad; }
  }
  return columns;
}

fn membersOfClass(j: u32, rowQuad: u32, quad: u32) {
  let columns = columnQuads(j, rowQuad, quad);
  if (all(columns == vec4u(0u))) { return; }
  let rowQuads = c.stride / 4u;
  let codeQuads = outputWidth(j) / 4u;
  let biases = vec4u(outputBiasOf(j) / 4u) + columns;
  var a = weights[biases.x];
  var b = weights[biases.y];
  var d = weights[biases.z];
  var e = weights[biases.w];
  let units = hiddenUnits(j);
  var source = hiddenAt(j) * rowQuads + rowQuad;
  var weight = vec4u(outputOf(j) / 4u) + columns;
  for (var unit = 0u; unit < units; unit++) {
    let h = hidden[source];
    a += h.x * weights[weight.x];
    b += h.y * weights[weight.y];
    d += h.z * weights[weight.z];
    e += h.w * weights[weight.w];
    source += rowQuads;
    weight += vec4u(codeQuads);
  }
  let at = (logitAt(j) + firstWidth(j) + 4u * quad) * rowQuads + rowQuad;
  logits[at] = vec4f(a.x, b.x, d.x, e.x);
  logits[at + rowQuads] = vec4f(a.y, b.y, d.y, e.y);
  logits[at + 2u * rowQuads] = vec4f(a.z, b.z, d.z, e.z);
  logits[at + 3u * rowQuads] = vec4f(a.w, b.w, d.w, e.w);
}`;

/** Adds the products of one row's members; row and units are written out so that the sums stay in registers. */
function membersOfRow(r: number): string {
  const lane = 'xyzw'[r];
  const units = Array.from(
    { length: 4 },
    (_, k) => `      (*sums)[${k}].${lane} += dot(weights[at${r} + ${k}u * codeQuads], l);`,
  );
  return `    if (quad < quads.${lane}) {
      let at${r} = columns.${lane} + quad;
      let l = vec4f(a.${lane}, b.${lane}, d.${lane}, e.${lane});
${units.join('\n')}
    }`;
}

/** For `hiddenGradient`: adds the products of each row's members. */
export const ADD_MEMBERS = `fn addMembers(j: u32, rowQuad: u32, output: u32, sums: ptr<function, array<vec4f, 4>>) {
  let rowQuads = c.stride / 4u;
  let codeQuads = outputWidth(j) / 4u;
  var columns = vec4u(output);
  var quads = vec4u(0u);
  for (var r = 0u; r < 4u; r++) {
    let k = classOf(j, inputs[j * c.codeStride + 4u * rowQuad + r] & 0xffffu);
    let size = classSize(j, k);
    columns[r] += classColumn(j, k) / 4u;
    quads[r] = select(0u, (size + 3u) / 4u, size > 1u);
  }
  let largest = max(max(quads.x, quads.y), max(quads.z, quads.w));
  var source = (logitAt(j) + firstWidth(j)) * rowQuads + rowQuad;
  for (var quad = 0u; quad < largest; quad++) {
    let a = logits[source];
    let b = logits[source + rowQuads];
    let d = logits[source + 2u * rowQuads];
    let e = logits[source + 3u * rowQuads];
${[0, 1, 2, 3].map(membersOfRow).join('\n')}
    source += 4u * rowQuads;
  }
}`;

const LANES = MEMBER_UNITS;
/** Rows scanned before the rows found are added: 32 per lane, one bit each. */
const SCANNED = 32 * LANES;

/** One statement per quad of a tile of members. */
function quads(statement: (quad: number) => string): string {
  return Array.from({ length: MEMBER_TILE / 4 }, (_, quad) => statement(quad)).join('\n');
}

/** Adds one row's products of a unit and the members to `sum0` … `sum3`, written out so that they stay in registers. */
function products(quad: number): string {
  const values = [0, 1, 2, 3].map((k) => `logits[at + ${4 * quad + k}u * rowQuads][row & 3u]`);
  return `if (${quad}u < quads) { sum${quad} += h * vec4f(${values.join(', ')}); }`;
}

/**
 * dV = hᵀ · dlogits and dc in the columns of one class's members, to which only rows of that class contribute. A lane
 * is a unit (or the output bias, as a unit that is always 1) by 16 members. A scan finds the rows, and every lane
 * adds them in their order.
 */
export const MEMBER_GRADIENT: Kernel = {
  name: 'memberGradient',
  bindings: [
    read('model', 'u32'),
    read('inputs', 'u32'),
    read('hidden', 'vec4f'),
    read('logits', 'vec4f'),
    write('gradient', 'vec4f'),
  ],
  code: `
var<workgroup> found: array<u32, ${LANES}>;

// 32 rows from the first: a bit for each whose code is one of class k.
fn rowsOfClass(j: u32, k: u32, first: u32) -> u32 {
  let start = classStart(j, k);
  let size = classSize(j, k);
  let count = min(32u, c.stride - min(c.stride, first));
  var bits = 0u;
  for (var bit = 0u; bit < count; bit++) {
    let code = inputs[j * c.codeStride + first + bit] & 0xffffu;
    bits |= select(0u, 1u << bit, code - start < size);
  }
  return bits;
}

@compute @workgroup_size(${LANES})
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  if (group >= c.jobCount) { return; }
  let unitsAndTarget = jobWord(group, 0u);
  let tileAndClass = jobWord(group, 1u);
  let j = unitsAndTarget & 0xffffu;
  let k = tileAndClass & 0xffffu;
  let unit = (unitsAndTarget >> 16u) * ${MEMBER_UNITS}u + lane;
  let firstMember = (tileAndClass >> 16u) * ${MEMBER_TILE}u;
  let units = hiddenUnits(j);
  let quads = min(${MEMBER_TILE / 4}u, (classSize(j, k) - firstMember + 3u) / 4u);
  let rowQuads = c.stride / 4u;
  let members = (logitAt(j) + firstWidth(j) + firstMember) * rowQuads;
  let source = (hiddenAt(j) + min(unit, units - 1u)) * rowQuads;
${quads((quad) => `  var sum${quad} = vec4f(0.0);`)}
  for (var first = 0u; first < c.stride; first += ${SCANNED}u) {
    found[lane] = rowsOfClass(j, k, first + 32u * lane);
    workgroupBarrier();
    let words = min(${LANES}u, (c.stride - first + 31u) / 32u);
    for (var word = 0u; word < words; word++) {
      var left = found[word];
      while (left != 0u) {
        let row = first + 32u * word + firstTrailingBit(left);
        left &= left - 1u;
        let at = members + row / 4u;
        let h = select(hidden[source + row / 4u][row & 3u], 1.0, unit == units);
${quads((quad) => `        ${products(quad)}`)}
      }
    }
    workgroupBarrier();
  }
  if (unit > units) { return; }
  let start = select(outputOf(j) + unit * outputWidth(j), outputBiasOf(j), unit == units);
  let to = (start + classColumn(j, k) + firstMember) / 4u;
${quads((quad) => `  if (${quad}u < quads) { gradient[to + ${quad}u] = sum${quad}; }`)}
}`,
};
