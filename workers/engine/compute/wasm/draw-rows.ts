/** Generation with the SIMD kernels: targets outside, many rows inside, so that a target's tables stay in cache. */
import type { GenerationRequest } from '../backend';
import { balancedUniforms } from '../balanced';
import { independentUniforms, logitScale } from '../generation-plan';
import { PAD_OUTPUT_BIAS } from '../layout';
import { drawnInputs, keysOfDrawing } from '../visibility';
import { openTarget } from './target';
import { ROW_CAPACITY, type Workspace } from './workspace';

/** Rows between probabilities and draws of independent sampling: the probabilities stay in cache. */
const SPAN = 256;

/** @returns codes, column-major [sub-column][row] */
export function drawTable(space: Workspace, weights: number, request: GenerationRequest): Uint16Array {
  const { layout, at, u16, u32 } = space;
  const n = layout.spec.subColumns.length;
  const { rows, order } = request;
  const drawn = new Uint16Array(n * rows);
  u16.set(keysOfDrawing(order), at.keys / 2);
  for (let r = 0; r < ROW_CAPACITY; r++) u32[at.rowIndex / 4 + r] = r;
  space.kernels.setDropout(0, 1, 0, 0);
  order.forEach((j, place) => {
    const column = drawn.subarray(j * rows, (j + 1) * rows);
    const given = request.fixed[j];
    if (given) {
      column.set(given);
      if (rows <= ROW_CAPACITY) writeColumn(space, column, 0, rows, j);
      return;
    }
    openTarget(space, weights, j, drawnInputs(layout, j, order.slice(0, place)));
    drawColumn(space, request, drawn, place, uniformsOf(space, request, drawn, place));
  });
  return drawn;
}

/** The uniform numbers of one target; the balanced ones take a pass of their own over the expected codes. */
function uniformsOf(
  space: Workspace,
  request: GenerationRequest,
  drawn: Uint16Array,
  place: number,
): Float32Array {
  const uniforms = new Float32Array(request.rows);
  const j = request.order[place]!;
  if (request.sampling === 'independent') {
    independentUniforms(request, j, uniforms);
    return uniforms;
  }
  const expected = new Float32Array(request.rows);
  forSpans(space, request, space.probabilityRows, (first, count, chunk) => {
    if (chunk === first) loadDrawn(space, request, drawn, place, first);
    computeProbabilities(space, request, j, first - chunk, count);
    const from = space.at.expected / 4;
    expected.set(space.f32.subarray(from, from + count), first);
  });
  balancedUniforms(expected, uniforms, request.seed, request.row0, j);
  return uniforms;
}

function drawColumn(
  space: Workspace,
  request: GenerationRequest,
  drawn: Uint16Array,
  place: number,
  uniforms: Float32Array,
): void {
  const { at, f32, u16, layout, kernels } = space;
  const n = layout.spec.subColumns.length;
  const j = request.order[place]!;
  const kept = request.sampling === 'balanced' && request.rows <= space.probabilityRows;
  const span = request.sampling === 'balanced' ? space.probabilityRows : SPAN;
  forSpans(space, request, span, (first, count, chunk) => {
    if (chunk === first && !kept) loadDrawn(space, request, drawn, place, first);
    if (!kept) computeProbabilities(space, request, j, first - chunk, count);
    f32.set(uniforms.subarray(first, first + count), at.uniforms / 4);
    kernels.drawRows(count, at.probabilities, at.uniforms);
    let from = at.drawnCodes / 2 + (first - chunk) * n + j;
    for (let r = first; r < first + count; r++) {
      drawn[j * request.rows + r] = u16[from]!;
      from += n;
    }
  });
}

/** Calls with spans of rows that do not cross the chunks of ROW_CAPACITY that are loaded at a time. */
function forSpans(
  space: Workspace,
  request: GenerationRequest,
  span: number,
  visit: (first: number, count: number, chunk: number) => void,
): void {
  const size = Math.min(span, space.probabilityRows);
  for (let chunk = 0; chunk < request.rows; chunk += ROW_CAPACITY) {
    const end = Math.min(chunk + ROW_CAPACITY, request.rows);
    for (let first = chunk; first < end; first += size) visit(first, Math.min(size, end - first), chunk);
  }
}

function computeProbabilities(
  space: Workspace,
  request: GenerationRequest,
  j: number,
  start: number,
  count: number,
): void {
  const { at, f32, kernels, layout } = space;
  const n = layout.spec.subColumns.length;
  const bias = request.logitBias[j];
  if (bias) {
    const shift = at.shift / 4;
    f32.set(bias, shift);
    f32.fill(PAD_OUTPUT_BIAS, shift + bias.length, shift + layout.outputWidth(j));
  }
  kernels.setRows(at.drawnCodes, at.rowIndex + 4 * start, at.keys, 0, at.weights, n);
  kernels.probabilityRows(
    count,
    at.probabilities,
    bias ? at.shift : 0,
    logitScale(request.temperature),
    request.topP,
    request.sampling === 'balanced' ? at.expected : 0,
  );
}

/** Brings the columns drawn so far of a chunk of rows in; unless all rows fit, then they are there. */
function loadDrawn(
  space: Workspace,
  request: GenerationRequest,
  drawn: Uint16Array,
  place: number,
  first: number,
): void {
  const { rows, order } = request;
  if (rows <= ROW_CAPACITY) return;
  const count = Math.min(ROW_CAPACITY, rows - first);
  for (const i of order.slice(0, place)) {
    writeColumn(space, drawn.subarray(i * rows, (i + 1) * rows), first, count, i);
  }
}

function writeColumn(space: Workspace, column: Uint16Array, first: number, count: number, i: number): void {
  const n = space.layout.spec.subColumns.length;
  let to = space.at.drawnCodes / 2 + i;
  for (let r = first; r < first + count; r++) {
    space.u16[to] = column[r]!;
    to += n;
  }
}
