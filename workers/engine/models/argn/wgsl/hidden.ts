import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/** h = dropout(relu(b + Σ visible T)): a lane is one row, a workgroup 64 rows of four units of one target. */
export const HIDDEN: Kernel = {
  name: 'hidden',
  bindings: [
    read('model', 'u32'),
    read('batch', 'u32'),
    read('inputs', 'u32'),
    read('weights', 'vec4f'),
    read('tables', 'vec4f'),
    write('hidden'),
  ],
  code: `
@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  let tiles = (c.stride + 63u) / 64u;
  let job = group / tiles;
  let row = (group % tiles) * 64u + lane;
  if (job >= c.jobCount || row >= c.stride) { return; }
  let j = jobWord(job, 0u);
  let quad = jobWord(job, 1u);
  let quads = hiddenUnits(j) / 4u;
  let index = c.codeFirst + row;
  let own = inputs[j * c.codeStride + index] >> 16u;
  var units = weights[biasOf(j) / 4u + quad];
  let end = firstPair(j) + inputCount(j);
  for (var pair = firstPair(j); pair < end; pair++) {
    if (batch[c.usedAt + pair] == 0u) { continue; }
    let input = inputs[inputOf(pair) * c.codeStride + index];
    if ((input >> 16u) < own) {
      units += tables[tableOf(pair) / 4u + (input & 0xffffu) * quads + quad];
    }
  }
  units = max(units, vec4f(0.0));
  if (c.dropThreshold > 0u) {
    let word = pcg(pcg(hash(c.seed, c.step, j) + row) + quad);
    let bytes = (vec4u(word) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(0xffu);
    units = select(units * c.dropScale, vec4f(0.0), bytes < vec4u(c.dropThreshold));
  }
  let at = (hiddenAt(j) + 4u * quad) * c.stride + row;
  hidden[at] = units.x;
  hidden[at + c.stride] = units.y;
  hidden[at + 2u * c.stride] = units.z;
  hidden[at + 3u * c.stride] = units.w;
}`,
};
