import { EXPONENT_CUTOFF } from '../network/numerics';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';
import { CLIPPED, LOSS_OF_CLASSES, LOSS_ONLY } from './members';

/**
 * Cross-entropy per row and target; logits become weight · (softmax − onehot), 0 in pads and in rows of weight 0. With
 * classes, the cross-entropy of the classes plus that of the members of the row's class.
 */
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
fn clear(at: u32, first: u32, end: u32) {
  for (var code = first; code < end; code++) { logits[at + code * c.stride] = 0.0; }
}

// What the first softmax subtracts where the row's code is.
fn firstHot() -> f32 { return select(c.inverseReal, 0.0, c.mode == ${CLIPPED}u); }

// One softmax over so many codes, followed by pads up to a width. Returns its loss.
fn softmax(at: u32, codes: u32, width: u32, label: u32, hot: f32) -> f32 {
  let own = logits[at + label * c.stride];
  var top = logits[at];
  for (var code = 1u; code < codes; code++) { top = max(top, logits[at + code * c.stride]); }
  var sum = 0.0;
  for (var code = 0u; code < codes; code++) {
    let x = logits[at + code * c.stride] - top;
    sum += select(exp(x), 0.0, x < ${EXPONENT_CUTOFF}.0);
  }
  let loss = log(sum) + top - own;
  if (c.mode == ${LOSS_ONLY}u) { return loss; }
  let factor = c.inverseReal / sum;
  for (var code = 0u; code < codes; code++) {
    let x = logits[at + code * c.stride] - top;
    var d = select(factor * exp(x), 0.0, x < ${EXPONENT_CUTOFF}.0);
    if (code == label) { d -= hot; }
    logits[at + code * c.stride] = d;
  }
  clear(at, codes, width);
  return loss;
}

${LOSS_OF_CLASSES}

@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  let tiles = (c.stride + 63u) / 64u;
  let j = group / tiles;
  let row = (group % tiles) * 64u + lane;
  if (j >= c.parts || row >= c.stride) { return; }
  let at = logitAt(j) * c.stride + row;
  var counts = false;
  if (row < c.rows) { counts = batch[c.rowsAt + row] != NONE; }
  if (!counts) {
    lossRows[j * c.stride + row] = 0.0;
    clear(at, 0u, logitWidth(j));
    return;
  }
  let code = inputs[j * c.codeStride + row] & 0xffffu;
  if (classCount(j) > 0u) {
    lossRows[j * c.stride + row] = ofClasses(j, at, code);
  } else {
    lossRows[j * c.stride + row] = softmax(at, cardinality(j), logitWidth(j), code, firstHot());
  }
}`,
};
