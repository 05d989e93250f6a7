import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';
import { ADD_MEMBERS, CLIPPED } from './members';

/**
 * dh = dlogits · Vᵀ where the unit was positive and kept. A lane is a register tile of 4 rows × 4 units. With classes,
 * each row adds the products of the members of its own class.
 */
export const HIDDEN_GRADIENT: Kernel = {
  name: 'hiddenGradient',
  bindings: [
    read('model', 'u32'),
    read('weights', 'vec4f'),
    read('hidden', 'vec4f'),
    read('logits', 'vec4f'),
    read('inputs', 'u32'),
    write('hiddenGradient', 'vec4f'),
  ],
  code: `
${ADD_MEMBERS}

@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  let rowQuads = c.stride / 4u;
  let tiles = (c.stride + 63u) / 64u;
  let job = group / tiles;
  let rowQuad = (group % tiles) * 16u + (lane & 15u);
  if (job >= c.jobCount || rowQuad >= rowQuads) { return; }
  let j = jobWord(job, 0u);
  let unit = (jobWord(job, 1u) * 4u + (lane >> 4u)) * 4u;
  if (unit >= hiddenUnits(j)) { return; }
  let codeQuads = outputWidth(j) / 4u;
  let firstQuads = firstWidth(j) / 4u;
  let output = outputOf(j) / 4u + unit * codeQuads;
  var source = logitAt(j) * rowQuads + rowQuad;
  var sums = array<vec4f, 4>();
  for (var quad = 0u; quad < firstQuads; quad++) {
    let a = logits[source];
    let b = logits[source + rowQuads];
    let d = logits[source + 2u * rowQuads];
    let e = logits[source + 3u * rowQuads];
    for (var k = 0u; k < 4u; k++) {
      let v = weights[output + k * codeQuads + quad];
      sums[k] += v.x * a + v.y * b + v.z * d + v.w * e;
    }
    source += 4u * rowQuads;
  }
  if (classCount(j) > 0u && c.mode != ${CLIPPED}u) { addMembers(j, rowQuad, output, &sums); }
  for (var k = 0u; k < 4u; k++) {
    let at = (hiddenAt(j) + unit + k) * rowQuads + rowQuad;
    hiddenGradient[at] = select(vec4f(0.0), sums[k] * c.dropScale, hidden[at] > vec4f(0.0));
  }
}`,
};
