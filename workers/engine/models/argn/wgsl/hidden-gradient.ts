import { ENTRY_ARGUMENTS, GROUP, type Kernel, read, write } from './kernel';

/** Adds the products of one row's members; row and units are written out so that the sums stay in registers. */
function membersOfRow(r: number): string {
  const lane = 'xyzw'[r];
  const units = Array.from(
    { length: 4 },
    (_, k) => `      (*sums)[${k}].${lane} += dot(weights[at${r} + ${k}u * codeQuads], l);`,
  );
  return `    if (quad < quads.${lane}) {
      let at${r} = columns.${lane} + quad;
      let l = vec4f(a.${lane}, b.${lane}, d.${lane}, e.${lane});
${units.join('\n')}
    }`;
}

/**
 * dh = dlogits · Vᵀ where the unit was positive and kept. A lane is a register tile of 4 rows × 4 units. With classes,
 * each row adds the products of the members of its own class.
 */
export const HIDDEN_GRADIENT: Kernel = {
  name: 'hiddenGradient',
  bindings: [
    read('model', 'u32'),
    read('weights', 'vec4f'),
    read('hidden', 'vec4f'),
    read('logits', 'vec4f'),
    read('inputs', 'u32'),
    write('hiddenGradient', 'vec4f'),
  ],
  code: `
fn addMembers(j: u32, rowQuad: u32, output: u32, sums: ptr<function, array<vec4f, 4>>) {
  let rowQuads = c.stride / 4u;
  let codeQuads = outputWidth(j) / 4u;
  var columns = vec4u(output);
  var quads = vec4u(0u);
  for (var r = 0u; r < 4u; r++) {
    let k = classOf(j, inputs[j * c.codeStride + 4u * rowQuad + r] & 0xffffu);
    let size = classSize(j, k);
    columns[r] += classColumn(j, k) / 4u;
    quads[r] = select(0u, (size + 3u) / 4u, size > 1u);
  }
  let largest = max(max(quads.x, quads.y), max(quads.z, quads.w));
  var source = (logitAt(j) + firstWidth(j)) * rowQuads + rowQuad;
  for (var quad = 0u; quad < largest; quad++) {
    let a = logits[source];
    let b = logits[source + rowQuads];
    let d = logits[source + 2u * rowQuads];
    let e = logits[source + 3u * rowQuads];
${[0, 1, 2, 3].map(membersOfRow).join('\n')}
    source += 4u * rowQuads;
  }
}

@compute @workgroup_size(64)
fn main(${ENTRY_ARGUMENTS}) {
  let group = ${GROUP};
  let rowQuads = c.stride / 4u;
  let tiles = (c.stride + 63u) / 64u;
  let job = group / tiles;
  let rowQuad = (group % tiles) * 16u + (lane & 15u);
  if (job >= c.jobCount || rowQuad >= rowQuads) { return; }
  let j = jobWord(job, 0u);
  let unit = (jobWord(job, 1u) * 4u + (lane >> 4u)) * 4u;
  if (unit >= hiddenUnits(j)) { return; }
  let codeQuads = outputWidth(j) / 4u;
  let firstQuads = firstWidth(j) / 4u;
  let output = outputOf(j) / 4u + unit * codeQuads;
  var source = logitAt(j) * rowQuads + rowQuad;
  var sums = array<vec4f, 4>();
  for (var quad = 0u; quad < firstQuads; quad++) {
    let a = logits[source];
    let b = logits[source + rowQuads];
    let d = logits[source + 2u * rowQuads];
    let e = logits[source + 3u * rowQuads];
    for (var k = 0u; k < 4u; k++) {
      let v = weights[output + k * codeQuads + quad];
      sums[k] += v.x * a + v.y * b + v.z * d + v.w * e;
    }
    source += 4u * rowQuads;
  }
  if (classCount(j) > 0u) { addMembers(j, rowQuad, output, &sums); }
  for (var k = 0u; k < 4u; k++) {
    let at = (hiddenAt(j) + unit + k) * rowQuads + rowQuad;
    hiddenGradient[at] = select(vec4f(0.0), sums[k] * c.dropScale, hidden[at] > vec4f(0.0));
  }
}`,
};
