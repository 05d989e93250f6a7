import { CODE_TILE, UNIT_TILE } from '../webgpu/workgroup-jobs';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

const LANES = 64;
const SPLITS = LANES / UNIT_TILE;

/**
 * dT_ij: each row adds its dh to the row of T it used. A private histogram (docs/kernels.md, WebGPU): a lane adds one
 * hidden unit of every fourth row to accumulators of its own, so sums need no atomics and have one order.
 */
export const TABLE_GRADIENT: Kernel = {
  name: 'tableGradient',
  bindings: [
    read('model', 'u32'),
    read('batch', 'u32'),
    read('inputs', 'u32'),
    read('hiddenGradient'),
    write('tableGradients'),
  ],
  code: `
var<workgroup> bins: array<f32, ${CODE_TILE * LANES}>;

@compute @workgroup_size(${LANES})
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  if (group >= c.jobCount) { return; }
  let pair = jobWord(group, 0u);
  if (batch[c.usedAt + pair] == 0u) { return; }
  let j = targetOf(pair);
  let i = inputOf(pair);
  let units = hiddenUnits(j);
  let unitTiles = (units + ${UNIT_TILE - 1}u) / ${UNIT_TILE}u;
  let tile = jobWord(group, 1u);
  let firstCode = (tile / unitTiles) * ${CODE_TILE}u;
  let unit = (tile % unitTiles) * ${UNIT_TILE}u + lane % ${UNIT_TILE}u;
  let split = lane / ${UNIT_TILE}u;
  for (var k = 0u; k < ${CODE_TILE}u; k++) { bins[k * ${LANES}u + lane] = 0.0; }
  if (unit < units) {
    let source = (hiddenAt(j) + unit) * c.stride;
    for (var row = split; row < c.stride; row += ${SPLITS}u) {
      let input = inputs[i * c.codeStride + row];
      let bin = (input & 0xffffu) - firstCode;
      if (bin < ${CODE_TILE}u && (input >> 16u) < (inputs[j * c.codeStride + row] >> 16u)) {
        bins[bin * ${LANES}u + lane] += hiddenGradient[source + row];
      }
    }
  }
  workgroupBarrier();
  if (unit >= units) { return; }
  let codes = min(${CODE_TILE}u, cardinality(i) - firstCode);
  for (var code = split; code < codes; code += ${SPLITS}u) {
    var total = 0.0;
    for (var s = 0u; s < ${SPLITS}u; s++) {
      total += bins[code * ${LANES}u + s * ${UNIT_TILE}u + lane % ${UNIT_TILE}u];
    }
    tableGradients[tableOf(pair) + (firstCode + code) * units + unit] = total;
  }
}`,
};
