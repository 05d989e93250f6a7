import { EXPONENT_CUTOFF } from '../../numerics';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/** Set in `mode`: only losses, logits stay as they are. */
export const LOSS_ONLY = 1;

/** Cross-entropy per row and target; logits become weight · (softmax − onehot), 0 in rows that do not count. */
export const SOFTMAX: Kernel = {
  name: 'softmax',
  bindings: [
    read('model', 'u32'),
    read('batch', 'u32'),
    read('inputs', 'u32'),
    write('logits'),
    write('lossRows'),
  ],
  code: `
@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  let tiles = (c.stride + 63u) / 64u;
  let j = group / tiles;
  let row = (group % tiles) * 64u + lane;
  if (j >= N || row >= c.stride) { return; }
  let at = logitAt(j) * c.stride + row;
  let codes = cardinality(j);
  let width = outputWidth(j);
  var counts = false;
  if (row < c.rows) { counts = batch[c.rowsAt + row] != NONE; }
  if (!counts) {
    lossRows[j * c.stride + row] = 0.0;
    for (var code = 0u; code < width; code++) { logits[at + code * c.stride] = 0.0; }
    return;
  }
  let label = inputs[j * c.codeStride + row] & 0xffffu;
  let own = logits[at + label * c.stride];
  var top = logits[at];
  for (var code = 1u; code < codes; code++) { top = max(top, logits[at + code * c.stride]); }
  var sum = 0.0;
  for (var code = 0u; code < codes; code++) {
    let x = logits[at + code * c.stride] - top;
    sum += select(exp(x), 0.0, x < ${EXPONENT_CUTOFF}.0);
  }
  lossRows[j * c.stride + row] = log(sum) + top - own;
  if (c.mode == ${LOSS_ONLY}u) { return; }
  let factor = c.inverseReal / sum;
  for (var code = 0u; code < width; code++) {
    let x = logits[at + code * c.stride] - top;
    var d = select(factor * exp(x), 0.0, x < ${EXPONENT_CUTOFF}.0 || code >= codes);
    if (code == label) { d -= c.inverseReal; }
    logits[at + code * c.stride] = d;
  }
}`,
};
