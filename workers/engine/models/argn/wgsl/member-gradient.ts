import { MEMBER_TILE, MEMBER_UNITS } from '../webgpu/workgroup-jobs';
import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

const LANES = MEMBER_UNITS;
/** Rows scanned before the rows found are added: 32 per lane, one bit each. */
const SCANNED = 32 * LANES;

/** One statement per quad of a tile of members. */
function quads(statement: (quad: number) => string): string {
  return Array.from({ length: MEMBER_TILE / 4 }, (_, quad) => statement(quad)).join('\n');
}

/** Adds one row's products of a unit and the members to `sum0` … `sum3`, written out so that they stay in registers. */
function products(quad: number): string {
  const values = [0, 1, 2, 3].map((k) => `logits[at + ${4 * quad + k}u * rowQuads][row & 3u]`);
  return `if (${quad}u < quads) { sum${quad} += h * vec4f(${values.join(', ')}); }`;
}

/**
 * dV = hᵀ · dlogits and dc in the columns of one class's members, to which only rows of that class contribute. A lane
 * is a unit (or the output bias, as a unit that is always 1) by 16 members. A scan finds the rows, and every lane
 * adds them in their order.
 */
export const MEMBER_GRADIENT: Kernel = {
  name: 'memberGradient',
  bindings: [
    read('model', 'u32'),
    read('inputs', 'u32'),
    read('hidden', 'vec4f'),
    read('logits', 'vec4f'),
    write('gradient', 'vec4f'),
  ],
  code: `
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

@compute @workgroup_size(${LANES})
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  if (group >= c.jobCount) { return; }
  let unitsAndTarget = jobWord(group, 0u);
  let tileAndClass = jobWord(group, 1u);
  let j = unitsAndTarget & 0xffffu;
  let k = tileAndClass & 0xffffu;
  let unit = (unitsAndTarget >> 16u) * ${MEMBER_UNITS}u + lane;
  let firstMember = (tileAndClass >> 16u) * ${MEMBER_TILE}u;
  let units = hiddenUnits(j);
  let quads = min(${MEMBER_TILE / 4}u, (classSize(j, k) - firstMember + 3u) / 4u);
  let rowQuads = c.stride / 4u;
  let members = (logitAt(j) + firstWidth(j) + firstMember) * rowQuads;
  let source = (hiddenAt(j) + min(unit, units - 1u)) * rowQuads;
${quads((quad) => `  var sum${quad} = vec4f(0.0);`)}
  for (var first = 0u; first < c.stride; first += ${SCANNED}u) {
    found[lane] = rowsOfClass(j, k, first + 32u * lane);
    workgroupBarrier();
    let words = min(${LANES}u, (c.stride - first + 31u) / 32u);
    for (var word = 0u; word < words; word++) {
      var left = found[word];
      while (left != 0u) {
        let row = first + 32u * word + firstTrailingBit(left);
        left &= left - 1u;
        let at = members + row / 4u;
        let h = select(hidden[source + row / 4u][row & 3u], 1.0, unit == units);
${quads((quad) => `        ${products(quad)}`)}
      }
    }
    workgroupBarrier();
  }
  if (unit > units) { return; }
  let start = select(outputOf(j) + unit * outputWidth(j), outputBiasOf(j), unit == units);
  let to = (start + classColumn(j, k) + firstMember) / 4u;
${quads((quad) => `  if (${quad}u < quads) { gradient[to + ${quad}u] = sum${quad}; }`)}
}`,
};
