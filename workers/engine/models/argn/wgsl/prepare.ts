import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/**
 * T_ij = E_ij · W_ij of all used pairs, one vec4 of hidden units per lane. The workgroups before the jobs gather the
 * batch: `inputs[i][row]` holds the code and, in the upper half, the visibility key (`visibility.ts`).
 */
export const PREPARE: Kernel = {
  name: 'prepare',
  bindings: [
    read('model', 'u32'),
    read('codes', 'u32'),
    read('batch', 'u32'),
    read('weights', 'vec4f'),
    write('tables', 'vec4f'),
    write('inputs', 'u32'),
  ],
  code: `
fn gather(item: u32) {
  let row = item % c.stride;
  let i = item / c.stride;
  if (i >= c.parts) { return; }
  var word = 0u;
  if (row < c.rows) {
    let source = batch[c.rowsAt + row];
    if (source != NONE) {
      let at = i * c.tableRows + source;
      let code = (codes[at >> 1u] >> (16u * (at & 1u))) & 0xffffu;
      word = code | (batch[c.keysAt + batch[c.ordersAt + row] * c.parts + i] << 16u);
    }
  }
  inputs[i * c.codeStride + row] = word;
}

@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  if (group < c.gatherGroups) {
    gather(group * 64u + lane);
    return;
  }
  let job = group - c.gatherGroups;
  if (job >= c.jobCount) { return; }
  let pair = jobWord(job, 0u);
  if (batch[c.usedAt + pair] == 0u) { return; }
  let i = inputOf(pair);
  let quads = hiddenUnits(targetOf(pair)) / 4u;
  let item = jobWord(job, 1u) + lane;
  if (item >= cardinality(i) * quads) { return; }
  let width = embeddingWidth(i) / 4u;
  let embedding = embeddingOf(pair) / 4u + (item / quads) * width;
  var projection = projectionOf(pair) / 4u + item % quads;
  let size = dimension(i);
  var sum = vec4f(0.0);
  for (var k = 0u; k < size; k++) {
    sum += weights[embedding + (k >> 2u)][k & 3u] * weights[projection];
    projection += quads;
  }
  tables[tableOf(pair) / 4u + item] = sum;
}`,
};
