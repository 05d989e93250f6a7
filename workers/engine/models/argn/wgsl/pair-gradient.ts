import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/** dE = dT · Wᵀ and dW = Eᵀ · dT, four numbers per lane; pairs that no row used get 0. */
export const PAIR_GRADIENT: Kernel = {
  name: 'pairGradient',
  bindings: [
    read('model', 'u32'),
    read('batch', 'u32'),
    read('weights', 'vec4f'),
    read('tableGradients', 'vec4f'),
    write('gradient', 'vec4f'),
  ],
  code: `
fn embeddingGradient(pair: u32, item: u32) {
  let i = inputOf(pair);
  let width = embeddingWidth(i) / 4u;
  if (item >= cardinality(i) * width) { return; }
  let quads = hiddenUnits(targetOf(pair)) / 4u;
  let size = dimension(i);
  let k = (item % width) * 4u;
  let table = tableOf(pair) / 4u + (item / width) * quads;
  let projection = projectionOf(pair) / 4u;
  var sum = vec4f(0.0);
  if (batch[c.usedAt + pair] != 0u) {
    for (var quad = 0u; quad < quads; quad++) {
      let t = tableGradients[table + quad];
      for (var m = 0u; m < 4u; m++) {
        if (k + m < size) { sum[m] += dot(t, weights[projection + (k + m) * quads + quad]); }
      }
    }
  }
  gradient[embeddingOf(pair) / 4u + item] = sum;
}

fn projectionGradient(pair: u32, item: u32) {
  let i = inputOf(pair);
  let quads = hiddenUnits(targetOf(pair)) / 4u;
  if (item >= dimension(i) * quads) { return; }
  let k = item / quads;
  let width = embeddingWidth(i) / 4u;
  let codes = cardinality(i);
  var table = tableOf(pair) / 4u + item % quads;
  var embedding = embeddingOf(pair) / 4u + (k >> 2u);
  var sum = vec4f(0.0);
  if (batch[c.usedAt + pair] != 0u) {
    for (var code = 0u; code < codes; code++) {
      sum += weights[embedding][k & 3u] * tableGradients[table];
      table += quads;
      embedding += width;
    }
  }
  gradient[projectionOf(pair) / 4u + item] = sum;
}

@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  if (group >= c.jobCount) { return; }
  let pair = jobWord(group, 0u);
  let first = jobWord(group, 1u);
  if ((first >> 31u) == 0u) {
    embeddingGradient(pair, first + lane);
  } else {
    projectionGradient(pair, (first & 0x7fffffffu) + lane);
  }
}`,
};
