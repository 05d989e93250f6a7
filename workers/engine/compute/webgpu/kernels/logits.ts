import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/** logits = h · V + c: a lane is a register tile of 4 rows × 4 codes, a workgroup 64 rows × 16 codes. */
export const LOGITS: Kernel = {
  name: 'logits',
  bindings: [
    read('model', 'u32'),
    read('weights', 'vec4f'),
    read('hidden', 'vec4f'),
    write('logits', 'vec4f'),
  ],
  code: `
@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  let rowQuads = c.stride / 4u;
  let tiles = (c.stride + 63u) / 64u;
  let job = group / tiles;
  let rowQuad = (group % tiles) * 16u + (lane & 15u);
  if (job >= c.jobCount || rowQuad >= rowQuads) { return; }
  let j = jobWord(job, 0u);
  let codeQuad = jobWord(job, 1u) * 4u + (lane >> 4u);
  let codeQuads = outputWidth(j) / 4u;
  if (codeQuad >= codeQuads) { return; }
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
}`,
};
