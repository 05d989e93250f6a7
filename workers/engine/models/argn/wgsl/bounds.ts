import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

const LANES = 64;

/**
 * What bounds the gradient of any row of a target (docs/dp-sgd.md, The norm of a row), both a little more than they are:
 * `bounds[2j]` the largest squared norm of a row of an embedding, `bounds[2j + 1]` the largest norm of a column of V,
 * which is asked for with classes alone. A workgroup is one target.
 */
export const BOUNDS: Kernel = {
  name: 'bounds',
  bindings: [read('model', 'u32'), read('weights', 'vec4f'), write('bounds')],
  code: `
var<workgroup> reaches: array<u32, ${LANES}>;
var<workgroup> columns: array<u32, ${LANES}>;

// Squares are ordered like their bits, and numbers that broke come last.
fn bitsOf(square: f32) -> u32 { return bitcast<u32>(square) & 0x7fffffffu; }

fn reachOf(j: u32, lane: u32) -> u32 {
  var top = 0u;
  let end = firstPair(j) + inputCount(j);
  for (var pair = firstPair(j); pair < end; pair++) {
    let i = inputOf(pair);
    let quads = embeddingWidth(i) / 4u;
    for (var code = lane; code < cardinality(i); code += ${LANES}u) {
      var sum = 0.0;
      for (var quad = 0u; quad < quads; quad++) {
        let e = weights[embeddingOf(pair) / 4u + code * quads + quad];
        sum += dot(e, e);
      }
      top = max(top, bitsOf(sum));
    }
  }
  return top;
}

fn columnOf(j: u32, lane: u32) -> u32 {
  var top = 0u;
  let quads = outputWidth(j) / 4u;
  for (var quad = lane; quad < quads; quad += ${LANES}u) {
    var sum = vec4f(0.0);
    for (var unit = 0u; unit < hiddenUnits(j); unit++) {
      let v = weights[outputOf(j) / 4u + unit * quads + quad];
      sum += v * v;
    }
    for (var k = 0u; k < 4u; k++) { top = max(top, bitsOf(sum[k])); }
  }
  return top;
}

@compute @workgroup_size(${LANES})
fn main(${ENTRY_ARGUMENTS}) {
  let j = ${GROUP};
  if (j >= c.parts) { return; }
  reaches[lane] = reachOf(j, lane);
  columns[lane] = 0u;
  if (classCount(j) > 0u) { columns[lane] = columnOf(j, lane); }
  workgroupBarrier();
  if (lane > 0u) { return; }
  var reach = 0u;
  var column = 0u;
  for (var k = 0u; k < ${LANES}u; k++) {
    reach = max(reach, reaches[k]);
    column = max(column, columns[k]);
  }
  bounds[2u * j] = 1.000001 * bitcast<f32>(reach);
  bounds[2u * j + 1u] = 1.000001 * sqrt(bitcast<f32>(column));
}`,
};
