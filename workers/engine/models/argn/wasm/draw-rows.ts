/** Generation with the SIMD kernels: targets outside, many rows inside, so that the tables of a target stay in cache. */

import { balancedUniforms } from '../network/balanced-uniforms';
import { independentUniforms, logitScale } from '../network/generation-request';
import type { GenerationRequest } from '../network/network-backend';
import { classBias, classMask, memberStream } from '../network/output-levels';
import { type RowMasks, restrictRows } from '../network/restrictions';
import { drawnInputs, keysOfDrawing } from '../network/visibility';
import { PAD_OUTPUT_BIAS, roundUp } from '../network/weight-layout';
import { openTarget } from './target';
import { ROW_CAPACITY, type Workspace } from './workspace';

/** Rows per step of independent sampling: their probabilities stay in cache until they are drawn from. */
const SPAN = 256;

/** @returns codes, column-major [sub-column][row] */
export function drawTable(space: Workspace, weights: number, request: GenerationRequest): Uint16Array {
  const { layout, at, u16 } = space;
  const n = layout.spec.subColumns.length;
  const { rows, order } = request;
  const drawn = new Uint16Array(n * rows);
  u16.set(keysOfDrawing(order), at.keys / 2);
  space.kernels.setDropout(0, 1, 0, 0);
  space.slots.clear();
  order.forEach((j, position) => {
    const column = drawn.subarray(j * rows, (j + 1) * rows);
    const given = request.fixed[j];
    if (given) column.set(given);
    else {
      openTarget(space, weights, j, drawnInputs(layout, j, order.slice(0, position)));
      const { cardinality } = layout.spec.subColumns[j]!;
      const known = order.slice(0, position);
      const allowed = restrictRows(request.relations ?? [], j, cardinality, known, drawn, rows);
      drawLevel(new Pass(space, request, drawn, position, 'head', allowed));
      if (layout.levels(j)) drawLevel(new Pass(space, request, drawn, position, 'members', allowed));
    }
    space.slots.chooseColumn(j, column);
    if (rows <= ROW_CAPACITY && (given || space.slots.map(j))) writeColumn(space, column, 0, rows, j);
  });
  return drawn;
}

/** One softmax of one target for all rows: of codes or classes, or of the members of each row's class. */
class Pass {
  readonly space: Workspace;
  readonly request: GenerationRequest;
  readonly drawn: Uint16Array;
  readonly j: number;
  /** Sub-columns drawn before, which rows are loaded with; members need the classes of the target too. */
  readonly known: readonly number[];
  /** Of the uniform numbers. */
  readonly stream: number;
  readonly #level: 'head' | 'members';
  readonly #shift: number;
  readonly #allowed: RowMasks | null;
  /** All masks, one after another. */
  #words: Uint32Array | null = null;

  constructor(
    space: Workspace,
    request: GenerationRequest,
    drawn: Uint16Array,
    position: number,
    level: 'head' | 'members',
    allowed: RowMasks | null,
  ) {
    const { order, logitBias } = request;
    const j = order[position]!;
    const { spec } = space.layout;
    this.space = space;
    this.request = request;
    this.drawn = drawn;
    this.j = j;
    this.known = order.slice(0, level === 'head' ? position : position + 1);
    this.stream = level === 'head' ? j : memberStream(spec, j);
    this.#level = level;
    const levels = space.layout.levels(j);
    this.#allowed =
      allowed && levels && level === 'head'
        ? { ...allowed, masks: allowed.masks.map((mask) => classMask(levels, mask)) }
        : allowed;
    this.#shift = logitBias[j] ? space.at.shift : 0;
    if (logitBias[j]) this.#storeShift(logitBias[j]);
  }

  /**
   * Unnormalised probabilities of `count` rows, and their expected codes if anything needs them.
   * @param first number of the first row
   * @param chunk number of the first row that is loaded
   */
  compute(first: number, count: number, chunk: number): void {
    const { at, kernels, layout } = this.space;
    const start = first - chunk;
    const masks = this.#allowed ? at.masks : 0;
    const maskBytes = this.#storeMasks(first, count);
    const n = layout.spec.subColumns.length;
    const { temperature, topP, sampling } = this.request;
    const rows = at.identity + 4 * start;
    const scale = logitScale(temperature);
    const expected = sampling === 'balanced' ? at.expected : 0;
    kernels.setRows(at.rowCodes, rows, at.rowCodes, rows, at.keys, 0, at.weights, n);
    if (this.#level === 'head')
      kernels.probabilityRows(count, at.probabilities, this.#shift, scale, topP, expected, masks, maskBytes);
    else
      kernels.memberProbabilityRows(
        count,
        at.probabilities,
        this.#stride,
        this.#shift,
        scale,
        topP,
        expected,
        masks,
        maskBytes,
      );
  }

  /** Draws for the rows of the last `compute`. */
  draw(count: number): void {
    const { at, kernels } = this.space;
    if (this.#level === 'head') kernels.drawRows(count, at.probabilities, at.uniforms);
    else kernels.drawMembers(count, at.probabilities, this.#stride, at.uniforms);
  }

  get #stride(): number {
    return 4 * this.space.layout.levels(this.j)!.largest;
  }

  /** Masks of `count` rows for the kernel. @returns bytes of one */
  #storeMasks(first: number, count: number): number {
    if (!this.#allowed) return 0;
    const { at, u32 } = this.space;
    const { maskOf, masks } = this.#allowed;
    const words = masks[0]!.length;
    if (!this.#words) {
      this.#words = new Uint32Array(words * masks.length);
      for (const [k, mask] of masks.entries()) this.#words.set(mask, k * words);
    }
    const all = this.#words;
    let to = at.masks / 4;
    for (let r = first; r < first + count; r++) {
      const from = maskOf[r]! * words;
      for (let w = 0; w < words; w++) u32[to++] = all[from + w]!;
    }
    return 4 * words;
  }

  #storeShift(bias: Float32Array): void {
    const { at, f32, layout } = this.space;
    const levels = layout.levels(this.j);
    const shift = this.#level === 'head' && levels ? classBias(levels, bias) : bias;
    const start = at.shift / 4;
    f32.set(shift, start);
    f32.fill(PAD_OUTPUT_BIAS, start + shift.length, start + roundUp(shift.length, 4) + 4);
  }
}

function drawLevel(pass: Pass): void {
  drawColumn(pass, uniformsOf(pass));
}

/** The uniform numbers of one pass. Balanced ones need the expected codes of all rows first. */
function uniformsOf(pass: Pass): Float32Array {
  const { space, request, stream } = pass;
  const uniforms = new Float32Array(request.rows);
  if (request.sampling === 'independent') {
    independentUniforms(request, stream, uniforms);
    return uniforms;
  }
  const expected = new Float32Array(request.rows);
  forSpans(space, request, space.probabilityRows, (first, count, chunk) => {
    if (chunk === first) loadDrawn(pass, first);
    pass.compute(first, count, chunk);
    const from = space.at.expected / 4;
    expected.set(space.f32.subarray(from, from + count), first);
  });
  balancedUniforms(expected, uniforms, request.seed, request.row0, stream);
  return uniforms;
}

function drawColumn(pass: Pass, uniforms: Float32Array): void {
  const { space, request, drawn, j } = pass;
  const { at, f32, u16, layout } = space;
  const n = layout.spec.subColumns.length;
  const kept = request.sampling === 'balanced' && request.rows <= space.probabilityRows;
  const span = request.sampling === 'balanced' ? space.probabilityRows : SPAN;
  forSpans(space, request, span, (first, count, chunk) => {
    if (chunk === first && !kept) loadDrawn(pass, first);
    if (!kept) pass.compute(first, count, chunk);
    f32.set(uniforms.subarray(first, first + count), at.uniforms / 4);
    pass.draw(count);
    let from = at.rowCodes / 2 + (first - chunk) * n + j;
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

/** Loads the known sub-columns of a chunk of rows, unless all rows fit: they are loaded then. */
function loadDrawn({ space, request, drawn, known }: Pass, first: number): void {
  const { rows } = request;
  if (rows <= ROW_CAPACITY) return;
  const count = Math.min(ROW_CAPACITY, rows - first);
  for (const i of known) writeColumn(space, drawn.subarray(i * rows, (i + 1) * rows), first, count, i);
}

/** Writes the slots of a column, or its codes if it has no slots. */
function writeColumn(space: Workspace, column: Uint16Array, first: number, count: number, i: number): void {
  const n = space.layout.spec.subColumns.length;
  const map = space.slots.map(i);
  let to = space.at.rowCodes / 2 + i;
  for (let r = first; r < first + count; r++, to += n) {
    const code = column[r]!;
    space.u16[to] = map === null ? code : map[code]!;
  }
}
