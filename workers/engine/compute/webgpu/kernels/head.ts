import { HEAD_KIND, PLACE_TILE, PLACE_UNITS } from '../jobs';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

const LANES = 64;
/** Rows looked through before those found are added: 32 per lane, one bit each. */
const SCANNED = 32 * LANES;

/** Adds 16 products of 4 units and 4 codes to `sums`, spelt out so that they stay in registers. */
function products(): string {
  return Array.from({ length: 16 }, (_, k) => `sums[${k}] += dot(h${k >> 2}, l${k & 3});`).join('\n      ');
}

/** A statement for each quad of 16 places. */
function placeQuads(statement: (quad: number) => string): string {
  return Array.from({ length: PLACE_TILE / 4 }, (_, quad) => statement(quad)).join('\n  ');
}

/** Adds one row's products of a unit and up to 16 places to `sum0` … `sum3`, spelt out likewise. */
function placeProducts(): string {
  return placeQuads((quad) => {
    const values = [0, 1, 2, 3].map((k) => `logits[at + ${4 * quad + k}u * rowQuads][row & 3u]`);
    const add = `sum${quad} += h * vec4f(${values.join(', ')});`;
    return quad === 0 ? add : `if (quads > ${quad}u) { ${add} }`;
  });
}

/**
 * dV = hᵀ · dlogits, db, dc and the loss: sums over rows, 16 numbers per workgroup, 64 lanes over the rows, added up
 * in one fixed order. Of the places in a class only the class's own rows know: a lane is a unit (or the output bias)
 * by 16 places and goes through the rows that a scan has found.
 */
export const HEAD: Kernel = {
  name: 'head',
  bindings: [
    read('model', 'u32'),
    read('hidden', 'vec4f'),
    read('logits', 'vec4f'),
    read('hiddenGradient', 'vec4f'),
    read('lossRows'),
    read('inputs', 'u32'),
    write('gradient'),
    write('losses'),
  ],
  code: `
var<workgroup> partial: array<f32, ${16 * LANES}>;
var<workgroup> found: array<u32, ${LANES}>;

// 32 rows from the first: a bit for each whose code is one of class k.
fn rowsOfClass(j: u32, k: u32, first: u32) -> u32 {
  let start = classStart(j, k);
  let size = classSize(j, k);
  let count = min(32u, c.stride - min(c.stride, first));
  var bits = 0u;
  for (var bit = 0u; bit < count; bit++) {
    let code = inputs[j * c.codeStride + first + bit] & 0xffffu;
    bits |= select(0u, 1u << bit, code - start < size);
  }
  return bits;
}

fn places(j: u32, k: u32, firstPlace: u32, unit: u32, lane: u32) {
  let rowQuads = c.stride / 4u;
  let units = hiddenUnits(j);
  let quads = min(${PLACE_TILE / 4}u, (classSize(j, k) - firstPlace + 3u) / 4u);
  let codes = (logitAt(j) + firstWidth(j) + firstPlace) * rowQuads;
  let source = (hiddenAt(j) + min(unit, units - 1u)) * rowQuads;
  ${placeQuads((quad) => `var sum${quad} = vec4f(0.0);`)}
  for (var first = 0u; first < c.stride; first += ${SCANNED}u) {
    found[lane] = rowsOfClass(j, k, first + 32u * lane);
    workgroupBarrier();
    for (var word = 0u; word < ${LANES}u; word++) {
      var left = found[word];
      while (left != 0u) {
        let row = first + 32u * word + firstTrailingBit(left);
        left &= left - 1u;
        let at = codes + row / 4u;
        let h = select(hidden[source + row / 4u][row & 3u], 1.0, unit == units);
        ${placeProducts()}
      }
    }
    workgroupBarrier();
  }
  if (unit > units) { return; }
  let column = classColumn(j, k) + firstPlace;
  var to = outputBiasOf(j) + column;
  if (unit < units) { to = outputOf(j) + unit * outputWidth(j) + column; }
  ${placeQuads((quad) => `store(to + ${4 * quad}u, sum${quad}, quads > ${quad}u);`)}
}

fn store(at: u32, values: vec4f, exists: bool) {
  if (!exists) { return; }
  gradient[at] = values.x;
  gradient[at + 1u] = values.y;
  gradient[at + 2u] = values.z;
  gradient[at + 3u] = values.w;
}

@compute @workgroup_size(${LANES})
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  if (group >= c.jobCount) { return; }
  let first = jobWord(group, 0u);
  let tile = jobWord(group, 1u);
  let j = first & 0xffffu;
  let kind = (first >> 16u) & 15u;
  if (kind == ${HEAD_KIND.places}u) {
    places(j, tile & 0xffffu, (tile >> 16u) * ${PLACE_TILE}u, (first >> 20u) * ${PLACE_UNITS}u + lane, lane);
    return;
  }
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
