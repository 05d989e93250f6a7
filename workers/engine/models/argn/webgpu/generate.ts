import { balancedUniforms } from '../network/balanced-uniforms';
import { checkGeneration, logitScale } from '../network/generation-request';
import type { GenerationRequest } from '../network/network-backend';
import { classBias, memberStream } from '../network/output-levels';
import { keysOfDrawing } from '../network/visibility';
import { DRAW_MODE } from '../wgsl/draw';
import { type Constants, NONE } from './constants';
import { blockRows, ensureActivations, type GpuModel, overRows, uploadBatch } from './model';
import { type JobRange, logitWidth } from './workgroup-jobs';

/** Independent rows of a block. Balanced rows are ranked together, so theirs is never cut. */
const MAX_INDEPENDENT = 1 << 16;
/** Rows computed at once. */
const MAX_ROWS = 1 << 14;
/** Rows for which all targets may go into one submit. */
const MAX_UNSENT = 1 << 12;
/** Value of a forbidden code's bias: arithmetic with infinities is not portable in WGSL. */
const FORBIDDEN = -1e30;

/** @returns codes, column-major [sub-column][row] */
export async function generateRows(model: GpuModel, request: GenerationRequest): Promise<Uint16Array> {
  const { spec } = model.layout;
  checkGeneration(spec, request);
  const { rows, row0, fixed } = request;
  const codes = new Uint16Array(spec.subColumns.length * rows);
  const size = request.sampling === 'balanced' ? rows : MAX_INDEPENDENT;
  for (let first = 0; first < rows; first += size) {
    const count = Math.min(size, rows - first);
    const part = {
      ...request,
      rows: count,
      row0: row0 + first,
      fixed: fixed.map((given) => given?.subarray(first, first + count) ?? null),
    };
    await drawBlock(model, part, (j, drawn) => codes.set(drawn, j * rows + first));
  }
  return codes;
}

/** Sizes and offsets of one block. */
interface Block {
  readonly request: GenerationRequest;
  readonly stride: number;
  readonly codeStride: number;
  readonly usedAt: number;
  /** Per target, of its codes and of its classes; `NONE` without. */
  readonly biasAt: readonly { readonly codes: number; readonly classes: number }[];
  readonly uniformsAt: number;
}

async function drawBlock(
  model: GpuModel,
  request: GenerationRequest,
  store: (j: number, codes: Uint16Array) => void,
): Promise<void> {
  const { programs, recorder, tables } = model;
  const block = openBlock(model, request);
  const { materialise } = tables.jobs;
  recorder.dispatch(
    programs,
    'prepare',
    materialise.count,
    { usedAt: block.usedAt, jobFirst: materialise.first, jobCount: materialise.count },
    request.weights,
  );
  for (const j of request.order) {
    if (request.fixed[j]) continue;
    if (request.sampling === 'independent') drawIndependent(model, block, j);
    else await drawBalanced(model, block, j);
  }
  const words = new Uint32Array(await recorder.read('inputs', request.order.length * block.codeStride * 4));
  for (const j of request.order) {
    const from = j * block.codeStride;
    store(j, Uint16Array.from(words.subarray(from, from + request.rows)));
  }
}

const { shape, expect, draw, coldest, members } = DRAW_MODE;

/** The softmaxes that a code of target j is drawn from, in order, as bits of `mode`. */
function levelsOf({ layout }: GpuModel, j: number): readonly number[] {
  return layout.levels(j) ? [0, members] : [0];
}

/** A submit per target where there are many rows: browsers reset a GPU that is busy with one for seconds. */
function drawIndependent(model: GpuModel, block: Block, j: number): void {
  for (let first = 0; first < block.request.rows; first += block.stride) {
    for (const level of levelsOf(model, j)) {
      record(model, block, j, first, level | shape | draw, { hidden: level === 0, logits: true });
    }
  }
  if (block.request.rows > MAX_UNSENT) model.recorder.submit();
}

/** All rows are ranked before the first is drawn. If there are more than `stride`, their logits are computed twice. */
async function drawBalanced(model: GpuModel, block: Block, j: number): Promise<void> {
  const { gpu, layout, recorder } = model;
  const { request, stride } = block;
  const single = stride === block.codeStride;
  for (const level of levelsOf(model, j)) {
    for (let first = 0; first < request.rows; first += stride) {
      const needs = { hidden: level === 0 || !single, logits: true };
      record(model, block, j, first, level | shape | expect, needs);
    }
    const expected = new Float32Array(await recorder.read('expected', request.rows * 4));
    const uniforms = new Float32Array(request.rows);
    const stream = level === 0 ? j : memberStream(layout.spec, j);
    balancedUniforms(expected, uniforms, request.seed, request.row0, stream);
    gpu.device.queue.writeBuffer(model.buffers.get('auxiliary'), 4 * block.uniformsAt, uniforms);
    for (let first = 0; first < request.rows; first += stride) {
      const mode = single ? draw : shape | draw;
      record(model, block, j, first, level | mode, { hidden: !single, logits: !single });
    }
    recorder.submit();
  }
}

/** Makes the buffers and uploads given codes, biases and the drawing order. */
function openBlock(model: GpuModel, request: GenerationRequest): Block {
  const { buffers, gpu, layout } = model;
  const parts = layout.spec.subColumns;
  const hidden = Math.max(...parts.map((part) => part.hidden));
  const logits = Math.max(...parts.map((_, j) => logitWidth(layout, j)));
  const stride = blockRows(request.rows, Math.max(hidden, logits), MAX_ROWS);
  const codeStride = Math.ceil(request.rows / stride) * stride;
  ensureActivations(model, { hidden, logits }, stride, codeStride);
  buffers.ensure('expected', request.rows * 4);
  const keys = keysOfDrawing(request.order);
  const { usedAt } = uploadBatch(model, new Uint32Array(0), new Uint16Array(0), keys);
  const inputs = new Uint32Array(parts.length * codeStride);
  parts.forEach((_, j) => {
    inputs.fill(keys[j]! << 16, j * codeStride, (j + 1) * codeStride);
    request.fixed[j]?.forEach((code, r) => {
      inputs[j * codeStride + r]! |= code;
    });
  });
  gpu.device.queue.writeBuffer(buffers.get('inputs'), 0, inputs);
  const biases: number[] = [];
  const append = (bias: Float32Array | null | undefined) => {
    if (!bias) return NONE;
    for (const value of bias) biases.push(Math.max(value, FORBIDDEN));
    return biases.length - bias.length;
  };
  const biasAt = parts.map((_, j) => {
    const bias = request.logitBias[j];
    const levels = layout.levels(j);
    return { codes: append(bias), classes: append(bias && levels && classBias(levels, bias)) };
  });
  const auxiliary = buffers.ensure('auxiliary', 4 * (biases.length + request.rows));
  if (biases.length > 0) gpu.device.queue.writeBuffer(auxiliary, 0, Float32Array.from(biases));
  return { request, stride, codeStride, usedAt, biasAt, uniformsAt: biases.length };
}

/** Hidden units and logits, where needed, and the draw of one target, for a stride of rows from `first`. */
function record(
  model: GpuModel,
  block: Block,
  j: number,
  first: number,
  mode: number,
  needs: { readonly hidden: boolean; readonly logits: boolean },
): void {
  const { layout, programs, recorder, tables } = model;
  const { request, stride, codeStride, usedAt } = block;
  const scale = logitScale(request.temperature);
  const ofMembers = (mode & members) !== 0;
  const common: Constants = {
    rows: Math.min(stride, request.rows - first),
    stride,
    codeStride,
    codeFirst: first,
    hiddenShift: tables.hiddenAt[j]!,
    logitShift: tables.logitAt[j]!,
    usedAt,
    seed: request.seed,
    row0: request.row0,
    part: j,
    biasAt: block.biasAt[j]![layout.levels(j) && !ofMembers ? 'classes' : 'codes'],
    uniformsAt: request.sampling === 'balanced' ? block.uniformsAt : NONE,
    mode: scale === 0 ? mode | coldest : mode,
    logitScale: scale || 1,
    topP: request.topP,
  };
  const compute = (name: 'hidden' | 'logits', jobs: JobRange) => {
    const constants = { ...common, jobFirst: jobs.first, jobCount: jobs.count };
    recorder.dispatch(programs, name, overRows(jobs.count, stride), constants, request.weights);
  };
  if (needs.hidden) compute('hidden', tables.ofTarget.hidden[j]!);
  if (needs.logits) compute('logits', tables.ofTarget[ofMembers ? 'members' : 'logits'][j]!);
  recorder.dispatch(programs, 'draw', Math.ceil(common.rows! / 64), common);
}
