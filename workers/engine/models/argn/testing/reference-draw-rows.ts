import { balancedUniforms } from '../network/balanced-uniforms';
import { independentUniforms } from '../network/generation-request';
import type { GenerationRequest } from '../network/network-backend';
import { classBias, classMask, memberStream, type OutputSegment } from '../network/output-levels';
import { isAllowed, restrictRows } from '../network/restrictions';
import { drawnInputs } from '../network/visibility';
import type { Layout } from '../network/weight-layout';
import { drawCode, expectedCode, shapeLogits } from './reference-draw';
import { hiddenUnits, logitsOf, materialise } from './reference-network';

/** Generates rows target by target. @returns codes, column-major [sub-column][row] */
export function drawTable(layout: Layout, weights: Float32Array, request: GenerationRequest): Uint16Array {
  const { rows, order } = request;
  const drawn = new Uint16Array(order.length * rows);
  order.forEach((j, position) => {
    const column = drawn.subarray(j * rows, (j + 1) * rows);
    const given = request.fixed[j];
    if (given) column.set(given);
    else drawColumn(layout, weights, request, drawn, j, order.slice(0, position), column);
  });
  return drawn;
}

function drawColumn(
  layout: Layout,
  weights: Float32Array,
  request: GenerationRequest,
  drawn: Uint16Array,
  j: number,
  known: readonly number[],
  column: Uint16Array,
): void {
  const { rows } = request;
  const parts = layout.spec.subColumns;
  const visible = [...drawnInputs(layout, j, known)];
  const allowed = restrictRows(request.relations ?? [], j, parts[j]!.cardinality, known, drawn, rows);
  const tables = materialise(layout, weights, j, visible);
  const codes = new Uint16Array(parts.length);
  const units = Array.from({ length: rows }, (_, r) => {
    for (const i of visible) codes[i] = drawn[i * rows + r]!;
    const own = new Float64Array(parts[j]!.hidden);
    hiddenUnits(layout, weights, j, tables, { codes, visible }, own);
    return own;
  });
  const levels = layout.levels(j);
  const bias = request.logitBias[j] ?? null;
  /** @param isOpen of a code of the segment */
  const massesOf = (
    r: number,
    segment: OutputSegment,
    shift: Float32Array | null,
    isOpen: (mask: Uint32Array, k: number) => boolean,
  ): Float64Array => {
    const mass = new Float64Array(segment.codes);
    logitsOf(layout, weights, j, units[r]!, segment, mass);
    const mask = allowed?.masks[allowed.maskOf[r]!];
    mass.forEach((_, k) => {
      if (mask && !isOpen(mask, k)) mass[k] = Number.NEGATIVE_INFINITY;
    });
    shapeLogits(mass, shift, request.temperature, request.topP);
    return mass;
  };
  if (!levels) {
    const segment = { column: 0, codes: parts[j]!.cardinality };
    drawAll(
      request,
      j,
      units.map((_, r) => massesOf(r, segment, bias, isAllowed)),
      column,
    );
    return;
  }
  const classes = new Uint16Array(rows);
  const shift = bias ? classBias(levels, bias) : null;
  const head = { column: 0, codes: levels.classes };
  const isOpenClass = (mask: Uint32Array, k: number) => isAllowed(classMask(levels, mask), k);
  drawAll(
    request,
    j,
    units.map((_, r) => massesOf(r, head, shift, isOpenClass)),
    classes,
  );
  const members = units.map((_, r) => {
    const k = classes[r]!;
    const [start, codes] = [levels.starts[k]!, levels.sizes[k]!];
    if (codes === 1) return Float64Array.of(1);
    const own = bias ? bias.subarray(start, start + codes) : null;
    return massesOf(r, { column: levels.columns[k]!, codes }, own, (mask, m) => isAllowed(mask, start + m));
  });
  const starts = classes.map((k) => levels.starts[k]!);
  drawAll(request, memberStream(layout.spec, j), members, column, starts);
  starts.forEach((start, r) => {
    column[r]! += start;
  });
}

/**
 * Draws from each row's masses.
 * @param stream of the uniform numbers
 * @param drawn out [rows]
 * @param starts per row, added to the expected code that balanced rows are ranked by
 */
function drawAll(
  request: GenerationRequest,
  stream: number,
  masses: readonly Float64Array[],
  drawn: Uint16Array,
  starts?: Uint16Array,
): void {
  const uniforms = new Float32Array(request.rows);
  if (request.sampling === 'independent') independentUniforms(request, stream, uniforms);
  else {
    const expected = Float32Array.from(masses, (mass, r) => (starts?.[r] ?? 0) + expectedCode(mass));
    balancedUniforms(expected, uniforms, request.seed, request.row0, stream);
  }
  masses.forEach((mass, r) => {
    drawn[r] = drawCode(mass, uniforms[r]!);
  });
}
