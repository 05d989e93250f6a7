import { LOGIT_KIND } from '../webgpu/workgroup-jobs';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';
import { MEMBER_LOGITS } from './members';

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

${MEMBER_LOGITS}

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
