import { LOGIT_KIND } from '../webgpu/workgroup-jobs';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/**
 * logits = h · V + c. A lane is a register tile of 4 rows × 4 codes, a workgroup 64 rows × 16 codes. Of members, only
 * those of each row's own class are computed, so the rows of a tile read different columns of V.
 */
export const LOGITS: Kernel = {
  name: 'logits',
  bindings: [
    read('model', 'u32'),
    read('weights', 'vec4f'),
    read('hidden', 'vec4f'),
    read('inputs', 'u32'),
    write('logits', 'vec4f'),
  ],
  code: `
fn firstSoftmax(j: u32, rowQuad: u32, codeQuad: u32) {
  if (codeQuad >= firstWidth(j) / 4u) { return; }
  let rowQuads = c.stride / 4u;
  let codeQuads = outputWidth(j) / 4u;
  let bias = weights[outputBiasOf(j) / 4u + codeQuad];
  var a = vec4f(bias.x);
  var b = vec4f(bias.y);
  var d = vec4f(bias.z);
  var e = vec4f(bias.w);
  let units = hiddenUnits(j);
  var source = hiddenAt(j) * rowQuads + rowQuad;
  var weight = outputOf(j) / 4u + codeQuad;
  for (var unit = 0u; unit < units; unit++) {
    let h = hidden[source];
    let v = weights[weight];
    a += v.x * h;
    b += v.y * h;
    d += v.z * h;
    e += v.w * h;
    source += rowQuads;
    weight += codeQuads;
  }
  let at = (logitAt(j) + 4u * codeQuad) * rowQuads + rowQuad;
  logits[at] = a;
  logits[at + rowQuads] = b;
  logits[at + 2u * rowQuads] = d;
  logits[at + 3u * rowQuads] = e;
}

/** Per row, the quad of V's columns that holds a quad of members; the first where the row's class has no such members. */
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
}

@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  let tiles = (c.stride + 63u) / 64u;
  let job = group / tiles;
  let rowQuad = (group % tiles) * 16u + (lane & 15u);
  if (job >= c.jobCount || rowQuad >= c.stride / 4u) { return; }
  let word = jobWord(job, 0u);
  let j = word & 0xffffu;
  let quad = jobWord(job, 1u) * 4u + (lane >> 4u);
  if ((word >> 16u) == ${LOGIT_KIND.first}u) {
    firstSoftmax(j, rowQuad, quad);
  } else {
    membersOfClass(j, rowQuad, quad);
  }
}`,
};
