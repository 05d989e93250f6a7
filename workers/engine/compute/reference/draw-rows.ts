import type { GenerationRequest } from '../backend';
import { balancedUniforms } from '../balanced';
import { independentUniforms } from '../generation-plan';
import type { Layout } from '../layout';
import { drawnInputs } from '../visibility';
import { drawCode, expectedCode, shapeLogits } from './draw';
import { hiddenUnits, logitsOf, materialise } from './network';

/** Generation, target by target. @returns codes, column-major [sub-column][row] */
export function drawTable(layout: Layout, weights: Float32Array, request: GenerationRequest): Uint16Array {
  const { rows, order } = request;
  const drawn = new Uint16Array(order.length * rows);
  order.forEach((j, place) => {
    const column = drawn.subarray(j * rows, (j + 1) * rows);
    const given = request.fixed[j];
    if (given) column.set(given);
    else
      drawColumn(layout, weights, request, drawn, j, drawnInputs(layout, j, order.slice(0, place)), column);
  });
  return drawn;
}

function drawColumn(
  layout: Layout,
  weights: Float32Array,
  request: GenerationRequest,
  drawn: Uint16Array,
  j: number,
  inputs: Uint16Array,
  column: Uint16Array,
): void {
  const { rows } = request;
  const parts = layout.spec.subColumns;
  const { cardinality, hidden } = parts[j]!;
  const visible = [...inputs];
  const tables = materialise(layout, weights, j, visible);
  const units = new Float64Array(hidden);
  const codes = new Uint16Array(parts.length);
  const masses: Float64Array[] = [];
  for (let r = 0; r < rows; r++) {
    for (const i of visible) codes[i] = drawn[i * rows + r]!;
    const mass = new Float64Array(cardinality);
    hiddenUnits(layout, weights, j, tables, { codes, visible }, units);
    logitsOf(layout, weights, j, units, mass);
    shapeLogits(mass, request.logitBias[j], request.temperature, request.topP);
    masses.push(mass);
  }
  const uniforms = new Float32Array(rows);
  if (request.sampling === 'independent') independentUniforms(request, j, uniforms);
  else balancedUniforms(Float32Array.from(masses, expectedCode), uniforms, request.seed, request.row0, j);
  for (let r = 0; r < rows; r++) column[r] = drawCode(masses[r]!, uniforms[r]!);
}
