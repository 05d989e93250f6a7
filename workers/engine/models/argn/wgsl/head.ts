import { HEAD_KIND } from '../webgpu/workgroup-jobs';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

const LANES = 64;

/** Adds 16 products of 4 units and 4 codes to `sums`, written out so that they stay in registers. */
function products(): string {
  return Array.from({ length: 16 }, (_, k) => `sums[${k}] += dot(h${k >> 2}, l${k & 3});`).join('\n      ');
}

/**
 * dV = hᵀ · dlogits, db, dc and the loss, which are sums over rows. A workgroup computes 16 of them: its 64 lanes share
 * the rows and are added up in one fixed order. Covers the first softmax's columns of V and c; `members.ts`
 * covers those of members.
 */
export const HEAD: Kernel = {
  name: 'head',
  bindings: [
    read('model', 'u32'),
    read('hidden', 'vec4f'),
    read('logits', 'vec4f'),
    read('hiddenGradient', 'vec4f'),
    read('lossRows'),
    write('gradient'),
    write('losses'),
  ],
  code: `
var<workgroup> partial: array<f32, ${16 * LANES}>;

@compute @workgroup_size(${LANES})
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  if (group >= c.jobCount) { return; }
  let first = jobWord(group, 0u);
  let tile = jobWord(group, 1u);
  let j = first & 0xffffu;
  let kind = first >> 16u;
  let rowQuads = c.stride / 4u;
  let codeQuads = firstWidth(j) / 4u;
  let unitQuad = tile / codeQuads;
  let codeQuad = tile % codeQuads;
  var sums = array<f32, 16>();
  if (kind == ${HEAD_KIND.output}u) {
    let units = (hiddenAt(j) + 4u * unitQuad) * rowQuads;
    let codes = (logitAt(j) + 4u * codeQuad) * rowQuads;
    for (var quad = lane; quad < rowQuads; quad += ${LANES}u) {
      let h0 = hidden[units + quad];
      let h1 = hidden[units + rowQuads + quad];
      let h2 = hidden[units + 2u * rowQuads + quad];
      let h3 = hidden[units + 3u * rowQuads + quad];
      let l0 = logits[codes + quad];
      let l1 = logits[codes + rowQuads + quad];
      let l2 = logits[codes + 2u * rowQuads + quad];
      let l3 = logits[codes + 3u * rowQuads + quad];
      ${products()}
    }
  } else if (kind == ${HEAD_KIND.bias}u) {
    let count = min(16u, hiddenUnits(j) - 16u * tile);
    for (var k = 0u; k < count; k++) {
      let source = (hiddenAt(j) + 16u * tile + k) * rowQuads;
      for (var quad = lane; quad < rowQuads; quad += ${LANES}u) {
        sums[k] += dot(hiddenGradient[source + quad], vec4f(1.0));
      }
    }
  } else if (kind == ${HEAD_KIND.outputBias}u) {
    let count = min(16u, firstWidth(j) - 16u * tile);
    for (var k = 0u; k < count; k++) {
      let source = (logitAt(j) + 16u * tile + k) * rowQuads;
      for (var quad = lane; quad < rowQuads; quad += ${LANES}u) {
        sums[k] += dot(logits[source + quad], vec4f(1.0));
      }
    }
  } else {
    for (var row = lane; row < c.stride; row += ${LANES}u) { sums[0] += lossRows[j * c.stride + row]; }
  }
  for (var k = 0u; k < 16u; k++) { partial[k * ${LANES}u + lane] = sums[k]; }
  workgroupBarrier();
  if (lane >= 16u) { return; }
  var total = 0.0;
  for (var k = 0u; k < ${LANES}u; k++) { total += partial[lane * ${LANES}u + k]; }
  if (kind == ${HEAD_KIND.output}u) {
    gradient[outputOf(j) + (4u * unitQuad + (lane >> 2u)) * outputWidth(j) + 4u * codeQuad + (lane & 3u)] = total;
  } else if (kind == ${HEAD_KIND.bias}u) {
    let unit = 16u * tile + lane;
    if (unit < hiddenUnits(j)) { gradient[biasOf(j) + unit] = total; }
  } else if (kind == ${HEAD_KIND.outputBias}u) {
    let code = 16u * tile + lane;
    if (code < firstWidth(j)) { gradient[outputBiasOf(j) + code] = total; }
  } else if (lane == 0u) {
    losses[c.lossAt + j] = total * c.inverseReal;
  }
}`,
};
